/** Pod disruption budgets: asked for, not followed, for only a plan needs them. */
import { parseSelector } from '../../core/label-selector.ts';
import { at, object, objects, text, texts } from '../../core/json.ts';
import { placeIn } from '../../domain/ref.ts';
import type { PodRow } from '../../domain/rows.ts';
import { selectorText } from '../../domain/selector.ts';
import type { KubeObject } from '../../ports/kube.ts';
import type { ActionContext } from '../engine/define.ts';
import { reasonOf } from '../../core/words.ts';

/** A pod as far as a budget is about it. */
export type Budgeted = Pick<PodRow, 'namespace' | 'labels'>;

/** A pod disruption budget. */
export interface Budget {
  /** `pdb/api`. */
  readonly name: string;
  /** How many pods may be evicted now. */
  readonly allowed: number;
  readonly covers: (pod: Budgeted) => boolean;
}

/** The budgets that there are, and what keeps them from being known; may be empty. */
export interface Budgets {
  readonly list: readonly Budget[];
  readonly unknown: string;
}

/** The budgets of some namespaces. */
export async function budgetsIn(
  namespaces: Iterable<string>,
  { kube, cluster }: ActionContext,
): Promise<Budgets> {
  try {
    const lists = await Promise.all(
      [...new Set(namespaces)].map((namespace) =>
        kube.list(placeIn('pdbs', cluster, namespace), {}),
      ),
    );
    return { list: lists.flat().map(budgetOf), unknown: '' };
  } catch (error) {
    const reason = reasonOf(error);
    return { list: [], unknown: `which disruption budgets there are is not known: ${reason}` };
  }
}

/** The budgets that forbid an eviction of a pod now. */
export function forbidding(pod: Budgeted, { list }: Budgets): readonly Budget[] {
  return list.filter(({ allowed, covers }) => allowed < 1 && covers(pod));
}

function budgetOf({ metadata, spec, status }: KubeObject): Budget {
  const matches = matcherOf(at(spec, 'selector'));
  return {
    name: `pdb/${metadata.name}`,
    allowed: Number(at(status, 'disruptionsAllowed') ?? 0),
    covers: ({ namespace, labels }) => namespace === metadata.namespace && matches(labels),
  };
}

/** No selector takes no pod, an empty one takes all. */
function matcherOf(selector: unknown): (labels: PodRow['labels']) => boolean {
  if (selector === undefined || selector === null) return () => false;
  const written = selectorText({
    matchLabels: object(at(selector, 'matchLabels')) as Record<string, string>,
    matchExpressions: objects(at(selector, 'matchExpressions')).map((each) => ({
      key: text(each['key']),
      operator: text(each['operator']),
      values: texts(each['values']),
    })),
  });
  if (written === '') return () => true;
  const parsed = parseSelector(written);
  return parsed.ok ? parsed.matches : () => false;
}

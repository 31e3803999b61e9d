/** Pod disruption budgets: asked for, not followed, for only a plan needs them. */
import { placeIn } from '../../domain/ref.ts';
import type { PodRow } from '../../domain/rows.ts';
import { decoderOf } from '../../domain/tables/index.ts';
import { coveredBy } from '../../domain/tables/pdbs.ts';
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

function budgetOf(object: KubeObject): Budget {
  const row = decoderOf('pdbs').json(object);
  return { name: `pdb/${row.name}`, allowed: row.allowed, covers: coveredBy(row) };
}

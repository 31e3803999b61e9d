/** Pod disruption budgets: asked for, not followed, for only a plan needs them. */
import { placeIn } from '../../domain/ref.ts';
import type { PodRow } from '../../domain/rows.ts';
import { decoderOf } from '../../domain/tables/index.ts';
import { coveredBy, heldBy, type Evictable } from '../../domain/tables/pdbs.ts';
import type { KubeObject } from '../../ports/kube.ts';
import type { ActionContext } from '../engine/define.ts';
import { reasonOf } from '../../core/words.ts';

/** A pod disruption budget. */
export interface Budget {
  /** `pdb/api`. */
  readonly name: string;
  /** How many pods may be evicted now. */
  readonly allowed: number;
  readonly covers: (pod: Pick<PodRow, 'namespace' | 'labels'>) => boolean;
  /** Whether a pod cannot be evicted now for it. */
  readonly holds: (pod: Evictable) => boolean;
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
export function forbidding(pod: Evictable, { list }: Budgets): readonly Budget[] {
  return list.filter(({ holds }) => holds(pod));
}

function budgetOf(object: KubeObject): Budget {
  const row = decoderOf('pdbs').json(object);
  const { allowed } = row;
  return { name: `pdb/${row.name}`, allowed, covers: coveredBy(row), holds: heldBy(row) };
}

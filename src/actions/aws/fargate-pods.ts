/** The pods that a Fargate profile would take, and what becomes of them. */
import type { Cell } from '../../core/styled.ts';
import { placeIn } from '../../domain/ref.ts';
import type { PodRow } from '../../domain/rows.ts';
import { fargateObstacles, selectsPod, type FargateSelector } from '../../domain/fargate.ts';
import { hasEnded } from '../../domain/workload-pods.ts';
import type { ActionContext } from '../engine/define.ts';

/** Namespaces whose pods are read in full, and pods of each: what Fargate does not run is in them. */
const NAMESPACES = 5;
const PODS = 500;

/** A pod that the selectors take. */
interface Taken {
  readonly row: PodRow;
  /** Why Fargate does not run it; null where that is not known. */
  readonly obstacles: readonly string[] | null;
}

/** The pods that are there and that these selectors take, in the order of their names. */
export function podsTaken(
  selectors: readonly FargateSelector[],
  { query }: Pick<ActionContext, 'query'>,
): readonly PodRow[] {
  return [...query.rows('pods')]
    .filter((pod) => pod.gone === 0 && !hasEnded(pod) && selectsPod(selectors, pod))
    .sort((a, b) => (`${a.namespace}/${a.name}` < `${b.namespace}/${b.name}` ? -1 : 1));
}

/** What a form says of them: how many, which cannot run there and why, which have to be restarted. */
export async function fargatePreview(
  selectors: readonly FargateSelector[],
  ctx: ActionContext,
): Promise<readonly Cell[]> {
  if (selectors.length === 0)
    return [[['a namespace is missing: nothing is selected yet', 'muted']]];
  const taken = await withObstacles(podsTaken(selectors, ctx), ctx);
  if (taken.length === 0)
    return [[['no pod that is there matches: it is for pods that come', 'muted']]];
  const already = taken.filter(({ row }) => row.fargateProfile !== '');
  const blocked = taken.filter(({ obstacles }) => (obstacles?.length ?? 0) > 0);
  const moving = taken.filter((pod) => !already.includes(pod) && !blocked.includes(pod));
  const unknown = taken.filter(({ obstacles }) => obstacles === null).length;
  return [
    [
      [`${taken.length} pods match`, 'strong'],
      [`: ${moving.length} move when they are restarted`, 'text'],
      [already.length > 0 ? `, ${already.length} run on Fargate already` : '', 'muted'],
      [blocked.length > 0 ? `, ${blocked.length} cannot run there` : '', 'bad'],
    ],
    ...(unknown > 0
      ? [[[`${unknown} of them were not looked into: they may not run there`, 'warn']] as Cell]
      : []),
    ...blocked.map(({ row, obstacles }): Cell => [
      ['✗ ', 'bad'],
      [`${row.namespace}/${row.name}`, 'text'],
      [`  ${(obstacles ?? []).join(', ')}`, 'bad'],
    ]),
    ...moving.map(({ row }): Cell => [
      ['↻ ', 'accent'],
      [`${row.namespace}/${row.name}`, 'text'],
      [`  on ${row.group ?? (row.node || 'no node')}`, 'muted'],
    ]),
    ...already.map(({ row }): Cell => [
      ['✓ ', 'good'],
      [`${row.namespace}/${row.name}`, 'text'],
      [`  on profile ${row.fargateProfile}`, 'muted'],
    ]),
  ];
}

async function withObstacles(
  pods: readonly PodRow[],
  ctx: ActionContext,
): Promise<readonly Taken[]> {
  const namespaces = [...new Set(pods.map(({ namespace }) => namespace))].slice(0, NAMESPACES);
  const found = await Promise.all(namespaces.map((namespace) => obstaclesIn(namespace, ctx)));
  const byUid = new Map(found.flatMap((each) => [...each]));
  return pods.map((row) => ({ row, obstacles: byUid.get(row.uid) ?? null }));
}

/** By the uid of a pod; empty where the namespace cannot be read. */
function obstaclesIn(
  namespace: string,
  { once, kube, cluster }: ActionContext,
): Promise<ReadonlyMap<string, readonly string[]>> {
  return once(`pods of ${namespace}`, async () => {
    const objects = await kube.list(placeIn('pods', cluster, namespace), { limit: PODS });
    return new Map(
      objects.map(({ metadata, spec }) => {
        const owners = metadata['ownerReferences'] as
          readonly { readonly kind: string; readonly controller?: boolean }[] | undefined;
        const owner = owners?.find(({ controller }) => controller === true)?.kind ?? '';
        return [metadata.uid ?? '', fargateObstacles(spec ?? {}, owner)] as const;
      }),
    );
  }).catch(() => new Map<string, readonly string[]>());
}

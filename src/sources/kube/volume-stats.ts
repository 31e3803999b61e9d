/** How full volumes are, by the kubelets that have them mounted. */
import { at, moment, objects, text } from '../../core/json.ts';
import type { ClaimFill } from '../../ports/kube.ts';
import { doing } from './paths.ts';
import type { Transport } from './transport.ts';

/** A kubelet that does not answer by then is not waited for (ms). */
const TIMEOUT = 10_000;

/** The path of a kubelet's summary, through the API server. */
export const summaryPath = (node: string): string =>
  `/api/v1/nodes/${encodeURIComponent(node)}/proxy/stats/summary`;

/**
 * Asks a node's kubelet how full the volumes of claims on it are: `/stats/summary` by the proxy of
 * the API server, which takes the right to get nodes/proxy.
 */
export async function volumeStats(
  transport: Transport,
  node: string,
  signal?: AbortSignal,
): Promise<readonly ClaimFill[]> {
  const summary = await transport.json({
    doing: doing('get', 'nodes/proxy', ''),
    path: summaryPath(node),
    timeout: TIMEOUT,
    signal,
  });
  return objects(at(summary, 'pods')).flatMap((pod) =>
    objects(pod['volume']).flatMap((volume): ClaimFill | [] => {
      const name = text(at(volume, 'pvcRef', 'name'));
      const used = count(volume['usedBytes']);
      const capacity = count(volume['capacityBytes']);
      if (name === '' || used === null || capacity === null) return [];
      return {
        namespace: text(at(volume, 'pvcRef', 'namespace')),
        ...{ name, used, capacity },
        inodesUsed: count(volume['inodesUsed']),
        inodes: count(volume['inodes']) || null,
        at: moment(volume['time']),
      };
    }),
  );
}

const count = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;

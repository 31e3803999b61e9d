import { hash, noise } from '../random.ts';
import { claimsOf, type Claim } from '../controllers/claims.ts';
import type { Kind } from '../world/kinds.ts';
import type { Pod } from '../world/objects.ts';
import { parseQuantity } from '../world/quantity.ts';
import type { World } from '../world/world.ts';
import { sendJson, type ApiRequest, type Target } from './request.ts';
import { unknownPath } from './status.ts';
import { existing } from './write.ts';

/** What a file system takes for itself of a volume. */
const OVERHEAD = 0.984;
/** Bytes of a volume for each file that it has room for, as mkfs.ext4 makes them. */
const BYTES_A_FILE = 16_384;

/**
 * What the kubelet of a node says by the proxy: its pods with the volumes of their claims. Of all the
 * paths of a kubelet this is the only one that is there.
 */
export function statsSummary(
  world: World,
  kind: Kind,
  target: Target,
  { path, response }: ApiRequest,
): void {
  if (kind.resource !== 'nodes' || !path.endsWith('/proxy/stats/summary')) throw unknownPath();
  const node = existing(world, kind, target);
  sendJson(response, 200, {
    node: { nodeName: node.metadata.name },
    pods: world.store.podsOn(node.metadata.name).map((pod) => ({
      podRef: {
        ...{ name: pod.metadata.name, namespace: pod.metadata.namespace, uid: pod.metadata.uid },
      },
      volume: claimsOf(pod).flatMap((name) => volumeOf(world, pod, name)),
    })),
  });
}

/** A volume of a claim: how full it is follows from its name, and grows with its age a little. */
function volumeOf(world: World, pod: Pod, name: string): object | [] {
  const { namespace = '' } = pod.metadata;
  const claim = world.store.get('persistentvolumeclaims', namespace, name) as Claim | undefined;
  const size = parseQuantity(claim?.spec.resources?.requests?.storage);
  if (claim === undefined || size === 0) return [];
  const capacityBytes = Math.floor(size * OVERHEAD);
  const usedBytes = Math.floor(capacityBytes * shareOf(`${namespace}/${name}`));
  const inodes = Math.floor(size / BYTES_A_FILE);
  const inodesUsed = Math.floor(inodes * 0.04);
  return {
    ...{ time: world.clock.stamp(), name, pvcRef: { name, namespace } },
    ...{ availableBytes: capacityBytes - usedBytes, capacityBytes, usedBytes },
    ...{ inodesFree: inodes - inodesUsed, inodes, inodesUsed },
  };
}

/** One database has been let grow. */
const shareOf = (claim: string): number =>
  claim.endsWith('catalog-db-0') ? 0.937 : 0.2 + 0.5 * noise(hash(claim), 0);

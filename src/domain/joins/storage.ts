/** What is written into claims and volumes: who uses them, and whether a node can. */
import type { NodeRow, PodRow } from '../rows.ts';
import { hasEnded } from '../workload-pods.ts';
import { byName, join, key } from './join.ts';

const CLAIM = 'persistentvolumeclaims/';

/** The claims that a pod refers to. */
const claimsOf = (pod: PodRow): readonly string[] =>
  pod.uses.filter((use) => use.startsWith(CLAIM)).map((use) => use.slice(CLAIM.length));

const UNKNOWN = { pods: null, waiting: null, usedOn: null };

/** Whether pods with a volume of EBS may come to a node: Fargate has none. */
const attaches = ({
  isReady,
  cordoned,
  compute,
}: Pick<NodeRow, 'isReady' | 'cordoned' | 'compute'>) =>
  isReady && !cordoned && compute !== 'fargate' && compute !== 'hybrid';

export const volumeNodes = join({
  target: key('persistentvolumes', 'cluster', ({ zones }) => zones),
  source: key('nodes', 'cluster', ({ zone }) => zone),
  uses: ['isReady', 'cordoned', 'compute'],
  fields: ['fitting'],
  ofAll: true,
  compute: ({ zones }, nodes, known) => ({
    fitting: known && zones.length > 0 ? nodes.filter(attaches).length : null,
  }),
});

export const claimVolume = join({
  target: key('persistentvolumeclaims', 'cluster', ({ volume }) => volume),
  source: byName('persistentvolumes'),
  uses: ['driver', 'volumeId', 'zones', 'fitting'],
  fields: ['driver', 'volumeId', 'zones', 'fitting'],
  compute: (_, [volume]) => ({
    driver: volume?.driver ?? null,
    volumeId: volume?.volumeId ?? null,
    zones: volume?.zones ?? null,
    fitting: volume?.fitting ?? null,
  }),
});

export const claimClass = join({
  target: key('persistentvolumeclaims', 'cluster', ({ storageClass }) => storageClass),
  source: byName('storageclasses'),
  uses: ['provisioner', 'binding'],
  fields: ['provisioner', 'binding'],
  ofAll: true,
  compute: (_, [found], known) => ({
    provisioner: found?.provisioner ?? (known ? '' : null),
    binding: found?.binding ?? (known ? '' : null),
  }),
});

export const claimPods = join({
  target: byName('persistentvolumeclaims'),
  source: key('pods', 'namespace', claimsOf),
  uses: ['phase', 'node'],
  fields: ['pods', 'waiting', 'usedOn'],
  ofAll: true,
  compute: (_, pods, known) => {
    if (!known) return UNKNOWN;
    const there = pods.filter((pod) => !hasEnded(pod));
    const nodes = new Set(there.map(({ node }) => node).filter(Boolean));
    return {
      pods: there.length,
      waiting: there.filter(({ node }) => node === '').length,
      usedOn: [...nodes].sort().join(', '),
    };
  },
});

export const volumeClaim = join({
  target: key('persistentvolumes', 'cluster', ({ claim }) => claim),
  source: key('persistentvolumeclaims', 'cluster', ({ namespace, name }) => `${namespace}/${name}`),
  uses: ['pods', 'waiting', 'usedOn'],
  fields: ['pods', 'waiting', 'usedOn'],
  compute: ({ claim }, [found]) => {
    if (claim === '') return { pods: 0, waiting: 0, usedOn: '' };
    return {
      pods: found?.pods ?? null,
      waiting: found?.waiting ?? null,
      usedOn: found?.usedOn ?? null,
    };
  },
});

/** In their order: each stands after those whose fields it reads. */
export const STORAGE_RULES = [volumeNodes, claimVolume, claimClass, claimPods, volumeClaim];

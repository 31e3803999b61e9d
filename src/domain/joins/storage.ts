/** What is written into claims and volumes: who uses them, and whether a node can. */
import { distinct } from '../../core/collect.ts';
import { isPreference } from '../room.ts';
import type { NodeRow } from '../rows.ts';
import { fileSystemIn, ofFileSystem, ofVolume } from '../storage-told.ts';
import type { PersistentVolumeRow } from '../tables/persistentvolumes.ts';
import { isEbs, isFileSystem } from '../volume.ts';
import { claimNamesOf } from '../pod-claims.ts';
import { hasEnded } from '../workload-pods.ts';
import { byName, join, key } from './join.ts';

const UNKNOWN = { pods: null, waiting: null, usedOn: null, usedZones: null };

/** Whether pods with a volume of EBS may come to a node: Fargate has none. */
const attaches = ({
  isReady,
  cordoned,
  compute,
}: Pick<NodeRow, 'isReady' | 'cordoned' | 'compute'>) =>
  isReady && !cordoned && compute !== 'fargate' && compute !== 'hybrid';

/** Taints of nodes of which each has one that keeps pods away; empty where one has none. */
function taintsOf(nodes: readonly Pick<NodeRow, 'taints'>[]): string {
  const each = nodes.map(({ taints }) => taints.filter((taint) => !isPreference(taint)));
  return each.some((taints) => taints.length === 0) ? '' : distinct(each.flat()).join(', ');
}

const volumeNodes = join({
  target: key('persistentvolumes', 'cluster', ({ zones }) => zones),
  source: key('nodes', 'cluster', ({ zone }) => zone),
  uses: ['isReady', 'cordoned', 'compute', 'taints'],
  fields: ['fitting', 'taints'],
  ofAll: true,
  compute: ({ zones }, nodes, known) => {
    if (!known || zones.length === 0) return { fitting: null, taints: null };
    const fitting = nodes.filter(attaches);
    return { fitting: fitting.length, taints: taintsOf(fitting) };
  },
});

/** Of a volume on EBS the id of that; else empty. */
const ebsIn = ({ driver, volumeId }: Pick<PersistentVolumeRow, 'driver' | 'volumeId'>): string =>
  isEbs(driver) ? volumeId : '';
/** Of a volume on EFS or FSx the id of its file system; else empty. */
const fileSystemOf = ({
  driver,
  volumeId,
}: Pick<PersistentVolumeRow, 'driver' | 'volumeId'>): string =>
  isFileSystem(driver) ? fileSystemIn(volumeId) : '';

const volumeOnEbs = join({
  target: key('persistentvolumes', 'cluster', ebsIn),
  source: key('volumes', 'cluster', ({ uid }) => uid),
  uses: ['state', 'type', 'iops', 'throughput', 'encrypted', 'attachedTo', 'modification'],
  fields: ['told'],
  when: (volume) => ebsIn(volume) !== '',
  compute: (_, [found]) => ({ told: found === undefined ? null : ofVolume(found) }),
});

const volumeOnFileSystem = join({
  target: key('persistentvolumes', 'cluster', fileSystemOf),
  source: key('filesystems', 'cluster', ({ uid }) => uid),
  uses: ['state', 'reason', 'type', 'throughput', 'encrypted', 'mounts', 'accessPoints'],
  fields: ['told'],
  when: (volume) => fileSystemOf(volume) !== '',
  compute: ({ volumeId }, [found]) => ({
    told: found === undefined ? null : ofFileSystem(found, volumeId),
  }),
});

const fileSystemVolumes = join({
  target: key('filesystems', 'cluster', ({ uid }) => uid),
  source: key('persistentvolumes', 'cluster', fileSystemOf),
  uses: [],
  fields: ['pvs'],
  ofAll: true,
  compute: (_, volumes, known) => ({ pvs: known ? volumes.length : null }),
});

const claimVolume = join({
  target: key('persistentvolumeclaims', 'cluster', ({ volume }) => volume),
  source: byName('persistentvolumes'),
  uses: ['driver', 'volumeId', 'zones', 'fitting', 'taints', 'told'],
  fields: ['driver', 'volumeId', 'zones', 'fitting', 'taints', 'told'],
  compute: (_, [volume]) => ({
    driver: volume?.driver ?? null,
    volumeId: volume?.volumeId ?? null,
    zones: volume?.zones ?? null,
    fitting: volume?.fitting ?? null,
    taints: volume?.taints ?? null,
    told: volume?.told ?? null,
  }),
});

const claimClass = join({
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

const claimPods = join({
  target: byName('persistentvolumeclaims'),
  source: key('pods', 'namespace', claimNamesOf),
  uses: ['phase', 'node', 'zone'],
  fields: ['pods', 'waiting', 'usedOn', 'usedZones'],
  ofAll: true,
  compute: (_, pods, known) => {
    if (!known) return UNKNOWN;
    const there = pods.filter((pod) => !hasEnded(pod));
    const nodes = new Set(there.map(({ node }) => node).filter(Boolean));
    return {
      pods: there.length,
      waiting: there.filter(({ node }) => node === '').length,
      usedOn: [...nodes].sort().join(', '),
      usedZones: distinct(there.map(({ zone }) => zone ?? '')),
    };
  },
});

const claimFill = join({
  target: key('persistentvolumeclaims', 'cluster', ({ namespace, name }) => `${namespace}/${name}`),
  source: key('claimusage', 'cluster', ({ uid }) => uid),
  uses: ['used', 'capacity', 'inodesUsed', 'inodes', 'at'],
  fields: ['fill'],
  compute: (_, [found]) => ({
    fill:
      found === undefined
        ? null
        : {
            ...{ used: found.used, capacity: found.capacity, at: found.at },
            ...{ inodesUsed: found.inodesUsed, inodes: found.inodes },
          },
  }),
});

const volumeClaim = join({
  target: key('persistentvolumes', 'cluster', ({ claim }) => claim),
  source: key('persistentvolumeclaims', 'cluster', ({ namespace, name }) => `${namespace}/${name}`),
  uses: ['pods', 'waiting', 'usedOn', 'usedZones', 'fill'],
  fields: ['pods', 'waiting', 'usedOn', 'usedZones', 'fill'],
  ofAll: true,
  compute: ({ claim }, [found], known) => {
    // A claim that is gone is used by nobody.
    if (claim === '' || (found === undefined && known))
      return { pods: 0, waiting: 0, usedOn: '', usedZones: [], fill: null };
    return {
      pods: found?.pods ?? null,
      waiting: found?.waiting ?? null,
      usedOn: found?.usedOn ?? null,
      usedZones: found?.usedZones ?? null,
      fill: found?.fill ?? null,
    };
  },
});

/** In their order: each stands after those whose fields it reads. */
export const STORAGE_RULES = [
  volumeNodes,
  volumeOnEbs,
  volumeOnFileSystem,
  claimVolume,
  claimClass,
  claimPods,
  claimFill,
  volumeClaim,
  fileSystemVolumes,
];

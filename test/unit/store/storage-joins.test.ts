/** Why a claim cannot be used, told from pods, nodes, volumes and classes. */
import { describe, expect, it } from 'vitest';
import type { TableId, Tables } from '../../../src/domain/tables/index.ts';
import { persistentvolumeclaims } from '../../../src/resources/persistentvolumeclaims.ts';
import { persistentvolumes } from '../../../src/resources/persistentvolumes.ts';
import { Store } from '../../../src/store/index.ts';
import { nodeRow, podRow, rowOf } from '../../support/rows.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

type Rows = { readonly [T in TableId]?: readonly Tables[T][] };
const HOUR = 3_600_000;

/** What is said of the one claim and the one volume of a cluster of these rows. */
function told(rows: Rows) {
  const store = new Store({ clock: new VirtualClock() });
  const tables: Rows = { nodes: [], pods: [], storageclasses: [], persistentvolumes: [], ...rows };
  for (const table of Object.keys(tables) as TableId[]) {
    const sink = store.sink(table);
    sink.relist();
    sink.put(tables[table] ?? []);
    sink.synced();
  }
  const ctx = { now: HOUR, time: 'age' } as const;
  const [claim] = [...store.rows('persistentvolumeclaims')];
  const [volume] = [...store.rows('persistentvolumes')];
  return {
    claim: claim && persistentvolumeclaims.health(claim, ctx),
    volume: volume && persistentvolumes.health(volume, ctx),
    row: claim,
  };
}

const volume = rowOf('persistentvolumes', {
  name: 'pvc-1',
  phase: 'Bound',
  driver: 'ebs.csi.aws.com',
  volumeId: 'vol-1',
  zones: ['eu-central-1b'],
  claim: 'default/data',
});
const bound = rowOf('persistentvolumeclaims', { name: 'data', phase: 'Bound', volume: 'pvc-1' });
const pending = rowOf('persistentvolumeclaims', { name: 'data', phase: 'Pending' });
const user = podRow({
  name: 'db-0',
  phase: 'Pending',
  uses: ['persistentvolumeclaims/data', 'secrets/data'],
});
const gp3 = rowOf('storageclasses', {
  name: 'gp3',
  provisioner: 'ebs.csi.aws.com',
  binding: 'WaitForFirstConsumer',
});

describe('a claim whose volume is in a zone', () => {
  const claims = { persistentvolumes: [volume], persistentvolumeclaims: [bound] };
  const nodeIn = (zone: string, given = {}) => nodeRow({ name: zone, zone, ...given });

  it('cannot be used where no node of the zone is fit, and says how many pods wait', () => {
    const cordoned = nodeIn('eu-central-1b', { cordoned: true });
    const fargate = nodeRow({ name: 'f', zone: 'eu-central-1b', compute: 'fargate' });
    const nodes = [nodeIn('eu-central-1a'), cordoned, fargate];
    const health = {
      level: 'bad',
      cause: 'no node in eu-central-1b can attach it: 1 pod waits',
    };
    expect(told({ ...claims, nodes, pods: [user] })).toMatchObject({
      claim: health,
      volume: health,
      row: { pods: 1, waiting: 1, driver: 'ebs.csi.aws.com', name: 'data', namespace: 'default' },
    });
  });

  it('needs a look while nobody waits for it', () => {
    expect(told(claims).claim).toEqual({
      level: 'warn',
      cause: 'no node in eu-central-1b can attach it',
    });
  });

  it('is well where a node can attach it', () => {
    const nodes = [nodeIn('eu-central-1b')];
    expect(told({ ...claims, nodes, pods: [user] })).toMatchObject({
      claim: { level: 'ok' },
      volume: { level: 'ok' },
    });
  });

  it('is a problem where pods wait for nodes that all have taints, which are named', () => {
    const tainted = (name: string, ...taints: string[]) =>
      nodeIn('eu-central-1b', { uid: name, name, taints });
    const [data, gpu] = [tainted('a', 'dedicated=data:NoSchedule'), tainted('b', 'gpu:NoExecute')];
    expect(told({ ...claims, nodes: [data, gpu], pods: [user] }).claim).toEqual({
      level: 'warn',
      cause:
        'only nodes with taints in eu-central-1b (dedicated=data:NoSchedule, gpu:NoExecute): 1 pod waits',
    });
    // Who runs there tolerates them.
    const runs = { ...user, node: 'a', phase: 'Running' };
    expect(told({ ...claims, nodes: [data], pods: [runs] }).claim?.level).toBe('ok');
    const rather = tainted('c', 'spot:PreferNoSchedule');
    expect(told({ ...claims, nodes: [data, rather], pods: [user] }).claim?.level).toBe('ok');
  });

  it('is well where its volume is in every zone', () => {
    const efs = { ...volume, driver: 'efs.csi.aws.com', zones: [] };
    expect(told({ ...claims, persistentvolumes: [efs] }).claim?.level).toBe('ok');
  });
});

describe('a claim without a volume says what it waits for', () => {
  const of = (given: Partial<typeof pending>, rows: Rows = {}) =>
    told({ persistentvolumeclaims: [{ ...pending, ...given }], ...rows }).claim;

  it.each([
    ['names no storage class, and none is the default', 'bad', {}, {}],
    ['there is no storage class gp4', 'bad', { storageClass: 'gp4' }, {}],
    [
      'waits for the first pod that uses it',
      'busy',
      { storageClass: 'gp3' },
      { storageclasses: [gp3] },
    ],
    [
      'waits for a volume from ebs.csi.aws.com',
      'bad',
      { storageClass: 'gp3' },
      { storageclasses: [gp3], pods: [user] },
    ],
    [
      'waits for a volume from ebs.csi.aws.com',
      'busy',
      { storageClass: 'gp3', created: HOUR - 1000 },
      { storageclasses: [gp3], pods: [user] },
    ],
    ['waits for volume pv-9 that it names', 'bad', { volume: 'pv-9' }, {}],
    ['its volume pv-9 is gone', 'bad', { phase: 'Lost', volume: 'pv-9' }, {}],
  ])('%s (%s)', (cause, level, given, rows) => {
    expect(of(given, rows)).toEqual({ level, cause });
  });
});

it('a released volume that is kept is said to be paid', () => {
  const released = { ...volume, phase: 'Released', reclaimPolicy: 'Retain' };
  expect(told({ persistentvolumes: [released] }).volume).toEqual({
    level: 'warn',
    cause: 'its claim is deleted, the volume is kept and paid',
  });
});

describe('a volume on a file system of EFS', () => {
  const efs = {
    ...volume,
    driver: 'efs.csi.aws.com',
    volumeId: 'fs-1::fsap-2',
    zones: [],
  };
  const mount = (zone: string, state = 'available') => ({
    ...{ id: `fsmt-${zone}`, zone, subnet: '', ip: '', state },
  });
  const fs = rowOf('filesystems', {
    ...{ uid: 'fs-1', name: 'fs-1', kind: 'EFS', state: 'available', type: 'elastic' },
    mounts: [mount('eu-central-1a'), mount('eu-central-1b', 'deleting')],
    accessPoints: [{ id: 'fsap-2', path: '/data', state: 'available' }],
  });
  const podOn = (node: string) =>
    podRow({ name: `web-${node}`, phase: 'Running', node, uses: ['persistentvolumeclaims/data'] });
  const nodes = ['a', 'b'].map((zone) => nodeRow({ name: zone, zone: `eu-central-1${zone}` }));
  const claims = { persistentvolumes: [efs], persistentvolumeclaims: [bound], nodes };

  it('is told with the folder of its access point and the zones in which it can be mounted', () => {
    expect(told({ ...claims, filesystems: [fs], pods: [podOn('a')] }).row?.told).toMatchObject({
      ...{ state: 'available', type: 'elastic', path: '/data', missing: '' },
      mountZones: ['eu-central-1a'],
    });
  });

  it.each([
    [{}, ['a'], 'ok', ''],
    [{}, ['a', 'b'], 'bad', 'no mount target: fs-1 has none in 1b, where pods use it'],
    [{ mounts: null }, ['b'], 'ok', ''],
    [{ mounts: [] }, ['a'], 'bad', 'no mount target: nothing can mount fs-1'],
    [{ accessPoints: [] }, ['a'], 'bad', 'its access point is gone: fs-1 has no fsap-2'],
    [{ accessPoints: null }, ['a'], 'ok', ''],
    [{ state: 'error' }, ['a'], 'bad', 'in AWS it is error: fs-1'],
    [{ state: 'updating' }, ['a'], 'busy', 'in AWS it is updating: fs-1'],
  ] as const)('of %j, used in zones %j, is %s', (given, used, level, cause) => {
    const pods = used.map(podOn);
    const { claim, volume: pv } = told({ ...claims, filesystems: [{ ...fs, ...given }], pods });
    expect(claim).toEqual({ level, cause });
    expect(pv).toEqual({ level, cause });
  });

  it('counts for its file system', () => {
    const store = new Store({ clock: new VirtualClock() });
    for (const [table, rows] of [
      ['persistentvolumes', [efs, { ...volume, uid: 'other', name: 'other' }]],
      ['filesystems', [fs]],
    ] as const) {
      const sink = store.sink(table);
      sink.relist();
      sink.put(rows);
      sink.synced();
    }
    expect([...store.rows('filesystems')]).toMatchObject([{ pvs: 1 }]);
  });
});

describe('a volume on EBS', () => {
  const nodes = [nodeRow({ name: 'b', zone: 'eu-central-1b' })];
  const ebs = rowOf('volumes', {
    ...{ uid: 'vol-1', name: 'vol-1', state: 'in-use', type: 'gp3', iops: 3000 },
    attachedTo: ['i-1'],
  });
  const claims = { nodes, persistentvolumes: [volume], persistentvolumeclaims: [bound] };

  it('is told as EBS tells it', () => {
    expect(told({ ...claims, volumes: [ebs] }).row?.told).toMatchObject({
      ...{ state: 'in-use', type: 'gp3', iops: 3000, attachedTo: ['i-1'], mountZones: null },
    });
    expect(told(claims).row?.told).toBeNull();
  });

  it.each([
    [{ modification: 'optimizing 40%' }, 'busy', 'optimizing 40%'],
    [{ modification: 'failed: no' }, 'warn', 'its modification failed: no'],
    [{ attachedTo: ['i-1 busy'] }, 'warn', 'its attachment is stuck: i-1 busy'],
    [{ state: 'error' }, 'bad', 'in AWS it is error: vol-1'],
  ] as const)('of %j is %s', (given, level, cause) => {
    const { claim } = told({ ...claims, volumes: [{ ...ebs, ...given }] });
    expect(claim).toEqual({ level, cause });
  });
});

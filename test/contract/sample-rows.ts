/** Rows of every resource for contract tests: recorded, minimal and random ones. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { AnyResource, ResourceDef } from '../../src/resources/define.ts';
import { ANY_FOUND } from '../../src/resources/found.ts';
import type { BaseRow } from '../../src/domain/rows.ts';
import { decoderOf, TABLES, type TableId } from '../../src/domain/tables/index.ts';
import {
  clusterRow,
  container,
  cronJobRow,
  eventRow,
  foundRow,
  hpaRow,
  jobRow,
  kindRow,
  namespaceRow,
  nodeGroupRow,
  nodeRow,
  podRow,
  rowOf,
  serviceAccountRow,
  serviceRow,
  workloadRow,
} from '../support/rows.ts';

/** A definition as tests see it that do the same with all of them. */
export type Definition = ResourceDef<'pods'>;

export function generic(resource: AnyResource): Definition {
  return resource as unknown as Definition;
}

const FOUND_SAMPLE = foundRow({
  name: 'general',
  kind: {
    group: 'karpenter.sh',
    version: 'v1',
    resource: 'nodepools',
    kind: 'NodePool',
    namespaced: false,
  },
  cells: ['general', 'True'],
});

/** A row of each table: a blank one with a name where no other is given. */
export const MINIMAL: Readonly<Record<string, BaseRow>> = {
  ...Object.fromEntries(
    Object.keys(TABLES).map((table) => [table, rowOf(table as TableId, { name: 'api' })]),
  ),
  clusters: clusterRow({ name: 'prod' }),
  doctor: rowOf('checks', { name: 'C1' }),
  nodegroups: nodeGroupRow('managed/web'),
  fargateprofiles: nodeGroupRow('fargate/web', { kind: 'fargate' }),
  nodes: nodeRow({ name: 'ip-10-0-12-34.eu-central-1.compute.internal' }),
  pods: podRow({ name: 'api-78d7d7b5cd-v7278', containers: [container({ name: 'api' })] }),
  deployments: workloadRow('Deployment', { name: 'api' }),
  statefulsets: workloadRow('StatefulSet', { name: 'db' }),
  daemonsets: workloadRow('DaemonSet', { name: 'agent' }),
  replicasets: workloadRow('ReplicaSet', { name: 'api-78d7d7b5cd' }),
  jobs: jobRow({ name: 'report-29924883' }),
  cronjobs: cronJobRow({ name: 'report' }),
  services: serviceRow({ name: 'api' }),
  hpas: hpaRow({ name: 'api' }),
  events: eventRow({ name: 'api.1' }),
  namespaces: namespaceRow({ name: 'shop' }),
  serviceaccounts: serviceAccountRow({ name: 'api' }),
  kinds: kindRow('nodepools', 'karpenter.sh', 'NodePool'),
  [ANY_FOUND.id]: FOUND_SAMPLE,
  [ANY_FOUND.keys ?? '']: FOUND_SAMPLE,
};

/** Rows as decoded from answers of a real API server; none for what AWS or no recording tells of. */
export function recordedRows(table: string): readonly BaseRow[] {
  const file = new URL(`../fixtures/apiserver-1.36/${table}.json`, import.meta.url);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return [];
  }
  const decoder = decoderOf(table as 'pods');
  return (JSON.parse(text) as { items: unknown[] }).items.map((item) => decoder.json(item));
}

/** Words of a closed set stay; a decoder never makes others. */
const CLOSED = new Set([
  'kind',
  'compute',
  'capacity',
  'loadBalancer',
  'source',
  'origin',
  'outcome',
  'role',
  'level',
]);
/** Fields that are text where they are known. */
const TEXTS = new Set([
  ...['zone', 'zoneId', 'instanceType', 'group', 'role', 'associatedRole', 'hpa'],
  ...['httpRoute', 'grpcRoute', 'tlsRoute'],
  ...['trouble', 'lastJob', 'lastStatus', 'lastTrouble'],
  ...[
    'driver',
    'volumeId',
    'provisioner',
    'binding',
    'usedOn',
    'enforcer',
    'taints',
    'node',
    'pv',
    'region',
  ],
]);

/** Lists and objects, or null: what they hold is the decoder's. */
const STRUCTURED = new Set([
  ...['policies', 'logging'],
  ...[
    'zones',
    'nodeZones',
    'nodeTypes',
    'nodeImages',
    'nodeVersions',
    'lastExit',
    'versions',
    'running',
  ],
  ...['ingress', 'egress', 'policyAgent', 'risks', 'missing', 'missingHere'],
  ...['network', 'use', 'usage', 'place', 'machine', 'agent', 'price', 'notice'],
  ...['targets', 'about', 'silent'],
  ...['told', 'usedZones', 'mounts', 'accessPoints', 'fill', 'names', 'balancers'],
  ...['networks', 'groups', 'deadPorts'],
]);

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '\u001b[2Jx', 'a\nb', '\u202egnp', '名前', 'x'.repeat(300)),
);
const number = fc.oneof(
  // The seventh is a moment in the year 285,000,000.
  fc.constantFrom(0, -1, 1, 0.001, 2 ** 53, Date.UTC(2026, 10, 24), 9e18, -9e18, 1e300),
  // No decoder hands on more than that.
  fc.double({ noNaN: true, min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }),
);

function like(key: string, value: unknown): fc.Arbitrary<unknown> {
  if (CLOSED.has(key) && value !== null) return fc.constant(value);
  if (value === null) return fc.option<unknown>(TEXTS.has(key) ? hostile : number);
  if (typeof value === 'string') return hostile;
  if (typeof value === 'number') return number;
  if (typeof value === 'boolean') return fc.boolean();
  return fc.constant(value);
}

/** The row with every field made random, within its type. */
export function randomRows(row: BaseRow): fc.Arbitrary<BaseRow> {
  const fields = Object.entries(row)
    .filter(([key]) => !STRUCTURED.has(key))
    .map(([key, value]) => [key, like(key, value)] as const);
  return fc.record(Object.fromEntries(fields)).map((random) => ({ ...row, ...random }));
}

/** Which workloads use an object, with and without pods. */
import { expect, it } from 'vitest';
import { plain, type Cell } from '../../../src/core/styled.ts';
import { IDLE } from '../../../src/domain/status.ts';
import { decoderOf, type TableId, type Tables } from '../../../src/domain/tables/index.ts';
import type { Section } from '../../../src/resources/define.ts';
import { refersTo, runsAs, usedBySection, USERS } from '../../../src/resources/describe/used-by.ts';
import { secrets } from '../../../src/resources/secrets.ts';
import { Store } from '../../../src/store/index.ts';
import { podRow, rowOf } from '../../support/rows.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

type Rows = { readonly [T in TableId]?: readonly Tables[T][] };

const NONE: Rows = Object.fromEntries([...USERS, 'ingresses'].map((table) => [table, []]));

function storeOf(rows: Rows): Store {
  const store = new Store({ clock: new VirtualClock() });
  for (const table of Object.keys(rows) as TableId[]) {
    const sink = store.sink(table);
    sink.relist();
    sink.put(rows[table] ?? []);
    sink.synced();
    sink.status({ ...IDLE, state: 'live', synced: true });
  }
  return store;
}

const textOf = ({ lines }: Section) =>
  lines.map((line) =>
    typeof line === 'string' || typeof line[0] !== 'string'
      ? plain(line as Cell)
      : `${line[0]}: ${plain(line[1] as Cell)}`,
  );

const metadata = (name: string, more: object = {}) => ({
  ...{ name, namespace: 'default', uid: name },
  ...more,
});
const template = {
  spec: {
    serviceAccountName: 'runner',
    containers: [
      { name: 'app', envFrom: [{ secretRef: { name: 'keys' } }] },
      { name: 'side', env: [{ valueFrom: { configMapKeyRef: { name: 'conf', key: 'a' } } }] },
    ],
    volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'shared' } }],
    imagePullSecrets: [{ name: 'pull' }],
  },
};
const object = (name: string, spec: object = {}) => ({
  metadata: metadata(name),
  spec: { template, ...spec },
});

const idle: Rows = {
  ...NONE,
  deployments: [decoderOf('deployments').json(object('scaled-down', { replicas: 0 }))],
  daemonsets: [decoderOf('daemonsets').json(object('agent'))],
  statefulsets: [
    decoderOf('statefulsets').json(
      object('db', { replicas: 0, volumeClaimTemplates: [{ metadata: { name: 'data' } }] }),
    ),
  ],
  cronjobs: [
    decoderOf('cronjobs').json({
      metadata: metadata('nightly'),
      spec: { jobTemplate: { spec: { template } } },
    }),
  ],
  jobs: [
    decoderOf('jobs').json(object('waits', { suspend: true })),
    decoderOf('jobs').json({
      ...object('nightly-1'),
      metadata: metadata('nightly-1', {
        ownerReferences: [{ kind: 'CronJob', name: 'nightly', controller: true }],
      }),
    }),
    decoderOf('jobs').json({
      ...object('ended'),
      status: { completionTime: '2026-11-24T04:00:00Z' },
    }),
  ],
};
const makers = ['cronjob/nightly', 'daemonset/agent', 'deployment/scaled-down', 'job/waits'];
const withoutPods = [...makers, 'statefulset/db'].map((user) => `${user}: no pods now`);

it.each([
  ['secrets', 'keys'],
  ['secrets', 'pull'],
  ['configmaps', 'conf'],
  ['persistentvolumeclaims', 'shared'],
] as const)('templates without pods are users of %s that they refer to', (table, name) => {
  const row = rowOf(table, { name });
  expect(textOf(usedBySection(refersTo(table, row), storeOf(idle)))).toEqual(withoutPods);
  const elsewhere = refersTo(table, rowOf(table, { name, namespace: 'other' }));
  expect(textOf(usedBySection(elsewhere, storeOf(idle)))).toEqual(['-']);
});

it('templates are users of the account that their pods run as, or of the default one', () => {
  const account = (name: string) => runsAs(rowOf('serviceaccounts', { name }));
  expect(textOf(usedBySection(account('runner'), storeOf(idle)))).toEqual(withoutPods);
  const bare = { metadata: metadata('bare'), spec: { template: { spec: { containers: [] } } } };
  const deployments = [decoderOf('deployments').json(bare)];
  expect(textOf(usedBySection(account('default'), storeOf({ ...NONE, deployments })))).toEqual([
    'deployment/bare: no pods now',
  ]);
});

it('the claim of each pod of a stateful set is used by it, whatever its number', () => {
  const users = (name: string) => {
    const row = rowOf('persistentvolumeclaims', { name });
    return textOf(usedBySection(refersTo('persistentvolumeclaims', row), storeOf(idle)));
  };
  expect(users('data-db-0')).toEqual(['statefulset/db: no pods now']);
  expect(users('data-db-12')).toEqual(['statefulset/db: no pods now']);
  expect(users('data-db')).toEqual(['-']);
});

it('workloads with pods are told once, with how many', () => {
  const pods = ['a', 'b'].map((name) =>
    podRow({ name, workloadKind: 'DaemonSet', workload: 'agent', uses: ['secrets/keys'] }),
  );
  const row = rowOf('secrets', { name: 'keys' });
  const rows: Rows = { ...NONE, daemonsets: idle.daemonsets ?? [], pods };
  expect(textOf(usedBySection(refersTo('secrets', row), storeOf(rows)))).toEqual([
    'daemonset/agent: 2 pods',
  ]);
  // What could not be read is named.
  const isRead = ([table]: readonly [string, unknown]) => table !== 'cronjobs';
  const read = Object.fromEntries(Object.entries(rows).filter(isRead)) as Rows;
  expect(textOf(usedBySection(refersTo('secrets', row), storeOf(read)))).toEqual([
    'daemonset/agent: 2 pods',
    '? cronjobs',
  ]);
  expect(textOf(usedBySection(refersTo('secrets', row), storeOf({})))).toEqual(['?']);
});

it('a certificate is used by the ingresses that serve it', () => {
  const row = rowOf('secrets', { name: 'tls' });
  const ingress = (name: string, secretName: string, namespace = 'default') =>
    rowOf('ingresses', { name, namespace, tls: [{ hosts: ['a.example.com'], secretName }] });
  const query = storeOf({
    ...NONE,
    ingresses: [ingress('web', 'tls'), ingress('other', 'else'), ingress('far', 'tls', 'far')],
  });
  const ctx = { now: 0, time: 'age' } as const;
  const described = secrets.describe({ row, object: null, events: [], query, ctx });
  const used = described.find(({ title }) => title === 'Used by');
  expect(used && textOf(used)).toEqual(['ingress/web: TLS of a.example.com']);
});

import { describe, expect, it } from 'vitest';
import { plain } from '../../../src/core/styled.ts';
import { IDLE } from '../../../src/domain/status.ts';
import type { BaseRow } from '../../../src/domain/rows.ts';
import type { TableId, Tables } from '../../../src/domain/tables/index.ts';
import type { Query } from '../../../src/ports/query.ts';
import { cellOf } from '../../../src/resources/cell-of.ts';
import { containerRows, containers, type ContainerRow } from '../../../src/resources/containers.ts';
import type { Column, Link, LinkTarget, ResourceDef } from '../../../src/resources/define.ts';
import { RowFilters } from '../../../src/resources/filtering.ts';
import { deployments } from '../../../src/resources/deployments.ts';
import { events } from '../../../src/resources/events.ts';
import { hpas } from '../../../src/resources/hpas.ts';
import { nodegroups } from '../../../src/resources/nodegroups.ts';
import { nodes } from '../../../src/resources/nodes.ts';
import { pods } from '../../../src/resources/pods.ts';
import { services } from '../../../src/resources/services.ts';
import {
  container,
  eventRow,
  hpaRow,
  nodeGroupRow,
  kindRow,
  nodeRow,
  podRow,
  serviceRow,
  workloadRow,
} from '../../support/rows.ts';

import type { KindRow } from '../../../src/domain/kinds.ts';

const NOW = Date.UTC(2026, 10, 24);
const ctx = { now: NOW, time: 'age' } as const;
const query: Query = {
  get: () => undefined,
  named: () => undefined,
  rows: () => [],
  size: () => 0,
  columns: () => [],
  status: () => IDLE,
};

/** What a column shows of a row. */
function shown<Row>(columns: readonly Column<Row>[], id: string, row: Row): string {
  const column = columns.find((one) => one.id === id);
  if (column === undefined) throw new Error(`no column ${id}`);
  return plain(cellOf(column, row, ctx));
}

/** The raw value that a column has of a row. */
function valueOf<Row>(columns: readonly Column<Row>[], id: string, row: Row) {
  return columns.find((one) => one.id === id)?.value(row, ctx);
}

/** The rows that a link's target keeps. */
function kept(target: LinkTarget | { readonly none: string }, rows: readonly BaseRow[]) {
  if ('none' in target) throw new Error(target.none);
  const only = target.only as ((row: BaseRow) => boolean) | undefined;
  return rows.filter((row) => only?.(row) ?? true).map(({ name }) => name);
}

describe('pods', () => {
  it('tell unknown usage from no request', () => {
    const row = podRow({
      name: 'a',
      cpu: 0.25,
      memory: null,
      usage: [0.25, 0],
      containers: [container({ name: 'app', cpuRequest: 1 })],
    });
    const unmeasured = { ...row, usage: null };
    expect(shown(pods.columns, 'cpuOfRequest', row)).toBe('25%');
    expect(shown(pods.columns, 'cpuOfLimit', row)).toBe('-');
    expect(shown(pods.columns, 'memory', row)).toBe('?');
    expect(shown(pods.columns, 'cpuOfRequest', unmeasured)).toBe('?');
    expect(valueOf(pods.columns, 'cpuOfLimit', row)).toBeNull();
    expect(valueOf(pods.columns, 'cpuLimit', row)).toBeNull();
    expect(valueOf(pods.columns, 'memoryLimit', { ...row, memoryLimit: 64 })).toBe(64);
  });

  it('say first what the scheduler misses', () => {
    const cause = '0/6 nodes are available: 6 Insufficient cpu.';
    const row = podRow({
      name: 'a',
      phase: 'Pending',
      status: 'Pending',
      cause,
      created: NOW - 60_000,
      isReady: false,
    });
    expect(shown(pods.columns, 'status', row)).toContain('Pending · 6 Insufficient cpu');
    expect(shown(pods.columns, 'cause', row)).toBe(cause);
  });

  it('sort by status with what is broken first, then by the word', () => {
    const sortBy = pods.columns.find(({ id }) => id === 'status')?.sortBy;
    const rows = [
      podRow({ name: 'well' }),
      podRow({ name: 'done', phase: 'Succeeded', status: 'Completed' }),
      podRow({ name: 'broken', status: 'CrashLoopBackOff', isReady: false }),
      podRow({ name: 'unready', isReady: false }),
    ];
    const order = [...rows].sort((a, b) => (String(sortBy?.(a)) < String(sortBy?.(b)) ? -1 : 1));
    expect(order.map(({ name }) => name)).toEqual(['broken', 'unready', 'done', 'well']);
  });

  it('lead to their node and to what owns them, or say why not', () => {
    const { o, J } = pods.links ?? {};
    const row = podRow({ name: 'a', node: 'n1', workloadKind: 'StatefulSet', workload: 'db' });
    expect(
      kept(o?.target(row, query) ?? { none: '' }, [
        nodeRow({ name: 'n1' }),
        nodeRow({ name: 'n2' }),
      ]),
    ).toEqual(['n1']);
    expect(J?.target(row, query)).toMatchObject({ to: 'statefulsets', label: 'db' });
    const bare = podRow({ name: 'bare' });
    expect(o?.target(bare, query)).toHaveProperty('none');
    expect(J?.target(bare, query)).toHaveProperty('none');
    const job = podRow({ name: 'a', workloadKind: 'CronJob', workload: 'report' });
    expect(J?.target(job, query)).toMatchObject({ to: 'cronjobs', label: 'report' });
    const canary = podRow({ name: 'a', workloadKind: 'Rollout', workload: 'api' });
    expect(J?.target(canary, query)).toEqual({
      none: 'Rollout api: nothing is known of its kind',
    });
    const offering = (...kinds: readonly KindRow[]): Query => ({
      ...query,
      rows: () => kinds as never,
    });
    const rollouts = kindRow('rollouts', 'argoproj.io', 'Rollout', { namespaced: true });
    expect(J?.target(canary, offering(rollouts))).toMatchObject({ to: 'rollouts.argoproj.io' });
    const others = kindRow('rollouts', 'example.com', 'Rollout', { namespaced: true });
    expect(J?.target(canary, offering(rollouts, others))).toEqual({
      none: 'Rollout api: several kinds go by that name',
    });
  });
});

describe('the containers of a pod', () => {
  const pod = podRow({
    name: 'a',
    usage: [NaN, NaN, 0.5, 1024],
    containers: [
      container({
        name: 'init',
        role: 'init',
        state: 'terminated',
        reason: 'Completed',
        ready: false,
        lastExit: { reason: 'Completed', exitCode: 0, at: 0, message: '' },
      }),
      container({ name: 'api', cpuLimit: 1 }),
      container({
        name: 'proxy',
        state: 'waiting',
        reason: 'CrashLoopBackOff',
        ready: false,
        lastExit: { reason: 'OOMKilled', exitCode: 137, at: NOW - 120_000, message: '' },
      }),
    ],
  });
  it('have their own usage and state', () => {
    const [init, api, proxy] = containerRows(pod);
    if (!init || !api || !proxy) throw new Error('missing');
    expect(shown(containers.columns as readonly Column<ContainerRow>[], 'cpuOfLimit', api)).toBe(
      '50%',
    );
    expect(shown(containers.columns as readonly Column<ContainerRow>[], 'cpu', proxy)).toBe('?');
    expect(shown(containers.columns as readonly Column<ContainerRow>[], 'status', proxy)).toBe(
      '✗ CrashLoopBackOff · OOMKilled 137 · 2m',
    );
    expect(shown(containers.columns as readonly Column<ContainerRow>[], 'status', init)).toBe(
      '✓ Completed',
    );
  });
});

/** Where enter on a row leads. */
function entered<T extends TableId>(
  { enter }: ResourceDef<T>,
  row: Tables[T],
): ReturnType<Link<Tables[T]>['target']> {
  return enter?.is === 'link' ? enter.target(row, query) : { none: 'enter is no link' };
}

it('a shell for debugging that was left is no problem, however it ended', () => {
  const lastExit = { reason: 'Error', exitCode: 137, at: 0, message: '' };
  const ended = { state: 'terminated', lastExit } as const;
  const shell = container({ name: 'debugger', role: 'ephemeral', ...ended });
  const main = container({ name: 'api', ...ended });
  const rows = containerRows(podRow({ name: 'api', containers: [shell, main] }));
  expect(rows.map((row) => containers.health(row, ctx).level)).toEqual(['ok', 'bad']);
});

describe('links between panes', () => {
  it('lead from workloads, services, nodes and groups to just their own', () => {
    const mine = podRow({
      name: 'mine',
      workloadKind: 'Deployment',
      workload: 'api',
      node: 'n1',
      labels: { app: 'api' },
    });
    const other = podRow({
      name: 'other',
      workloadKind: 'Deployment',
      workload: 'web',
      labels: { app: 'web' },
    });
    const elsewhere = podRow({
      name: 'elsewhere',
      namespace: 'x',
      workloadKind: 'Deployment',
      workload: 'api',
      labels: { app: 'api' },
    });
    const rows = [mine, other, elsewhere];
    const api = workloadRow('Deployment', { name: 'api' });
    expect(kept(entered(deployments, api), rows)).toEqual(['mine']);
    const service = serviceRow({ name: 'api', selector: { app: 'api' } });
    expect(kept(entered(services, service), rows)).toEqual(['mine']);
    expect(kept(entered(nodes, nodeRow({ name: 'n1' })), rows)).toEqual(['mine']);
    const group = nodeGroupRow('managed/web');
    const grouped = [
      nodeRow({ name: 'n1', nodegroup: 'managed/web' }),
      nodeRow({ name: 'n2', nodegroup: 'spot/web' }),
    ];
    expect(kept(entered(nodegroups, group), grouped)).toEqual(['n1']);
  });

  it('say why a service leads nowhere', () => {
    expect(entered(services, serviceRow({ name: 'a' }))).toHaveProperty('none');
    const named = serviceRow({ name: 'a', type: 'ExternalName', external: 'db.example' });
    expect(entered(services, named)).toEqual({ none: 'a is a name for db.example' });
  });

  it('lead from autoscalers and events to what they are about', () => {
    const hpa = hpaRow({ name: 'h', targetKind: 'StatefulSet', targetName: 'db' });
    expect(entered(hpas, hpa)).toMatchObject({
      to: 'statefulsets',
      label: 'db',
    });
    const event = eventRow({
      name: 'e',
      objectKind: 'Node',
      objectName: 'n1',
      namespace: 'default',
    });
    const target = entered(events, event);
    expect(kept(target, [nodeRow({ name: 'n1' })])).toEqual(['n1']);
  });
});

describe('cells', () => {
  it('make foreign text safe', () => {
    const row = eventRow({ name: 'e', message: 'a\u001b[2Jb\nc' });
    expect(shown(events.columns, 'message', row)).toBe('ab⏎c');
  });
});

describe('filters over a pane', () => {
  const filters = new RowFilters(pods.columns, () => NOW);
  const rows = [
    podRow({
      name: 'api-1',
      namespace: 'shop',
      zone: 'eu-central-1a',
      memory: 2 ** 30,
      created: NOW - 60_000,
    }),
    podRow({
      name: 'web-1',
      namespace: 'front',
      zone: 'eu-central-1b',
      created: NOW - 3 * 86_400_000,
      labels: { app: 'web' },
    }),
  ];

  it.each([
    ['eu-central-1b', ['web-1']],
    ['ns:shop', ['api-1']],
    ['az:1a', ['api-1']],
    ['mem:>=1Gi', ['api-1']],
    ['age:>1d', ['web-1']],
    ['-l app', ['web-1']],
    ['^front$', ['web-1']],
    ['mem:?', ['web-1']],
  ])('%s keeps %j', (text, names) => {
    const filter = filters.parse(text);
    if (!filter.ok) throw new Error(filter.error);
    expect(rows.filter(filter.test).map(({ name }) => name)).toEqual(names);
  });
});

it('pods and nodes lead to their zone, where what falls with it stands', () => {
  const zone = 'eu-central-1b';
  for (const target of [
    pods.links?.Z?.target(podRow({ name: 'api-0', zone }), query),
    nodes.links?.Z?.target(nodeRow({ name: 'n1', zone }), query),
  ]) {
    expect(target).toMatchObject({ label: '1b' });
    const only = target && 'only' in target ? (target.only as (row: object) => boolean) : null;
    expect(['eu-central-1a', zone].map((name) => only?.({ name }))).toEqual([false, true]);
  }
  expect(pods.links?.Z?.target(podRow({ name: 'api-0', zone: null }), query)).toEqual({
    none: 'the zone of api-0 is not known',
  });
});

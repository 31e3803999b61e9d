import { describe, expect, it } from 'vitest';
import { plain } from '../../../src/core/styled.ts';
import { kindUid } from '../../../src/domain/kinds.ts';
import { IDLE } from '../../../src/domain/status.ts';
import type { LatticeGroup } from '../../../src/domain/tables/latticeservices.ts';
import type { TableId, Tables } from '../../../src/domain/tables/index.ts';
import { latticeNeeds, podLatticeSection } from '../../../src/resources/describe/lattice.ts';
import { latticeservices } from '../../../src/resources/latticeservices.ts';
import { Store } from '../../../src/store/index.ts';
import { kindRow, nodeRow, podRow, rowOf, serviceRow } from '../../support/rows.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const ctx = { now: 0, time: 'age' } as const;
const DNS = 'api-shop-0a1.7d67968.vpc-lattice-svcs.eu-central-1.on.aws';

function open() {
  const store = new Store({ clock: new VirtualClock() });
  const list = <T extends TableId>(table: T, rows: readonly Tables[T][]): void => {
    const sink = store.sink(table);
    sink.relist();
    sink.put(rows);
    sink.synced();
    sink.status({ ...IDLE, state: 'live', synced: true });
  };
  return { store, list };
}

const target = (id: string, state = 'healthy', reason = '') => ({
  ...{ id, port: 8080, zone: '', description: '', state, reason },
});
const group = (more: Partial<LatticeGroup> = {}): LatticeGroup => ({
  ...{ name: 'k8s-api-shop', protocol: 'HTTP', port: 8080, targetType: 'ip', error: '' },
  targets: [target('10.0.1.5'), target('10.0.2.6', 'unhealthy', 'Target.HealthCheckFailed')],
  ...more,
});
const service = (more: Partial<Tables['latticeservices']> = {}) =>
  rowOf('latticeservices', { name: 'api-shop', dns: DNS, groups: [group()], ...more });

describe('a service of VPC Lattice', () => {
  const told = (rows: Partial<{ [T in TableId]: readonly Tables[T][] }>) => {
    const { store, list } = open();
    for (const [table, given] of Object.entries(rows)) list(table as TableId, given as never);
    list('latticeservices', [service()]);
    const [row] = [...store.rows('latticeservices')];
    if (row === undefined) throw new Error('no service');
    const column = latticeservices.columns.find(({ id }) => id === 'route');
    const { enter } = latticeservices;
    return {
      text: plain(column?.cell?.(row, ctx) ?? ''),
      leads: enter?.is === 'link' ? enter.target(row, store) : null,
    };
  };
  const path = { namespace: 'shop', name: 'api' };

  it('names the route that it stands for, of whichever kind, and leads there', () => {
    const named = { ...path, latticeName: DNS.replace('api', 'API') };
    const http = told({ httproutes: [rowOf('httproutes', named)], grpcroutes: [] });
    expect(http.text).toBe('httproute shop/api');
    expect(http.leads).toMatchObject({ to: 'httproutes', label: 'api' });
    const grpc = told({ httproutes: [], grpcroutes: [rowOf('grpcroutes', named)] });
    expect(grpc.leads).toMatchObject({ to: 'grpcroutes', label: 'api' });
    const only = grpc.leads && 'only' in grpc.leads ? grpc.leads.only : undefined;
    expect(only?.({ ...path } as never)).toBe(true);
    expect(only?.({ ...path, namespace: 'other' } as never)).toBe(false);
  });

  it('says that it stands for none, or that this is not known', () => {
    const other = rowOf('httproutes', { ...path, latticeName: 'other.on.aws' });
    const none = told({ httproutes: [other], grpcroutes: [] });
    expect(none).toMatchObject({
      text: '-',
      leads: { none: 'api-shop stands for no route of this cluster' },
    });
    expect(told({ httproutes: [other] })).toMatchObject({
      text: '?',
      leads: { none: 'which route api-shop stands for is not known' },
    });
  });
});

describe('a pod', () => {
  const pod = (ip: string, more: object = {}) =>
    podRow({
      ...{ name: 'api-1', namespace: 'shop', ip, node: 'a', labels: { app: 'api' } },
      ...{ isReady: true, ...more },
    });

  function lines(row: ReturnType<typeof pod>, told = service()): readonly string[] {
    const { store, list } = open();
    list('nodes', [nodeRow({ name: 'a', instanceId: 'i-1' })]);
    list('services', [serviceRow({ name: 'api', namespace: 'shop', selector: { app: 'api' } })]);
    const to = { match: '/', service: 'api', namespace: '', port: '80', weight: 1, resource: '' };
    list('httproutes', [
      rowOf('httproutes', { namespace: 'shop', name: 'api', latticeName: DNS, backends: [to] }),
    ]);
    list('grpcroutes', []);
    list('latticeservices', [told]);
    return podLatticeSection(row, store).lines.map((line) =>
      (line as readonly unknown[]).map((cell) => plain(cell as never)).join(' '),
    );
  }

  it('is told how it is a target, in the words of Lattice', () => {
    expect(lines(pod('10.0.1.5'))).toEqual(['api-shop k8s-api-shop HTTP:8080 ✓ healthy']);
    expect(lines(pod('10.0.2.6'))).toEqual([
      'api-shop k8s-api-shop HTTP:8080 ✗ unhealthy  Target.HealthCheckFailed',
    ]);
  });

  it('is told why it is none, though a route leads to it', () => {
    expect(lines(pod('10.0.9.9'))).toEqual([
      'api-shop not registered, though it is ready: see the events of the service and its controller',
    ]);
    expect(lines(pod('10.0.9.9', { isReady: false }))).toEqual([
      'api-shop not registered: the pod is not ready',
    ]);
    expect(lines(pod('10.0.9.9', { labels: {} }))).toEqual([]);
    expect(lines(pod('10.0.9.9'), service({ groups: null }))).toEqual(['api-shop ?']);
    const failed = service({ groups: [group({ error: 'needs vpc-lattice:ListTargets' })] });
    expect(lines(pod('10.0.9.9'), failed)).toEqual(['api-shop ?']);
  });

  it('is a target by its node where Lattice sends to instances, and its service is meant', () => {
    const told = service({ groups: [group({ targetType: 'instance', targets: [target('i-1')] })] });
    expect(lines(pod('10.0.9.9'), told)).toEqual(['api-shop k8s-api-shop HTTP:8080 ✓ healthy']);
    expect(lines(pod('10.0.9.9', { labels: {} }), told)).toEqual([]);
  });

  it('asks AWS of it only where the controller of Lattice is there', () => {
    const { store, list } = open();
    expect(latticeNeeds.ofPod(pod('10.0.1.5'), store)).toEqual([]);
    const kind = ['targetgrouppolicies', 'application-networking.k8s.aws'] as const;
    list('kinds', [
      {
        ...kindRow(...kind, 'TargetGroupPolicy'),
        uid: kindUid({ resource: kind[0], group: kind[1] }),
      },
    ]);
    expect(latticeNeeds.ofPod(pod('10.0.1.5'), store)).toContain('latticeservices');
  });
});

import { describe, expect, it } from 'vitest';
import { ingressBalancer } from '../../src/domain/load-balancer.ts';
import { decoderOf } from '../../src/domain/tables/index.ts';
import type { TableId, Tables } from '../../src/domain/tables/index.ts';
import type { EndpointSliceRow, ServiceRow } from '../../src/domain/rows.ts';
import type { IngressRow } from '../../src/domain/tables/ingresses.ts';
import { ingresses as pane } from '../../src/resources/ingresses.ts';
import { Store } from '../../src/store/index.ts';
import { endpointSliceRow, rowOf, serviceRow } from '../support/rows.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { objectsOf, tableOf } from './fixtures.ts';

const rows = objectsOf('ingresses').map((object) => decoderOf('ingresses').json(object));
const classes = objectsOf('ingressclasses').map((object) =>
  decoderOf('ingressclasses').json(object),
);

describe('ingresses of a real API server', () => {
  it('are printed as the server does', () => {
    const shown = ({ hosts }: IngressRow): string => {
      const more = hosts.length > 3 ? ` + ${hosts.length - 3} more...` : '';
      return hosts.length === 0 ? '*' : hosts.slice(0, 3).join(',') + more;
    };
    expect(tableOf('ingresses')).toMatchObject(
      rows.map((row) => ({
        Name: row.name,
        Class: row.specClass || '<none>',
        Hosts: shown(row),
        Address: row.address,
        Ports: row.tls.length === 0 ? '80' : '80, 443',
      })),
    );
    expect(tableOf('ingressclasses')).toMatchObject(
      classes.map(({ name, isDefault, controller }) => ({
        Name: isDefault ? `${name} (default)` : name,
        Controller: controller,
      })),
    );
    expect(classes.map(({ isDefault }) => isDefault)).toEqual([true, false]);
  });

  it('tell where each path leads', () => {
    expect(rows.find(({ name }) => name === 'shop')?.backends).toMatchObject([
      { host: 'shop.example.com', path: '/api', service: 'api', port: '80' },
      { host: 'shop.example.com', path: '/', service: 'web', port: 'http' },
      { host: '*.shop.example.com', pathType: 'Exact', service: 'web', port: '8080' },
    ]);
    expect(rows.find(({ name }) => name === 'many-hosts')?.backends.at(-1)).toMatchObject({
      resource: 'StorageBucket/assets',
      service: '',
    });
  });
});

describe('an ingress', () => {
  const ctx = { now: 3_600_000, time: 'age' } as const;
  const backend = { host: '', path: '/', pathType: 'Prefix', port: '80', resource: '' };
  const web = rowOf('ingresses', {
    name: 'web',
    address: 'web.elb.amazonaws.com',
    backends: ['api', 'web', 'old'].map((service) => ({ ...backend, service })),
  });
  const healthOf = (
    services: ServiceRow[] | null,
    slices: EndpointSliceRow[] | null,
    ingress = web,
  ) => {
    const store = new Store({ clock: new VirtualClock() });
    const list = <T extends TableId>(table: T, listed: readonly Tables[T][]) => {
      const sink = store.sink(table);
      sink.relist();
      sink.put(listed);
      sink.synced();
    };
    list('ingresses', [ingress]);
    if (services !== null) list('services', services);
    if (slices !== null) list('endpointslices', slices);
    return pane.health(store.get('ingresses', ingress.uid) ?? ingress, ctx);
  };
  const slice = (service: string, ...ready: string[]) =>
    endpointSliceRow({ name: service, service, ready });

  it('says which services behind it do not exist or do not answer', () => {
    expect(healthOf(null, null)).toEqual({ level: 'ok', cause: '' });
    const services = ['api', 'web'].map((name) => serviceRow({ name, type: 'ClusterIP' }));
    expect(healthOf(services, [slice('api', 'a')])).toEqual({
      level: 'warn',
      cause: 'service old does not exist, service web has no ready endpoint',
    });
    expect(healthOf(services, [])).toMatchObject({
      level: 'bad',
    });
  });

  it('says which port its service does not have, by number or name', () => {
    const port = { name: 'web', port: 80, targetPort: '8080', nodePort: 0, protocol: 'TCP' };
    const services = [serviceRow({ name: 'api', type: 'ClusterIP', ports: [port] })];
    const at = (of: string) => [{ ...backend, service: 'api', port: of }];
    const found = (of: string) =>
      healthOf(services, [slice('api', 'a')], { ...web, backends: at(of) });
    expect(found('80')).toEqual({ level: 'ok', cause: '' });
    expect(found('web')).toEqual({ level: 'ok', cause: '' });
    expect(found('8443')).toEqual({ level: 'warn', cause: 'service api has no port 8443' });
    expect(found('http').cause).toBe('service api has no port http');
  });

  it('may send to an action of the AWS Load Balancer Controller, which is no service', () => {
    const action = { ...backend, service: 'ssl-redirect', port: 'use-annotation' };
    const backends = [action, { ...backend, service: 'api' }];
    const services = [serviceRow({ name: 'api', type: 'ClusterIP' })];
    const found = healthOf(services, [slice('api', 'a')], { ...web, backends });
    expect(found).toEqual({ level: 'ok', cause: '' });
  });

  it('is waited for until its load balancer should be there', () => {
    const young = rowOf('ingresses', { name: 'web', created: ctx.now - 60_000 });
    expect(pane.health(young, ctx)).toMatchObject({ level: 'busy' });
    expect(pane.health({ ...young, created: 1 }, ctx)).toMatchObject({ level: 'warn' });
  });

  it('has an ALB by the controller of its class, and by the name where that is not known', () => {
    const of = (className: string, controller: string, defaultClass = '') =>
      ingressBalancer({ className, controller, defaultClass });
    expect(of('shared', 'eks.amazonaws.com/alb')).toBe('alb');
    expect(of('alb', 'k8s.io/ingress-nginx')).toBe('');
    expect(of('', '', 'alb')).toBe('alb');
    expect(of('nginx', '')).toBe('');
  });
});

/** Any IP or host name typed at the prompt leads to what has it. */
import { afterEach, describe, expect, it } from 'vitest';
import { IDLE } from '../../src/domain/status.ts';
import { podRow, rowOf } from '../support/rows.ts';
import { Harness, type HarnessOptions } from './harness.ts';
import { SHOP } from './world.ts';

let h: Harness;
const start = async (options: HarnessOptions = {}) => {
  h = await Harness.start({ columns: 120, rows: 40, ...options });
};
afterEach(async () => h.quit());

const title = async () => (await h.line('╭─')) ?? '';
const bottom = async () => (await h.screen()).split('\n').at(-2) ?? '';
const go = (address: string) => h.press(':', address, 'enter');

describe('an address', () => {
  it('leads to its pod, whatever pane and namespace one is in', async () => {
    await start();
    const [, pod] = h.session.current?.store.rows('pods') ?? [];
    await h.press(':', `nodes`, 'enter');
    await go(pod?.ip ?? '');
    expect(await title()).toContain('Pods');
    expect(await bottom()).toContain(`${pod?.ip} is pod ${pod?.namespace}/${pod?.name}`);
    expect(await h.line('▌')).toContain(pod?.name);
    await h.press('esc');
    expect(await title()).toContain('Nodes');
  });

  it('in the namespace that is looked at leads to the rows of that namespace', async () => {
    await start({ command: 'pods' });
    const pod = [...(h.session.current?.store.rows('pods') ?? [])].find(({ ip }) => ip !== '');
    await h.press(':', `pods ${pod?.namespace}`, 'enter');
    const before = await title();
    await h.press(':', 'nodes', 'enter');
    await go(pod?.ip ?? '');
    expect(await title()).toBe(before);
    expect(await h.line('▌')).toContain(pod?.name);
  });

  it('of the other family leads to what has two, in whatever form it is written', async () => {
    const clusterIP = '172.20.0.9';
    const service = { namespace: 'shop', clusterIP, otherClusterIPs: ['fd00::9'] };
    const services = [rowOf('services', { ...service, name: 'both', uid: 'both' })];
    await start({ world: { ...SHOP, services } });
    const store = h.session.current?.store;
    const ip = '10.9.8.7';
    const at = { namespace: 'shop', ip, otherIps: ['2001:db8::11'] };
    store?.sink('pods').put([rowOf('pods', { ...at, name: 'two', uid: 'two' })]);
    const node = { internalIP: '10.0.0.9', otherIps: ['2001:db8::9'] };
    store?.sink('nodes').put([rowOf('nodes', { ...node, name: 'n9', uid: 'n9' })]);
    for (const [typed, said] of [
      ['2001:DB8:0:0::11', '2001:db8::11 is pod shop/two'],
      ['[2001:db8::11]:8080', '2001:db8::11 is pod shop/two'],
      ['::ffff:10.9.8.7', '10.9.8.7 is pod shop/two'],
      ['fd00::0009', 'fd00::9 is service shop/both'],
      ['2001:db8::9', '2001:db8::9 is node n9'],
    ] as const) {
      await go(typed);
      expect(await bottom()).toContain(said);
    }
  });

  it('of a node is the node and not what uses its network', async () => {
    await start();
    const [node] = h.session.current?.store.rows('nodes') ?? [];
    const pod = { name: 'proxy', uid: 'p', ip: node?.internalIP ?? '', hostNetwork: true };
    h.session.current?.store.sink('pods').put([rowOf('pods', pod)]);
    await go(node?.internalIP ?? '');
    expect(await title()).toContain('Nodes');
    expect(await bottom()).toContain(`is node ${node?.name}`);
  });

  it('that a pod gave back leads to the one that has it now', async () => {
    await start();
    const at = { namespace: 'shop', ip: '10.9.8.7', created: 1 };
    const put = (...rows: ReturnType<typeof podRow>[]) =>
      h.session.current?.store.sink('pods').put(rows);
    const done = { ...at, phase: 'Succeeded', status: 'Completed' };
    put(
      podRow({ ...done, name: 'early', uid: 'e' }),
      podRow({ ...done, name: 'late', uid: 'l', created: 2 }),
    );
    await go(at.ip);
    expect(await bottom()).toContain('10.9.8.7 was pod shop/late, and pod shop/early');
    put(podRow({ ...at, phase: 'Running', name: 'now', uid: 'n' }));
    await go(at.ip);
    expect(await bottom()).toContain(
      '10.9.8.7 is pod shop/now, and was pod shop/late, was pod shop/early',
    );
    expect(await h.line('▌')).toContain('now');
  });

  it('of a pod that is gone leads to what was seen of it last', async () => {
    await start({ command: 'nodes' });
    const sink = h.session.current?.store.sink('pods');
    sink?.put([podRow({ namespace: 'shop', ip: '10.9.8.7', name: 'was', uid: 'w' })]);
    sink?.remove([{ uid: 'w' }]);
    await h.wait(120_000);
    await go('10.9.8.7');
    expect(await bottom()).toContain('10.9.8.7 was pod shop/was');
    expect(await title()).toContain('with gone');
    expect(await h.line('▌')).toMatch(/was .*- gone 2m/);
  });

  it('may be a name: of a service in the cluster, of a load balancer, with whoever shares it', async () => {
    const external = 'k8s-shared-1.elb.eu-central-1.amazonaws.com';
    const services = ['a', 'b'].map((name) =>
      rowOf('services', { name, uid: name, namespace: 'shop', external }),
    );
    await start({ world: { ...SHOP, services } });
    await go('a.shop.svc.cluster.local');
    expect(await bottom()).toContain('is service shop/a');
    await go(external.toUpperCase());
    expect(await bottom()).toContain('is service shop/a, and service shop/b');
  });

  it('as long as the line leaves room for who has it', async () => {
    const external = `k8s-${'shared'.repeat(8)}-1.elb.eu-central-1.amazonaws.com`;
    const services = [rowOf('services', { name: 'a', uid: 'a', namespace: 'shop', external })];
    await start({ world: { ...SHOP, services }, columns: 80 });
    await go(external);
    expect(await bottom()).toContain('.amazonaws.com is service shop/a');
  });

  it('that nothing has is said so, with what was looked through and what could not be', async () => {
    await start({ withhold: ['ingresses'] });
    await go('192.0.2.7');
    expect(await bottom()).toContain('looking for 192.0.2.7…');
    const denied = { ...IDLE, state: 'denied', reason: 'forbidden' } as const;
    h.sink('ingresses')?.status(denied);
    await h.wait(100);
    expect(await bottom()).toMatch(
      /nothing has 192\.0\.2\.7: not read: ingresses, .*; nodes, pods, /,
    );
  });

  it('that nothing has may be of a block that is known', async () => {
    await start({ command: 'pods' });
    const subnet = rowOf('subnets', { name: 'private-1a', uid: 's-1', cidr: '10.7.0.0/18' });
    h.session.current?.store.sink('subnets').put([subnet]);
    await go('10.7.63.255');
    await h.wait(6000);
    expect(await bottom()).toContain('nothing has 10.7.63.255, which is of subnet private-1a: ');
    await go('10.7.64.0');
    await h.wait(6000);
    expect(await bottom()).toContain('nothing has 10.7.64.0: ');
  });

  it('in two words may have been a kind: what is said of that stays', async () => {
    await start();
    await go('podz.apps');
    expect(await bottom()).toMatch(
      /no resource or command 'podz\.apps'.* · nothing has it as an address/,
    );
    await go('a.b.svc');
    expect(await bottom()).toMatch(
      /^ nothing has a\.b\.svc: not read: loadbalancers, .*; nodes, pods/,
    );
  });
});

it('a namespace is not denied while the list of namespaces is still coming', async () => {
  await start({ withhold: ['namespaces'], command: 'pods' });
  h.session.current?.store
    .sink('namespaces')
    .put([rowOf('namespaces', { name: 'first', uid: 'first' })]);
  await h.press(':', 'pods second', 'enter');
  expect(await bottom()).not.toContain('no namespace');
  expect(await title()).toContain('Pods(second)');
});

import { describe, expect, it } from 'vitest';
import { commandsOf } from '../../../src/actions/engine/plan.ts';
import {
  endpointSliceRow,
  namespaceRow,
  nodeRow,
  podRow,
  serviceRow,
  workloadRow,
} from '../../support/rows.ts';
import { ActionBench, at, kubeError, settle } from './bench.ts';

const shop = { namespace: 'shop' };
const api = workloadRow('Deployment', { ...shop, name: 'api', uid: 'd1', managedBy: 'Helm' });
const set = workloadRow('ReplicaSet', {
  ...shop,
  name: 'api-1',
  ownerKind: 'Deployment',
  ownerName: 'api',
});
const pod = (name: string) =>
  podRow({
    ...shop,
    name,
    uid: name,
    ownerKind: 'ReplicaSet',
    ownerName: 'api-1',
    labels: { app: 'api' },
  });

/** A deployment with two pods behind a service. */
function shopBench(): ActionBench {
  const bench = new ActionBench();
  bench.put('replicasets', set);
  bench.put('pods', pod('api-1-a'), pod('api-1-b'));
  bench.put(
    'endpointslices',
    endpointSliceRow({
      ...shop,
      name: 'api-x',
      service: 'api',
      ready: ['Pod/shop/api-1-a', 'Pod/shop/api-1-b'],
    }),
  );
  bench.lists.set('poddisruptionbudgets', [
    {
      metadata: { name: 'api', namespace: 'shop' },
      spec: { selector: { matchLabels: { app: 'api' } } },
      status: { disruptionsAllowed: 0 },
    },
  ]);
  return bench;
}

type Rows = readonly Parameters<ActionBench['target']>[];

async function planned(bench: ActionBench, rows: Rows, values: Record<string, string> = {}) {
  const targets = rows.map(([table, row]) => bench.target(table, row));
  const flow = bench.runner().start('delete', targets);
  await settle();
  for (const [id, value] of Object.entries(values)) flow.change(id, value);
  await settle();
  flow.submit();
  await settle();
  return flow;
}

describe('deleting', () => {
  it('tells what goes with it, which traffic stops, and what does not hold it back', async () => {
    const flow = await planned(shopBench(), [['deployments', api]]);
    const { plan, typeName } = at(flow, 'confirm');
    expect(plan.title).toBe('Delete deployment/api');
    expect(plan.victims).toEqual(['shop/api-1-a', 'shop/api-1-b']);
    expect(plan.warnings).toEqual([
      'deployment/api is managed by Helm: the next upgrade sets it back',
      'with it: 1 replicaset, 2 pods',
      'service shop/api has no other endpoints: it stops answering',
      'deleting does not respect pdb/api (0 allowed now)',
    ]);
    expect(typeName).toBeNull();
    expect(flow.danger).toBe(2);
    expect(commandsOf(plan)).toEqual(['kubectl --context prod delete deployment/api -n shop']);
  });

  it('ends nothing of what stays as an orphan', async () => {
    const flow = await planned(shopBench(), [['deployments', api]], { propagation: 'orphan' });
    const { plan } = at(flow, 'confirm');
    expect(plan.victims).toEqual([]);
    expect(commandsOf(plan)[0]).toContain('--cascade=orphan');
  });

  it('deletes the very objects that were shown, several at once', async () => {
    const bench = shopBench();
    const flow = await planned(
      bench,
      [
        ['pods', pod('api-1-a')],
        ['pods', pod('api-1-b')],
      ],
      { grace: '5' },
    );
    flow.confirm();
    await settle();
    expect(bench.deletions.filter(([, { dryRun }]) => dryRun !== true)).toEqual(
      ['api-1-a', 'api-1-b'].map((name) => [
        expect.objectContaining({ resource: 'pods', namespace: 'shop', name }) as unknown,
        { uid: name, propagation: 'Background', graceSeconds: 5 },
      ]),
    );
    bench.remove('pods', 'api-1-a');
    bench.remove('pods', 'api-1-b');
    bench.clock.advance(3000);
    await settle();
    expect(bench.last).toMatchObject({
      state: 'done',
      text: 'deleted pod/api-1-a, deleted pod/api-1-b',
      undo: false,
    });
  });

  it('forces only when it is told to, in the words of kubectl', async () => {
    const bench = shopBench();
    const flow = bench.runner().start('delete', [bench.target('pods', pod('api-1-a'))]);
    await settle();
    flow.change('grace', '0');
    await settle();
    flow.submit();
    expect(flow.state.stage).toBe('form');
    flow.change('force', 'yes');
    await settle();
    flow.submit();
    await settle();
    const { plan } = at(flow, 'confirm');
    expect(commandsOf(plan)[0]).toContain('delete pod/api-1-a -n shop --grace-period=0 --force');
    expect(plan.warnings.join()).toContain('may still run and write');
  });

  it('asks no grace of what is given none', async () => {
    const bench = shopBench();
    const flow = bench
      .runner()
      .start('delete', [bench.target('services', serviceRow({ name: 'x' }))]);
    await settle();
    expect(at(flow, 'form').lines.map(({ id }) => id)).toEqual(['propagation']);
  });

  it.each([
    ['namespaces', namespaceRow({ name: 'shop' })],
    ['nodes', nodeRow({ name: 'shop' })],
  ] as const)('wants the name of one of %s typed', async (table, row) => {
    const flow = await planned(shopBench(), [[table, row]]);
    expect(at(flow, 'confirm').typeName).toBe('shop');
    expect(flow.danger).toBe(3);
  });

  it('does not touch another object that has come under the name meanwhile', async () => {
    const bench = shopBench();
    const flow = await planned(bench, [['deployments', api]]);
    bench.remove('deployments', 'd1');
    bench.put('deployments', { ...api, uid: 'd2' });
    flow.confirm();
    await settle();
    expect(at(flow, 'refused').reason).toBe('api is no longer there');
    expect(bench.deletions.filter(([, { dryRun }]) => dryRun !== true)).toEqual([]);
  });

  it('says which finalizers hold it, and ends when they are gone', async () => {
    const bench = shopBench();
    const flow = await planned(bench, [['deployments', api]]);
    flow.confirm();
    const metadata = {
      name: 'api',
      uid: 'd1',
      finalizers: ['example.com/db', 'foregroundDeletion'],
    };
    bench.objects.set('api', { metadata });
    await settle();
    expect(bench.last?.text).toBe(
      'deleting deployment/api: held by example.com/db, foregroundDeletion',
    );
    bench.objects.set('api', { metadata: { ...metadata, uid: 'd2' } });
    bench.clock.advance(3000);
    await settle();
    expect(bench.last).toMatchObject({ state: 'done', text: 'deleted deployment/api' });
  });

  it('is refused with what the server says to a dry run', async () => {
    const bench = shopBench();
    bench.onDelete = () => {
      throw kubeError(403, 'delete deployments/api in shop: forbidden');
    };
    const flow = await planned(bench, [['deployments', api]]);
    expect(at(flow, 'refused').reason).toContain('forbidden');
  });

  it('takes what somebody else deleted for done', async () => {
    const bench = shopBench();
    const flow = await planned(bench, [['deployments', api]]);
    bench.onDelete = () => {
      throw kubeError(404, 'not found');
    };
    bench.remove('pods', 'api-1-a');
    flow.confirm();
    await settle();
    bench.remove('deployments', 'd1');
    bench.clock.advance(3000);
    await settle();
    expect(bench.last).toMatchObject({ state: 'done' });
  });
});

import { describe, expect, it } from 'vitest';
import { commandsOf } from '../../../src/actions/engine/plan.ts';
import { plain } from '../../../src/core/styled.ts';
import type { NodeRow } from '../../../src/domain/rows.ts';
import type { KubeObject } from '../../../src/ports/kube.ts';
import { nodeRow, podRow } from '../../support/rows.ts';
import { ActionBench, at, kubeError, settle } from './bench.ts';

const node = nodeRow({ name: 'web-1', uid: 'n1' });

function pod(name: string, ownerKind: string, more: Partial<KubeObject> = {}): KubeObject {
  const owner = { kind: ownerKind, name: `${name}-owner`, controller: true };
  return {
    metadata: {
      name,
      namespace: 'shop',
      uid: name,
      labels: { app: name },
      ownerReferences: ownerKind === '' ? [] : [owner],
    },
    status: { phase: 'Running' },
    ...more,
  };
}

const scratch = { spec: { volumes: [{ name: 'tmp', emptyDir: {} }] } };
const budget: KubeObject = {
  metadata: { name: 'b-budget', namespace: 'shop' },
  spec: { selector: { matchLabels: { app: 'b' } } },
  status: { disruptionsAllowed: 0 },
};

/** A node with these pods; daemon sets are there. */
function benchWith(...pods: readonly KubeObject[]): ActionBench {
  const bench = new ActionBench();
  bench.put('nodes', nodeRow({ name: 'other' }));
  bench.lists.set('pods', pods);
  bench.lists.set('poddisruptionbudgets', [budget]);
  bench.objects.set('agent-owner', { metadata: { name: 'agent-owner' } });
  // An evicted pod is gone at once.
  bench.onEvict = ({ name }, { dryRun }) => {
    if (dryRun === true) return;
    const left = bench.lists.get('pods')?.filter(({ metadata }) => metadata.name !== name) ?? [];
    bench.lists.set('pods', left);
  };
  bench.onPatch = (_ref, { dryRun }) => {
    if (dryRun !== true) bench.put('nodes', cordoned(node));
  };
  return bench;
}

const cordoned = (row: NodeRow): NodeRow => ({ ...row, cordoned: true });

async function form(bench: ActionBench, values: Record<string, string> = {}, row = node) {
  const runner = bench.runner();
  const flow = runner.start('drain', [bench.target('nodes', row)]);
  await settle();
  for (const [id, value] of Object.entries(values)) flow.change(id, value);
  await settle();
  return { runner, flow };
}

async function planned(bench: ActionBench, values: Record<string, string> = {}, row = node) {
  const { runner, flow } = await form(bench, values, row);
  flow.submit();
  await settle();
  return { runner, flow };
}

const said = (bench: ActionBench): readonly string[] => (bench.last?.lines ?? []).map(plain);
const evicted = ({ evictions }: ActionBench): readonly string[] =>
  evictions.map(([{ name }]) => name);

describe('draining', () => {
  it('shows which pods go, stay and block while the form is filled', async () => {
    const mirror = { annotations: { 'kubernetes.io/config.mirror': 'x' } };
    const proxy = pod('proxy', 'Node');
    const { flow } = await form(
      benchWith(
        pod('a', 'ReplicaSet'),
        pod('b', 'ReplicaSet'),
        pod('c', 'ReplicaSet', scratch),
        pod('agent', 'DaemonSet'),
        pod('bare', ''),
        pod('ended', '', { ...scratch, status: { phase: 'Succeeded' } }),
        { ...proxy, metadata: { ...proxy.metadata, ...mirror } },
      ),
    );
    expect(at(flow, 'form').preview?.map(plain)).toEqual([
      '3 go, 2 stay, 2 block',
      '',
      '✗ shop/c  has data in an emptyDir, which is lost with it',
      '✗ shop/bare  nothing would start it again: force deletes it for good',
      '→ shop/a',
      '! shop/b  waits for pdb/b-budget',
      '→ shop/ended',
      '· shop/agent  of daemon set agent-owner',
      '· shop/proxy  mirror pod: its node runs it from a file',
    ]);
  });

  it('does not wait for what its budget lets go unready, nor for what has not begun', async () => {
    const unready = { status: { phase: 'Running' } };
    const ready = { status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] } };
    const linesWith = async (spec: object, more: object) => {
      const bench = benchWith(pod('b', 'ReplicaSet', more));
      const lets = { ...budget, spec: { ...(budget['spec'] as object), ...spec } };
      bench.lists.set('poddisruptionbudgets', [lets]);
      const { flow } = await form(bench);
      return at(flow, 'form').preview?.map(plain).at(-1);
    };
    const always = { unhealthyPodEvictionPolicy: 'AlwaysAllow' };
    expect(await linesWith({}, unready)).toBe('! shop/b  waits for pdb/b-budget');
    expect(await linesWith(always, unready)).toBe('→ shop/b');
    expect(await linesWith(always, ready)).toBe('! shop/b  waits for pdb/b-budget');
    expect(await linesWith({}, { status: { phase: 'Pending' } })).toBe('→ shop/b');
  });

  it('is refused before anything is done while pods block, with what was chosen kept', async () => {
    const bench = benchWith(pod('c', 'ReplicaSet', scratch));
    const { flow } = await planned(bench, { grace: '7' });
    expect(at(flow, 'refused').reason).toContain('shop/c has data in an emptyDir');
    flow.back();
    await settle();
    expect(at(flow, 'form').values['grace']).toBe('7');
    expect(bench.patches).toEqual([]);
  });

  it('cordons, evicts, and is taken back by uncordoning', async () => {
    const bench = benchWith(pod('a', 'ReplicaSet'), pod('agent', 'DaemonSet'));
    const { runner, flow } = await planned(bench, { grace: '7', timeout: '60' });
    const { plan } = at(flow, 'confirm');
    expect(plan.steps.map(({ title }) => title)).toEqual([
      'Cordon node/web-1',
      'Evict 1 pod from node/web-1',
    ]);
    expect(commandsOf(plan)[1]).toBe(
      'kubectl --context prod drain web-1 --ignore-daemonsets --grace-period=7 --timeout=60s',
    );
    flow.confirm();
    await settle();
    expect(bench.evictions).toEqual([
      [
        expect.objectContaining({ name: 'a', namespace: 'shop' }) as unknown,
        { uid: 'a', graceSeconds: 7 },
      ],
    ]);
    expect(bench.last).toMatchObject({ state: 'done', text: 'Drain node/web-1' });
    const undo = runner.undo();
    await settle();
    expect(at(undo, 'confirm').plan.title).toBe('Uncordon node/web-1');
  });

  it('leaves a node cordoned that was cordoned before', async () => {
    const bench = benchWith(pod('a', 'ReplicaSet'));
    const { flow } = await planned(bench, {}, cordoned(node));
    const { plan } = at(flow, 'confirm');
    expect(plan.steps[0]?.already).toBe('node/web-1 is cordoned');
    expect(plan.inverse).toBeNull();
  });

  it('tries what a budget holds back every five seconds, and names the budget', async () => {
    const bench = benchWith(pod('b', 'ReplicaSet'));
    const evict = bench.onEvict;
    bench.onEvict = () => {
      const message = 'The disruption budget b-budget needs 2 healthy pods and has 2 currently';
      throw Object.assign(kubeError(429, 'it would violate the disruption budget'), {
        causes: [{ reason: 'DisruptionBudget', field: '', message, manager: '' }],
      });
    };
    const { flow } = await planned(bench);
    expect(at(flow, 'confirm').plan.warnings).toContain(
      'shop/b waits until pdb/b-budget allows it',
    );
    flow.confirm();
    await settle();
    expect(said(bench).join()).toContain('The disruption budget b-budget needs 2 healthy pods');
    expect(bench.last).toMatchObject({ state: 'working', stoppable: true });
    expect(bench.operations.open.map(({ title }) => title)).toEqual(['Drain node/web-1']);
    await advance(bench, 4);
    expect(bench.evictions).toHaveLength(1);
    bench.onEvict = evict;
    await advance(bench, 1);
    expect(bench.evictions).toHaveLength(2);
    expect(bench.last?.state).toBe('done');
    expect(bench.operations.open).toEqual([]);
  });

  it('can be called off, and says what was done', async () => {
    const bench = benchWith(pod('a', 'ReplicaSet'), pod('b', 'ReplicaSet'));
    const evict = bench.onEvict;
    bench.onEvict = (ref, options) => {
      if (ref.name === 'b') throw kubeError(429, 'not now');
      evict(ref, options);
    };
    const { flow } = await planned(bench);
    flow.confirm();
    await settle();
    flow.stop();
    await settle();
    expect(bench.last?.state).toBe('failed');
    expect(bench.last?.text).toContain('called off: 1 of 2 pods gone, 1 not evicted');
    expect(bench.last?.undo).toBe(true);
  });

  it('goes on when the connection is back', async () => {
    const bench = benchWith(pod('a', 'ReplicaSet'));
    const evict = bench.onEvict;
    bench.onEvict = () => {
      throw kubeError(0, 'connection reset');
    };
    const { flow } = await planned(bench);
    flow.confirm();
    await settle();
    expect(said(bench)).toEqual(['! shop/a  connection reset']);
    bench.onEvict = evict;
    await advance(bench, 5);
    expect(bench.last?.state).toBe('done');
  });

  it('evicts the others where one is refused, and fails with its reason', async () => {
    const bench = benchWith(pod('a', 'ReplicaSet'), pod('b', 'ReplicaSet'));
    const evict = bench.onEvict;
    bench.onEvict = (ref, options) => {
      if (ref.name === 'a') throw kubeError(403, 'you may not');
      evict(ref, options);
    };
    const { flow } = await planned(bench);
    flow.confirm();
    await settle();
    expect(evicted(bench)).toEqual(['a', 'b']);
    expect(bench.last?.text).toContain('1 of 2 pods gone; shop/a: you may not');
  });

  it('cordons all nodes first, and goes on with the next where one fails, as kubectl does', async () => {
    const bench = benchWith(pod('a', 'ReplicaSet'));
    bench.onPatch = ({ name }, { dryRun }) => {
      if (dryRun !== true) bench.put('nodes', cordoned(nodeRow({ name, uid: name })));
    };
    const evict = bench.onEvict;
    bench.onEvict = (ref, options) => {
      if (bench.evictions.length === 1) throw kubeError(403, 'you may not');
      evict(ref, options);
    };
    const targets = ['web-1', 'web-2'].map((name) =>
      bench.target('nodes', nodeRow({ name, uid: name })),
    );
    const flow = bench.runner().start('drain', targets);
    await settle();
    flow.submit();
    await settle();
    expect(at(flow, 'confirm').plan.steps.map(({ title }) => title)).toEqual([
      'Cordon node/web-1',
      'Cordon node/web-2',
      'Evict 1 pod from node/web-1',
      'Evict 1 pod from node/web-2',
    ]);
    flow.confirm();
    await settle();
    expect(bench.last?.steps.map(({ state }) => state)).toEqual(['done', 'done', 'failed', 'done']);
    expect(bench.last?.text).toContain('Evict 1 pod from node/web-1');
    expect(bench.last?.text).toContain('you may not');
  });

  it('leaves the pods of a node that could not be cordoned', async () => {
    const bench = benchWith(pod('a', 'ReplicaSet'));
    const { flow } = await planned(bench);
    bench.onPatch = () => {
      throw kubeError(403, 'you may not');
    };
    flow.confirm();
    await settle();
    expect(evicted(bench)).toEqual([]);
    expect(bench.last?.text).toContain('1 step left undone');
  });

  it('gives up after its time', async () => {
    const bench = benchWith(pod('b', 'ReplicaSet'));
    bench.onEvict = () => {
      throw kubeError(429, 'not now');
    };
    const { flow } = await planned(bench, { timeout: '3' });
    flow.confirm();
    await advance(bench, 3);
    expect(bench.last?.text).toContain(
      'not done in 3s: 0 of 1 pods gone, 1 not evicted; shop/b: not now',
    );
  });
});

describe('evicting', () => {
  it('is refused in the words of the budget', async () => {
    const bench = benchWith();
    bench.onEvict = () => {
      throw kubeError(429, 'The disruption budget b-budget needs 2 healthy pods and has 2');
    };
    const row = podRow({ name: 'b', namespace: 'shop', labels: { app: 'b' } });
    const flow = bench.runner().start('evict', [bench.target('pods', row)]);
    await settle();
    expect(at(flow, 'refused').reason).toContain('budget b-budget needs 2 healthy pods');
  });

  it('names this very pod, and is followed until it is gone', async () => {
    const bench = benchWith();
    const row = podRow({ name: 'a', namespace: 'shop', uid: 'u1' });
    const flow = bench.runner().start('evict', [bench.target('pods', row)]);
    await settle();
    expect(commandsOf(at(flow, 'confirm').plan)).toEqual([
      `echo '{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"a","namespace":"shop"},"deleteOptions":{"preconditions":{"uid":"u1"}}}' | kubectl --context prod create --raw /api/v1/namespaces/shop/pods/a/eviction -f -`,
    ]);
    flow.confirm();
    await settle();
    expect(bench.evictions.at(-1)?.[1]).toEqual({ uid: 'u1', dryRun: false });
    bench.remove('pods', 'u1');
    await settle();
    expect(bench.last).toMatchObject({ state: 'done', text: 'evicted pod/a' });
  });
});

async function advance(bench: ActionBench, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    await settle();
    bench.clock.advance(1000);
    await settle();
  }
}

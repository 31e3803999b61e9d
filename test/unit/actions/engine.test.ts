import { NO_CLUSTER } from '../../../src/domain/cluster-key.ts';
/** The engine with an action that does as a test tells: steps, chains, forms, what was left. */
import { describe, expect, it } from 'vitest';
import { defineAction, type ActionDef } from '../../../src/actions/engine/define.ts';
import { textField } from '../../../src/actions/engine/form.ts';
import type { Plan, Step } from '../../../src/actions/engine/plan.ts';
import { plain } from '../../../src/core/styled.ts';
import { AwsFault } from '../../../src/domain/aws-fault.ts';
import type { WorkloadRow } from '../../../src/domain/rows.ts';
import { workloadRow } from '../../support/rows.ts';
import { ActionBench, at, settle } from './bench.ts';

const api = workloadRow('Deployment', { name: 'api', namespace: 'shop' });

const step = (title: string, change: Partial<Step> = {}): Step => ({
  title,
  uid: api.uid,
  command: `do ${title}`,
  access: [],
  already: '',
  run: () => Promise.resolve(),
  ...change,
});

const planOf = (change: Partial<Plan>): Plan => ({
  title: 'Do it',
  changes: [],
  victims: [],
  warnings: [],
  refusals: [],
  steps: [],
  chain: true,
  inverse: null,
  ...change,
});

const act = (change: Partial<ActionDef<WorkloadRow>>) =>
  defineAction<WorkloadRow>({
    id: 'act',
    title: 'Act',
    description: 'Acts.',
    key: 'Z',
    appliesTo: ['deployments'],
    danger: 1,
    many: true,
    needs: [],
    state: ({ generation }) => String(generation),
    access: () => [],
    iam: [],
    guard: () => '',
    plan: () => Promise.resolve(planOf({})),
    ...change,
  });

/** A flow of an action with these steps, confirmed. */
async function confirmed(bench: ActionBench, plan: Partial<Plan>) {
  const actions = [act({ plan: () => Promise.resolve(planOf(plan)) })];
  const flow = bench.runner({ actions }).start('act', [bench.target('deployments', api)]);
  await settle();
  flow.confirm();
  await settle();
  return flow;
}

const states = (bench: ActionBench) => bench.last?.steps.map(({ state }) => state);

describe('a chain of steps', () => {
  it('passes over what is so already or cannot be, and asks no right for it', async () => {
    const bench = new ActionBench();
    const done: string[] = [];
    const right = { verb: 'create', group: '', resource: 'pods', namespace: 'shop' };
    await confirmed(bench, {
      steps: [
        step('one', { already: 'it is there', access: [{ kube: right }] }),
        step('two', { run: () => Promise.resolve(void done.push('two')) }),
        step('three', { barred: 'it is paused', access: [{ kube: right }] }),
      ],
    });
    expect(done).toEqual(['two']);
    expect(bench.asked).toEqual([]);
    expect(states(bench)).toEqual(['already', 'done', 'barred']);
    expect(bench.audit[0]?.commands).toEqual(['do two']);
    expect(bench.audit[1]?.result).toBe('ok');
  });

  const idle = [{ already: 'no' }, { barred: 'no' }];
  it.each(idle)('has nothing to ask where no step is to be done: %o', async (stand) => {
    const flow = await confirmed(new ActionBench(), { steps: [step('one', stand)] });
    expect(at(flow, 'refused').reason).toBe('barred' in stand ? 'no' : 'nothing is to do: no');
  });

  it('leaves the rest undone when one fails, and says so', async () => {
    const bench = new ActionBench();
    const flow = await confirmed(bench, {
      steps: [
        step('one'),
        step('two', { run: () => Promise.reject(new AwsFault('busy', 'throttled')) }),
        step('three'),
      ],
    });
    expect(states(bench)).toEqual(['done', 'failed', 'left']);
    expect(bench.audit.at(-1)?.result).toBe(
      'two: throttled: try it again in a moment; 1 step left undone',
    );
    // What happened is read in the dialog, until that is left.
    expect(at(flow, 'running').operation.state).toBe('failed');
    flow.cancel();
    expect(flow.state.stage).toBe('ended');
  });

  it('says what can be done about a step that failed, or what is not known of it', async () => {
    const bench = new ActionBench();
    const doubt = { hint: 'it may have been done all the same' };
    const cut = Object.assign(new Error('the connection was cut'), doubt);
    await confirmed(bench, { steps: [step('one', { run: () => Promise.reject(cut) })] });
    const said = 'the connection was cut: it may have been done all the same';
    expect(bench.last?.steps[0]?.text).toBe(said);
    expect(bench.audit.at(-1)?.result).toBe(`one: ${said}`);
  });

  it('begins a step when the one before is done, not when it is sent', async () => {
    const bench = new ActionBench();
    let ready = false;
    const follow = {
      tables: [],
      limit: 60_000,
      look: () => ({ state: ready ? ('done' as const) : ('working' as const), text: 'creating' }),
    };
    await confirmed(bench, { steps: [step('one', { follow }), step('two')] });
    expect(states(bench)).toEqual(['working', 'waiting']);
    ready = true;
    bench.clock.advance(1000);
    await settle();
    expect(states(bench)).toEqual(['done', 'done']);
  });

  it('can be called off before the next step, from outside too, and tells a running one', async () => {
    const bench = new ActionBench();
    let told = false;
    let end: () => void = () => undefined;
    const run = (signal: AbortSignal) =>
      new Promise<void>((resolve) => {
        end = resolve;
        signal.addEventListener('abort', () => (told = true));
      });
    await confirmed(bench, { steps: [step('one', { run }), step('two')] });
    bench.operations.stop(bench.last?.id ?? 0);
    end();
    await settle();
    expect(told).toBe(true);
    expect(states(bench)).toEqual(['done', 'left']);
  });

  it('goes on when its dialog is left', async () => {
    const bench = new ActionBench();
    let end: () => void = () => undefined;
    const run = () => new Promise<void>((resolve) => (end = resolve));
    const flow = await confirmed(bench, { steps: [step('one', { run }), step('two')] });
    flow.cancel();
    end();
    await settle();
    expect(states(bench)).toEqual(['done', 'done']);
  });

  it('shows what a step reports, and keeps following what cannot be seen for a while', async () => {
    const bench = new ActionBench();
    let looks = 0;
    await confirmed(bench, {
      steps: [
        step('one', {
          run: (_signal, report) => {
            report({ state: 'working', text: 'half', lines: ['a pod is held back'] });
            return Promise.resolve();
          },
          follow: {
            tables: [],
            limit: 60_000,
            every: 5000,
            look: () => (looks++ === 0 ? Promise.reject(new Error('no route')) : DONE),
          },
        }),
      ],
    });
    expect(bench.last?.lines.map(plain)).toEqual(['a pod is held back']);
    expect(bench.last?.text).toContain('cannot be seen now: no route');
    bench.clock.advance(4000);
    await settle();
    expect(looks).toBe(1);
    bench.clock.advance(1000);
    await settle();
    expect(bench.last).toMatchObject({ state: 'done' });
  });
});

describe('the list of operations', () => {
  it('keeps the last hundred, and what is over does not come back into it', async () => {
    const bench = new ActionBench();
    for (let i = 0; i < 103; i++) await confirmed(bench, { chain: false, steps: [step(`${i}`)] });
    const ids = bench.operations.all.map(({ id }) => id);
    expect(ids).toEqual(Array.from({ length: 100 }, (_, i) => i + 4));
  });

  it('gives up on what is never answered, as on what is never done', async () => {
    const bench = new ActionBench();
    const look = () => new Promise<never>(() => undefined);
    const follow = { tables: [], limit: 60_000, look };
    await confirmed(bench, { chain: false, steps: [step('one', { follow })] });
    bench.clock.advance(61_000);
    await settle();
    expect(bench.last).toMatchObject({ state: 'failed' });
    expect(bench.last?.text).toBe('nothing is known of it, still after 1 minute');
    expect([bench.clock.pending, bench.operations.busyOn(NO_CLUSTER).size]).toEqual([0, 0]);
  });
});

const DONE = Promise.resolve({ state: 'done', text: 'all there' } as const);

describe('a form', () => {
  it('is made anew as values change, and the newest preview wins', async () => {
    const bench = new ActionBench();
    const previews: ((lines: readonly string[]) => void)[] = [];
    const seen: string[] = [];
    let questions = 0;
    const action = act({
      form: async (_targets, values, ctx) => {
        await ctx.once('roles', () => Promise.resolve(questions++));
        const id = values['kind'] === 'b' ? 'only-b' : 'only-a';
        return [
          textField({ id: 'kind', label: 'Kind', initial: 'a' }),
          textField({ id, label: id }),
        ];
      },
      preview: (_targets, values) =>
        new Promise<readonly string[]>((resolve) => {
          seen.push(values['kind'] ?? '');
          previews.push(resolve);
        }),
    });
    const flow = bench
      .runner({ actions: [action] })
      .start('act', [bench.target('deployments', api)]);
    await settle();
    flow.change('kind', 'x');
    flow.change('kind', 'b');
    await settle();
    previews[0]?.(['of a']);
    await settle();
    // What lay between was never asked for.
    expect(seen).toEqual(['a', 'b']);
    expect(at(flow, 'form').busy).toBe(true);
    previews[1]?.(['of b']);
    await settle();
    const { lines, preview, busy } = at(flow, 'form');
    expect([lines.map(({ id }) => id), preview, busy, questions]).toEqual([
      ['kind', 'only-b'],
      ['of b'],
      false,
      1,
    ]);
  });

  it('repeats a group as often as it is asked to', async () => {
    const bench = new ActionBench();
    const action = act({
      form: () => [
        {
          type: 'group',
          id: 'selectors',
          title: 'selector',
          min: 1,
          max: 2,
          fields: (i) => [textField({ id: 'ns', label: `Namespace ${i + 1}` })],
        },
      ],
    });
    const flow = bench
      .runner({ actions: [action] })
      .start('act', [bench.target('deployments', api)]);
    await settle();
    expect(at(flow, 'form').lines.map(({ label }) => label)).toEqual([
      'Namespace 1',
      '+ another selector',
    ]);
    flow.change('selectors', '2');
    await settle();
    expect(at(flow, 'form').lines.map(({ id }) => id)).toEqual([
      'selectors.0.ns',
      'selectors.1.ns',
    ]);
  });
});

describe('taking back several', () => {
  it('goes back one by one, the last first', async () => {
    const bench = new ActionBench();
    const undone: string[] = [];
    const actions = [
      act({
        plan: (_targets, values) =>
          Promise.resolve(
            planOf({
              title: `Do ${values['n'] ?? 'first'}`,
              steps: [
                step('one', { run: () => Promise.resolve(void undone.push(values['n'] ?? '')) }),
              ],
              inverse: { action: 'act', values: { n: `back from ${bench.operations.all.length}` } },
            }),
          ),
      }),
    ];
    const runner = bench.runner({ actions });
    const target = bench.target('deployments', api);
    for (let i = 0; i < 2; i++) {
      const flow = runner.start('act', [target]);
      await settle();
      flow.confirm();
      await settle();
    }
    for (let i = 0; i < 2; i++) {
      const flow = runner.undo();
      await settle();
      if (typeof flow !== 'string') flow.confirm();
      await settle();
    }
    expect(undone).toEqual(['', '', 'back from 1', 'back from 0']);
    expect(runner.undo()).toBe('there is nothing to take back');
    expect(bench.operations.all.map(({ state }) => state)).toEqual([
      'undone',
      'undone',
      'done',
      'done',
    ]);
  });
});

describe('what an earlier run left', () => {
  const entry = (change: object): string =>
    JSON.stringify({
      ts: '2025-12-31T23:59:00Z',
      phase: 'intent',
      id: '1',
      pid: 77,
      action: 'act',
      title: 'Do it',
      cluster: '',
      targets: ['deployments shop/api'],
      values: { n: '7' },
      ...change,
    });

  it('is what has no result and no process that could still write one', async () => {
    const bench = new ActionBench();
    bench.alive.add(78);
    bench.earlier = [
      'not a line of ours',
      entry({ id: 'ended' }),
      entry({ id: 'ended', phase: 'result' }),
      entry({ id: 'runs', pid: 78 }),
      entry({ id: 'old', ts: '2025-01-01T00:00:00Z' }),
      entry({ id: 'left' }),
    ];
    expect((await bench.operations.unfinished()).map(({ id }) => id)).toEqual(['77/left']);
  });

  it('is told of no more once it is gone on with or let be', async () => {
    const bench = new ActionBench();
    bench.onAudit = (line) => void bench.earlier.push(line);
    bench.earlier = [entry({})];
    const [left] = await bench.operations.unfinished();
    if (left === undefined) throw new Error('nothing is left');
    await bench.operations.dismiss(left);
    expect(await bench.operations.unfinished()).toEqual([]);
  });

  it('goes on with the values it had, and a plan of what is left to do', async () => {
    const bench = new ActionBench();
    bench.earlier = [entry({})];
    bench.target('deployments', api);
    const [left] = await bench.operations.unfinished();
    if (left === undefined) throw new Error('nothing is left');
    const seen: unknown[] = [];
    const actions = [
      act({
        plan: (_targets, values) => {
          seen.push(values);
          return Promise.resolve(
            planOf({ steps: [step('one', { already: 'done' }), step('two')] }),
          );
        },
      }),
    ];
    const flow = bench.runner({ actions }).resume(left);
    await settle();
    expect(at(flow, 'confirm').plan.warnings[0]).toContain('an earlier run');
    expect(seen).toEqual([{ n: '7' }]);
    expect(bench.runner({ actions }).resume({ ...left, cluster: 'context:other' })).toContain(
      'connect there first',
    );
  });
});

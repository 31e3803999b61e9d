import { NO_CLUSTER } from '../../../src/domain/cluster-key.ts';
import { describe, expect, it } from 'vitest';
import type { ActionFlow } from '../../../src/actions/engine/view.ts';
import { contextKey } from '../../../src/domain/cluster-key.ts';
import { commandsOf } from '../../../src/actions/engine/plan.ts';
import { workloadRow } from '../../support/rows.ts';
import { ActionBench, at, kubeError, settle } from './bench.ts';

const api = workloadRow('Deployment', { name: 'api', namespace: 'shop', desired: 3, current: 3 });
const web = workloadRow('Deployment', { name: 'web', namespace: 'shop', desired: 2, current: 2 });

async function confirmed(flow: ActionFlow, replicas = '5'): Promise<void> {
  await settle();
  flow.change('replicas', replicas);
  flow.submit();
  await settle();
  flow.confirm();
  await settle();
}

describe('the runner', () => {
  it('refuses everything when read-only, and asks and sends nothing', async () => {
    const bench = new ActionBench();
    const runner = bench.runner({ readonly: () => true });
    const target = bench.target('deployments', api);
    const reasons = runner.available('deployments', [target]).map(({ disabled }) => disabled);
    expect(new Set(reasons)).toEqual(new Set(['read-only: nothing is changed']));
    const flow = runner.start('scale', [target]);
    await settle();
    expect(at(flow, 'refused').hint).toContain('--write');
    expect([bench.asked, bench.patches, bench.audit]).toEqual([[], [], []]);
  });

  it('offers what applies, and says why something does not', () => {
    const bench = new ActionBench();
    const runner = bench.runner();
    expect(runner.available('events', []).map(({ action }) => action.id)).not.toContain('restart');
    const ids = runner.available('daemonsets', []).map(({ action }) => action.id);
    expect(ids).toContain('restart');
    expect(ids).not.toContain('scale');
    expect(runner.available('deployments', [])[0]?.disabled).toBe('nothing is selected');
    const gone = bench.target('deployments', { ...api, gone: 1 });
    expect(runner.available('deployments', [gone])[0]?.disabled).toBe('api is gone');
  });

  it('names the right that is missing', async () => {
    const bench = new ActionBench();
    bench.can = () => Promise.resolve({ allowed: false, reason: 'no RBAC policy matched' });
    const flow = bench.runner().start('scale', [bench.target('deployments', api)]);
    await settle();
    expect(at(flow, 'refused')).toEqual({
      stage: 'refused',
      reason: 'you may not patch deployments/scale in namespace shop: no RBAC policy matched',
      hint: 'needs RBAC: patch deployments/scale (apps) in namespace shop',
    });
    expect(bench.patches).toEqual([]);
  });

  it('says why it could not ask, and asks again on the way back', async () => {
    const bench = new ActionBench();
    bench.can = () => Promise.reject(kubeError(0, 'connection refused', 'is the VPN up?'));
    const flow = bench.runner().start('scale', [bench.target('deployments', api)]);
    await settle();
    expect(at(flow, 'refused').reason).toContain('connection refused');
    expect(at(flow, 'refused').hint).toBe('is the VPN up?');
    bench.can = () => Promise.resolve({ allowed: true, reason: '' });
    flow.back();
    await settle();
    expect(flow.state.stage).toBe('form');
  });

  it('stays in the form while a value is wrong', async () => {
    const bench = new ActionBench();
    const flow = bench.runner().start('scale', [bench.target('deployments', api)]);
    await settle();
    flow.change('replicas', 'many');
    flow.submit();
    await settle();
    expect(at(flow, 'form').values).toEqual({ replicas: 'many' });
  });

  it('comes back from the confirmation with what was typed', async () => {
    const bench = new ActionBench();
    const flow = bench.runner().start('scale', [bench.target('deployments', api)]);
    await settle();
    flow.change('replicas', '7');
    flow.submit();
    await settle();
    flow.back();
    await settle();
    expect(at(flow, 'form').values).toEqual({ replicas: '7' });
  });

  it('plans anew when the object has changed since the plan', async () => {
    const bench = new ActionBench();
    const flow = bench.runner().start('scale', [bench.target('deployments', api)]);
    await settle();
    flow.change('replicas', '5');
    flow.submit();
    await settle();
    bench.put('deployments', { ...api, generation: 2, desired: 4 } as never);
    flow.confirm();
    await settle();
    const { plan } = at(flow, 'confirm');
    expect(plan.title).toBe('Scale deployment/api from 4 to 5 replicas');
    expect(plan.warnings[0]).toBe('api has changed since: this is the new plan');
    expect(bench.audit).toEqual([]);
  });

  it('refuses to act on what is gone by now', async () => {
    const bench = new ActionBench();
    const flow = bench.runner().start('scale', [bench.target('deployments', api)]);
    await settle();
    flow.change('replicas', '5');
    flow.submit();
    await settle();
    bench.remove('deployments', api.uid);
    flow.confirm();
    await settle();
    expect(at(flow, 'refused').reason).toBe('api is no longer there');
  });

  it('wants the name typed in a protected context, and for many victims', async () => {
    const bench = new ActionBench();
    const guarded = bench.runner({ isProtected: () => true });
    const flow = guarded.start('restart', [bench.target('deployments', api)]);
    await settle();
    expect(at(flow, 'confirm').typeName).toBe('api');

    const big = bench.target('deployments', { ...web, current: 11 });
    const many = bench.runner().start('restart', [big]);
    await settle();
    expect(at(many, 'confirm').typeName).toBe('web');

    const both = bench.runner().start('restart', [bench.target('deployments', api), big]);
    await settle();
    expect(at(both, 'confirm').typeName).toBe('2 deployments');
  });

  it('asks anew where a cluster turns out to be protected after the plan', async () => {
    const bench = new ActionBench();
    let isProtected = false;
    const runner = bench.runner({ isProtected: () => isProtected });
    const flow = runner.start('restart', [bench.target('deployments', api)]);
    await settle();
    expect(at(flow, 'confirm').typeName).toBeNull();
    isProtected = true;
    flow.confirm();
    await settle();
    expect(at(flow, 'confirm').typeName).toBe('api');
    expect(at(flow, 'confirm').plan.warnings[0]).toContain('protected');
    expect(bench.audit).toEqual([]);
  });

  it('takes no row of another cluster', async () => {
    const bench = new ActionBench();
    const elsewhere = { ...api, cluster: contextKey('elsewhere') };
    const flow = bench.runner().start('scale', [bench.target('deployments', elsewhere)]);
    await settle();
    expect(at(flow, 'refused').reason).toBe('api is not of this cluster');
    expect([bench.asked, bench.patches]).toEqual([[], []]);
  });

  it('writes down what it will do before, and how it went after', async () => {
    const bench = new ActionBench();
    const runner = bench.runner();
    const order: string[] = [];
    bench.onPatch = (_ref, patch) => {
      if (patch.dryRun !== true) order.push(`patch after ${bench.audit.length} lines`);
    };
    await confirmed(runner.start('scale', [bench.target('deployments', api)]));
    expect(order).toEqual(['patch after 1 lines']);
    expect(bench.audit).toEqual([
      {
        ts: '2026-01-01T00:00:00.000Z',
        phase: 'intent',
        id: bench.audit[1]?.id,
        pid: 1,
        title: 'Scale deployment/api from 3 to 5 replicas',
        action: 'scale',
        cluster: '',
        user: 'arn:aws:iam::1:user/me',
        realUser: '',
        targets: ['deployments shop/api'],
        values: { replicas: '5' },
        commands: [
          'kubectl --context prod scale deployment/api --current-replicas=3 --replicas=5 -n shop',
        ],
        result: '',
      },
      expect.objectContaining({ phase: 'result', result: 'ok' }),
    ]);
  });

  it('sends nothing that cannot be written down, and keeps what was typed', async () => {
    const bench = new ActionBench();
    bench.auditFails = true;
    const runner = bench.runner();
    const flow = runner.start('scale', [bench.target('deployments', api)]);
    await confirmed(flow);
    expect(bench.patches.filter(([, { dryRun }]) => dryRun !== true)).toEqual([]);
    expect(at(flow, 'refused')).toMatchObject({
      reason: 'nothing was sent: the audit log could not be written: disk full',
      hint: 'make room',
    });
    expect([[...bench.operations.busyOn(NO_CLUSTER)], bench.operations.all, runner.undo()]).toEqual(
      [[], [], 'there is nothing to take back'],
    );
    flow.back();
    await settle();
    expect(at(flow, 'form').values).toEqual({ replicas: '5' });
  });

  it('sends nothing when it is left while the audit log hangs', async () => {
    const bench = new ActionBench();
    let fail: (error: Error) => void = () => undefined;
    bench.onAudit = () => new Promise<void>((_, reject) => (fail = reject));
    const runner = bench.runner();
    const flow = runner.start('scale', [bench.target('deployments', api)]);
    await confirmed(flow);
    expect(flow.state.stage).toBe('running');
    flow.cancel();
    expect(flow.state.stage).toBe('ended');
    fail(new Error('no answer'));
    await settle();
    expect(bench.patches.filter(([, { dryRun }]) => dryRun !== true)).toEqual([]);
    expect(bench.last?.text).toContain('nothing was sent: the audit log');
  });

  it('does the others when one of several fails, and tells both', async () => {
    const bench = new ActionBench();
    const runner = bench.runner();
    bench.onPatch = (ref, patch) => {
      if (ref.name === 'web' && patch.dryRun !== true) throw kubeError(409, 'conflict');
    };
    const targets = [bench.target('deployments', web), bench.target('deployments', api)];
    await confirmed(runner.start('scale', targets), '4');
    expect(bench.audit.at(-1)?.result).toBe('Scale deployment/web from 2 to 4: conflict');
    expect(bench.last?.text).toContain('Scale deployment/web from 2 to 4: conflict');
    expect([...bench.operations.busyOn(NO_CLUSTER)]).toEqual([api.uid]);
    bench.put('deployments', {
      ...api,
      generation: 2,
      observedGeneration: 2,
      desired: 4,
      current: 4,
      available: 4,
    } as never);
    expect(bench.last).toMatchObject({
      state: 'failed',
      text: 'scaled deployment/api 3 → 4; Scale deployment/web from 2 to 4: conflict',
      undo: true,
    });
  });

  it('gives each of several its own number back', async () => {
    const bench = new ActionBench();
    const runner = bench.runner();
    const targets = [bench.target('deployments', web), bench.target('deployments', api)];
    await confirmed(runner.start('scale', targets), '4');
    const undo = runner.undo();
    await settle();
    expect(commandsOf(at(undo, 'confirm').plan)).toEqual([
      'kubectl --context prod scale deployment/web --current-replicas=4 --replicas=2 -n shop',
      'kubectl --context prod scale deployment/api --current-replicas=4 --replicas=3 -n shop',
    ]);
  });

  it('stops following after ten minutes and says how it stands', async () => {
    const bench = new ActionBench();
    const runner = bench.runner();
    await confirmed(runner.start('scale', [bench.target('deployments', api)]));
    bench.clock.advance(10 * 60_000);
    expect(bench.last).toMatchObject({
      state: 'failed',
      text: 'scaling deployment/api to 5: sent, still after 10 minutes',
    });
    expect(bench.operations.busyOn(NO_CLUSTER).size).toBe(0);
    expect(bench.clock.pending).toBe(0);
    expect(bench.held).toBe(0);
  });

  it('ignores an answer that comes after the user has left', async () => {
    const bench = new ActionBench();
    let answer: (value: { allowed: boolean; reason: string }) => void = () => {};
    bench.can = () => new Promise((resolve) => (answer = resolve));
    const flow = bench.runner().start('scale', [bench.target('deployments', api)]);
    await settle();
    expect(flow.state.stage).toBe('checking');
    flow.cancel();
    answer({ allowed: true, reason: '' });
    await settle();
    expect(flow.state.stage).toBe('ended');
    expect(bench.held).toBe(0);
  });

  it('waits for the tables that a form and a plan need, but not for ever', async () => {
    const bench = new ActionBench();
    bench.setStatus('hpas', { state: 'loading' });
    const flow = bench.runner().start('scale', [bench.target('deployments', api)]);
    await settle();
    expect(flow.state.stage).toBe('checking');
    bench.clock.advance(3000);
    await settle();
    flow.change('replicas', '5');
    flow.submit();
    await settle();
    expect(flow.state.stage).toBe('planning');
    bench.clock.advance(3000);
    await settle();
    expect(at(flow, 'confirm').plan.warnings).toContain(
      'which hpas there are is not known: no answer yet',
    );
  });
});

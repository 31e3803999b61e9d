/** One action on several clusters: asked once, done on each by its own connection. */
import { describe, expect, it } from 'vitest';
import { Joint } from '../../../src/actions/engine/joint/flow.ts';
import { commandsOf } from '../../../src/actions/engine/plan.ts';
import { contextKey } from '../../../src/domain/cluster-key.ts';
import type { BaseRow } from '../../../src/domain/rows.ts';
import { kubeError, settle } from './bench.ts';
import { Pair, api, at, confirm, pods, realPatches, reasons, stages, submit, web } from './pair.ts';

describe('an action on two clusters', () => {
  it('is asked once, and done on each by its own connection', async () => {
    const pair = new Pair();
    const flow = await pair.start('scale', 'deployments', api);
    expect(flow.subject).toBe('2 deployments in 2 clusters');
    flow.change('replicas', '5');
    await submit(flow);
    expect(at(flow, 'confirm').typeName).toBeNull();
    expect(
      flow.parts.flatMap(({ state }) => (state.stage === 'confirm' ? commandsOf(state.plan) : [])),
    ).toEqual([
      'kubectl --context eu scale deployment/api --current-replicas=3 --replicas=5 -n shop',
      'kubectl --context us scale deployment/api --current-replicas=3 --replicas=5 -n shop',
    ]);
    expect([...realPatches(pair.eu), ...realPatches(pair.us)]).toEqual([]);
    await confirm(flow);
    expect(realPatches(pair.eu)).toEqual(['context:eu api']);
    expect(realPatches(pair.us)).toEqual(['context:us api']);
    expect(pair.operations).toEqual(['context:eu working', 'context:us working']);
    expect(pair.audit).toEqual([
      'intent context:eu',
      'intent context:us',
      'result context:eu ok',
      'result context:us ok',
    ]);
    expect(flow.state).toEqual({ stage: 'ended', text: '' });
  });

  it('tells clusters of one name apart by what differs between them', async () => {
    const flow = await new Pair().start('scale', 'deployments', api);
    expect(flow.parts.map(({ name, place }) => `${name} ${place}`)).toEqual(
      ['eu prod · account 1111', 'us prod · account 2222'].map((text) =>
        text.replace('prod · ', ''),
      ),
    );
  });

  it('starts each from its own value where they differ, and says so', async () => {
    const pair = new Pair();
    const flows = (['eu', 'us'] as const).map((name) => ({
      ...{ cluster: contextKey(name), name, tone: 'text' as const },
      flow: pair
        .runner(name)
        .startPart('scale', [
          pair.target(
            name,
            'deployments',
            name === 'eu' ? api : ({ ...api, desired: 7 } as BaseRow),
          ),
        ]),
    }));
    const flow = new Joint('Scale', flows, pair.eu.operations);
    await settle();
    const { lines, values } = at(flow, 'form');
    expect(values).toEqual({ replicas: '' });
    expect(lines).toMatchObject([
      { id: 'replicas', initial: '', hint: '3 in eu, 7 in us; empty leaves them' },
    ]);
    flow.change('replicas', '9');
    expect(at(flow, 'form').values).toEqual({ replicas: '9' });
    flow.change('replicas', '');
    expect(flow.parts.map(({ state }) => state.stage === 'form' && state.values)).toEqual([
      { replicas: '3' },
      { replicas: '7' },
    ]);
    flow.change('replicas', 'x');
    flow.submit();
    expect(flow.state.stage).toBe('form');
  });

  it('is planned anew where something has changed since, and nothing is sent before', async () => {
    const pair = new Pair();
    const flow = await pair.start('restart', 'deployments', api);
    pair.target('us', 'deployments', { ...api, generation: api.generation + 1 } as BaseRow);
    await confirm(flow);
    expect([...realPatches(pair.eu), ...realPatches(pair.us)]).toEqual([]);
    const [, us] = flow.parts;
    const { warnings = [] } = us?.state.stage === 'confirm' ? us.state.plan : {};
    expect(warnings).toContain('api has changed since: this is the new plan');
    await confirm(flow);
    expect([realPatches(pair.eu).length, realPatches(pair.us).length]).toEqual([1, 1]);
  });

  it('is confirmed once, however often enter is pressed', async () => {
    const pair = new Pair();
    const flow = await pair.start('restart', 'deployments', api);
    flow.confirm();
    flow.confirm();
    await confirm(flow);
    expect(pair.operations).toHaveLength(2);
  });

  it('is not done where it was left while it was confirmed', async () => {
    const pair = new Pair();
    const flow = await pair.start('restart', 'deployments', api);
    flow.confirm();
    flow.cancel();
    await settle();
    expect(pair.operations).toEqual([]);
    expect(pair.eu.held + pair.us.held).toBe(0);
  });
});

describe('a cluster that refuses', () => {
  it('is named, and the others go on', async () => {
    const pair = new Pair();
    pair.us.can = () => Promise.resolve({ allowed: false, reason: 'no policy matched' });
    const flow = await pair.start('restart', 'deployments', api);
    expect(stages(flow)).toEqual(['confirm', 'refused']);
    expect(reasons(flow)[1]).toContain('you may not patch deployments in namespace shop');
    // What is left of it is what is said above the plan.
    expect(flow.subject).toBe('shop/api in eu');
    await confirm(flow);
    expect(realPatches(pair.eu)).toEqual(['context:eu api']);
    expect(pair.us.patches).toEqual([]);
    expect(pair.audit).toEqual(['intent context:eu', 'result context:eu ok']);
    expect(flow.state.stage).toBe('ended');
  });

  it('is one that is read-only, or cannot be reached', async () => {
    const pair = new Pair({ us: { readonly: () => true } });
    pair.eu.can = () => Promise.reject(kubeError(0, 'connection refused', 'is the VPN up?'));
    const flow = await pair.start('restart', 'deployments', api);
    expect(reasons(flow)).toEqual([
      'may it be done? connection refused',
      'read-only: nothing is changed',
    ]);
    expect(at(flow, 'refused').reason).toContain('eu: may it be done?');
  });

  it('is asked again on the way back', async () => {
    const pair = new Pair();
    pair.us.can = () => Promise.reject(kubeError(0, 'connection refused'));
    const flow = await pair.start('scale', 'deployments', api);
    expect(stages(flow)).toEqual(['form', 'refused']);
    flow.change('replicas', '4');
    await submit(flow);
    pair.us.can = () => Promise.resolve({ allowed: true, reason: '' });
    flow.back();
    await settle();
    expect(stages(flow)).toEqual(['form', 'form']);
    // The one that answers only now has another value than what was typed: that is shown.
    expect(at(flow, 'form').values).toEqual({ replicas: '' });
  });

  it('takes nothing that is for one object alone', async () => {
    const flow = await new Pair().start('rollback', 'deployments', api);
    expect(reasons(flow)).toEqual(['one at a time', 'one at a time']);
  });
});

describe('a cluster that answers slowly', () => {
  it('is named; the others need not wait for it, and nothing is ever done there', async () => {
    const pair = new Pair();
    let answer: (can: { allowed: boolean; reason: string }) => void = () => undefined;
    pair.us.can = () => new Promise((resolve) => (answer = resolve));
    const flow = await pair.start('restart', 'deployments', api);
    expect(flow.state.stage).toBe('checking');
    expect(flow.waitsFor).toEqual(['us']);
    flow.leaveOut();
    expect(flow.state.stage).toBe('confirm');
    expect(flow.parts.map(({ isLeftOut }) => isLeftOut)).toEqual([false, true]);
    answer({ allowed: true, reason: '' });
    await settle();
    await confirm(flow);
    expect(realPatches(pair.eu)).toEqual(['context:eu api']);
    expect(pair.us.patches).toEqual([]);
    expect(pair.us.held).toBe(0);
  });

  it('cannot be left out while none is ready, and all can be left at once', async () => {
    const pair = new Pair();
    pair.eu.can = () => new Promise(() => undefined);
    pair.us.can = () => new Promise(() => undefined);
    const flow = await pair.start('restart', 'deployments', api);
    expect(flow.waitsFor).toEqual([]);
    flow.leaveOut();
    expect(stages(flow)).toEqual(['checking', 'checking']);
    flow.cancel();
    expect(flow.state).toEqual({ stage: 'ended', text: '' });
    expect(pair.eu.held + pair.us.held).toBe(0);
  });
});

describe('what has to be typed', () => {
  it('is wanted where one of the clusters wants it, and says how many there are', async () => {
    const pair = new Pair({ us: { isProtected: () => true } });
    const flow = await pair.start('restart', 'deployments', api, web);
    expect(at(flow, 'confirm').typeName).toBe('4 deployments in 2 clusters');
  });

  it('is wanted for many victims, wherever they are', async () => {
    const few = await new Pair().start('delete', 'pods', ...pods(5));
    await submit(few);
    expect(at(few, 'confirm').typeName).toBeNull();
    const many = await new Pair().start('delete', 'pods', ...pods(6));
    await submit(many);
    expect(at(many, 'confirm').typeName).toBe('12 pods in 2 clusters');
  });

  it('is the name of what is left where one cluster refuses', async () => {
    const pair = new Pair({ us: { readonly: () => true }, eu: { isProtected: () => true } });
    const flow = await pair.start('restart', 'deployments', api);
    expect(at(flow, 'confirm').typeName).toBe('api');
  });
});

describe('a cluster on which it fails half way', () => {
  it('is shown beside what was done, and does not close by itself', async () => {
    const pair = new Pair();
    pair.us.onPatch = ({ name }, { dryRun }) => {
      if (name === 'web' && dryRun !== true) throw kubeError(409, 'somebody else was faster');
    };
    const flow = await pair.start('scale', 'deployments', api, web);
    flow.change('replicas', '5');
    await submit(flow);
    await confirm(flow);
    expect(realPatches(pair.us)).toEqual(['context:us api', 'context:us web']);
    expect(at(flow, 'running').operation.state).toBe('failed');
    expect(flow.parts.map(({ operation }) => operation?.steps.map(({ state }) => state))).toEqual([
      ['working', 'working'],
      ['working', 'failed'],
    ]);
    expect(flow.parts[1]?.operation?.text).toContain('somebody else was faster');
    expect(pair.audit.filter((line) => line.includes('somebody else was faster'))).toHaveLength(1);
  });

  it('is asked again alone', async () => {
    const pair = new Pair();
    pair.us.onPatch = (_, { dryRun }) => {
      if (dryRun !== true) throw kubeError(409, 'somebody else was faster');
    };
    const flow = await pair.start('scale', 'deployments', api);
    flow.change('replicas', '5');
    await submit(flow);
    await confirm(flow);
    expect(at(flow, 'running').operation.state).toBe('failed');
    expect(flow.goesBack).toBe('back');
    flow.back();
    await settle();
    expect(stages(flow)).toEqual(['ended', 'form']);
    expect(flow.subject).toBe('shop/api in us');
    pair.us.onPatch = () => undefined;
    await submit(flow);
    await confirm(flow);
    expect(realPatches(pair.eu)).toHaveLength(1);
    expect(realPatches(pair.us)).toHaveLength(2);
    expect(flow.state.stage).toBe('ended');
  });

  it('is told of where it could not even be written down', async () => {
    const pair = new Pair();
    pair.us.onAudit = () => {
      throw kubeError(0, 'disk full');
    };
    const flow = await pair.start('restart', 'deployments', api);
    pair.eu.onAudit = ((write) => (line: string) => {
      if (line.includes('context:us')) throw kubeError(0, 'disk full');
      return write(line);
    })(pair.eu.onAudit);
    await confirm(flow);
    expect(at(flow, 'running').operation.state).toBe('failed');
    expect(reasons(flow)[1]).toContain('nothing was sent');
    expect(pair.us.patches.filter(([, { dryRun }]) => dryRun !== true)).toEqual([]);
  });
});

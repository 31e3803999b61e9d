import { describe, expect, it } from 'vitest';
import type { NodeRow } from '../../../src/domain/rows.ts';
import { UNSEEN } from '../../../src/domain/tables/managednodes.ts';
import { nodeRow, rowOf } from '../../support/rows.ts';
import { ActionBench, at, settle } from './bench.ts';

const PLUGIN = 'session-manager-plugin';

async function open(bench: ActionBench, given: Partial<NodeRow>, options = bench.onEks()) {
  const row = nodeRow({ name: 'ip-10-0-1-2', instanceId: 'i-0abc', compute: 'managed', ...given });
  const flow = bench.runner(options).start('ssm-session', [bench.target('nodes', row)]);
  await settle();
  flow.confirm();
  await settle();
  return flow;
}

/** A machine with these programs. */
function machine(...programs: readonly string[]): ActionBench {
  const bench = new ActionBench();
  for (const name of programs) bench.programs.set(name, () => ({ code: 0, signal: '' }));
  return bench;
}

describe('a session on a node', () => {
  it.each(['i-0abc', 'mi-0123456789abcdef0'])('is the aws CLI on %s', async (instanceId) => {
    const bench = machine('aws', PLUGIN);
    await open(bench, { instanceId });
    expect(bench.started).toEqual([
      ['aws', 'ssm', 'start-session', '--target', instanceId, '--region', 'eu-central-1'],
    ]);
    expect(bench.last?.state).toBe('done');
  });

  it('that was not had says why, in the words of the CLI', async () => {
    const bench = machine('aws', PLUGIN);
    bench.complaints.set(
      'aws',
      '\nAn error occurred (TargetNotConnected) when calling the StartSession operation: i-0abc is not connected.\n',
    );
    bench.programs.set('aws', () => ({ code: 254, signal: '' }));
    await open(bench, {});
    expect(bench.last?.state).toBe('failed');
    expect(bench.last?.text).toContain('TargetNotConnected');
    bench.complaints.clear();
    await open(bench, {});
    expect(bench.last?.text).toContain('aws ended with exit code 254');
  });

  it.each([
    [[], `aws and ${PLUGIN} are not installed`],
    [[PLUGIN], 'aws is not installed'],
    [['aws'], `${PLUGIN} is not installed`],
  ])('with only %j says what is missing, and how to get it', async (programs, why) => {
    const state = at(await open(machine(...programs), {}), 'refused');
    expect(state.reason).toContain(why);
    const missing = 2 - programs.length;
    expect(state.hint.split('https://docs.aws.amazon.com/')).toHaveLength(1 + missing);
  });

  it.each<[Partial<NodeRow>, string]>([
    [{ compute: 'fargate', instanceId: '' }, 'Fargate has no instances'],
    [{ compute: 'auto' }, 'no SSM agent'],
    [{ instanceId: '' }, 'names no instance'],
  ])('of %j is not to be had', async (given, why) => {
    expect(at(await open(machine('aws', PLUGIN), given), 'refused').reason).toContain(why);
  });

  it('on one whose agent Systems Manager never heard of is not tried, and says what it takes', async () => {
    const bench = machine('aws', PLUGIN);
    bench.put('managednodes', rowOf('managednodes', { name: 'i-0abc', uid: 'i-0abc' }));
    const state = at(await open(bench, {}), 'refused');
    expect(state.reason).toBe('Systems Manager does not see i-0abc');
    expect(state.hint).toContain('AmazonSSMManagedInstanceCore');
    expect(bench.started).toEqual([]);
  });

  it.each(['instances', 'managednodes'] as const)(
    'on one of %s that Auto Mode runs is none, whatever the pane',
    async (table) => {
      const bench = machine('aws', PLUGIN);
      const row = rowOf(table, { name: 'i-0abc', uid: 'i-0abc', isAuto: true });
      const flow = bench.runner(bench.onEks()).start('ssm-session', [bench.target(table, row)]);
      await settle();
      expect(at(flow, 'refused').reason).toContain('Auto Mode nodes run no SSM agent');
    },
  );

  it('on one that was lost is warned of', async () => {
    const bench = machine('aws', PLUGIN);
    const agent = { ...UNSEEN, ping: 'ConnectionLost', pingAt: bench.clock.now() - 720_000 };
    bench.put('managednodes', rowOf('managednodes', { name: 'i-0abc', uid: 'i-0abc', agent }));
    const row = nodeRow({ name: 'ip-10-0-1-2', instanceId: 'i-0abc', compute: 'managed' });
    const flow = bench.runner(bench.onEks()).start('ssm-session', [bench.target('nodes', row)]);
    await settle();
    expect(at(flow, 'confirm').plan.warnings).toEqual([
      'its agent was heard of last 12m ago (ConnectionLost): no session may come about',
    ]);
  });

  it('is opened from an instance too, and the audit log has it', async () => {
    const bench = machine('aws', PLUGIN);
    const row = rowOf('instances', { name: 'i-0def', uid: 'i-0def' });
    const flow = bench.runner(bench.onEks()).start('ssm-session', [bench.target('instances', row)]);
    await settle();
    expect(at(flow, 'confirm').plan.title).toBe('Session on i-0def (instance/i-0def)');
    flow.confirm();
    await settle();
    expect(bench.started).toHaveLength(1);
    expect(bench.audit.map(({ action, phase }) => [action, phase])).toEqual([
      ['ssm-session', 'intent'],
      ['ssm-session', 'result'],
    ]);
  });

  it('is none where AWS does not know the cluster, or nothing may be changed', async () => {
    const bench = machine('aws', PLUGIN);
    expect(at(await open(bench, {}, {}), 'refused').reason).toContain('AWS has not told');
    const readonly = { ...bench.onEks(), readonly: () => true };
    expect(at(await open(bench, {}, readonly), 'refused').reason).toContain('read-only');
    expect(bench.started).toEqual([]);
  });

  it('is not begun where the cluster turns out to be read-only meanwhile', async () => {
    const bench = machine('aws', PLUGIN);
    let known = false;
    const row = nodeRow({ name: 'ip-10-0-1-2', instanceId: 'i-0abc', compute: 'managed' });
    const runner = bench.runner({ ...bench.onEks(), readonly: () => known });
    const flow = runner.start('ssm-session', [bench.target('nodes', row)]);
    await settle();
    expect(at(flow, 'confirm').plan.title).toBe('Session on i-0abc (node/ip-10-0-1-2)');
    known = true;
    flow.confirm();
    await settle();
    expect(at(flow, 'refused').reason).toBe('nothing was sent: read-only: nothing is changed');
    expect(bench.started).toEqual([]);
  });
});

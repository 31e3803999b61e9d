import { expect, it } from 'vitest';
import { agentHealth, patchWords, pingWord } from '../../../../src/domain/agent.ts';
import { type Agent, UNSCANNED, UNSEEN } from '../../../../src/domain/tables/managednodes.ts';
import { managednodes } from '../../../../src/resources/managednodes.ts';
import type { Instance } from '../../../../src/simulator/region.ts';
import { eachAwsBench } from '../../../support/aws-bench.ts';
import { NOW } from '../../../support/aws-region.ts';

const bench = eachAwsBench();
const DAY = 86_400_000;

const add = (id: string, more: Partial<Instance> = {}): void =>
  bench().addInstance(id, { launchedAt: NOW - 90 * DAY, ...more });

it('tells which machines are seen, by what agent, and which patches they lack', async () => {
  add('i-1');
  add('i-2', { nodegroup: null, asgName: 'batch' });
  add('i-3', { state: 'terminated' });
  const { rows, last } = await bench().follow('managednodes');
  expect([...rows.keys()].toSorted()).toEqual(['i-1', 'i-2']);
  expect(rows.get('i-1')).toMatchObject({
    computer: 'i-1.example',
    agent: { ping: 'Online', version: expect.stringMatching(/^3\.3\./) as string },
  });
  expect(rows.get('i-1')?.agent.patches?.at).toBeGreaterThan(NOW - 2 * DAY);
  expect(rows.get('i-2')?.agent).toEqual(UNSEEN);
  expect(last).toMatchObject({ state: 'live', reason: '' });
});

it('tells machines that Auto Mode runs, which have no agent, from those that are not seen', async () => {
  add('i-1', { nodegroup: null, asgName: 'batch' });
  add('i-2', {
    ...{ nodegroup: null, asgName: '' },
    claim: { name: 'c-1', pool: 'system', nodeClass: 'default' },
  });
  const { rows } = await bench().follow('managednodes');
  const status = managednodes.columns.find(({ id }) => id === 'status');
  const said = ['i-1', 'i-2'].map((id) =>
    status?.value(rows.get(id) as never, { now: NOW, time: 'age' }),
  );
  expect(said).toEqual(['not seen', 'none: Auto Mode']);
});

it('asks for fifty machines at once, and for patches of what is new or long ago', async () => {
  for (let i = 0; i < 60; i++) add(`i-${i}`);
  const sink = await bench().follow('managednodes');
  expect(bench().counted('DescribeInstanceInformation')).toBe(2);
  expect(bench().counted('DescribeInstancePatchStates')).toBe(2);
  bench().calls.length = 0;
  add('i-60');
  bench().clock.advance(60_000);
  await sink.until(({ rows }) => rows.has('i-60'));
  expect(bench().counted('DescribeInstancePatchStates')).toBe(1);
  expect(bench().counted('DescribeCluster')).toBe(0);
});

it('tells of hybrid nodes too, where the cluster takes such', async () => {
  add('i-1');
  bench().shop.hybrid = {
    cidr: '10.200.0.0/16',
    machines: [
      { id: 'mi-1', name: 'rack-7', ip: '10.200.0.7', role: 'hybrid-nodes', registeredAt: NOW },
    ],
  };
  const { rows } = await bench().follow('managednodes');
  expect(rows.get('mi-1')).toMatchObject({
    ...{ computer: 'rack-7', ip: '10.200.0.7', role: 'hybrid-nodes' },
    agent: { ping: 'Online', platform: 'Ubuntu 24.04' },
  });
  expect(bench().counted('DescribeInstanceInformation')).toBe(2);
});

it('knows no patches where they may not be read, and says so', async () => {
  add('i-1');
  bench().deny('DescribeInstancePatchStates');
  const { rows, last } = await bench().follow('managednodes');
  expect(rows.get('i-1')?.agent).toMatchObject({ ping: 'Online', patches: null });
  expect(last?.reason).toBe('needs ssm:DescribeInstancePatchStates');
});

const patches = (more: object): Partial<Agent> => ({ patches: { ...UNSCANNED, at: NOW, ...more } });

it.each<[Partial<Agent>, string, string, string]>([
  [{}, 'not seen', 'ok', ''],
  [{ ping: 'Online', patches: null }, 'Online', 'ok', ''],
  [
    { ping: 'ConnectionLost', ...patches({ critical: 2 }) },
    'ConnectionLost',
    'warn',
    'its agent is not heard of any more',
  ],
  [
    { ping: 'Online', ...patches({ missing: 3, critical: 2 }) },
    'Online',
    'warn',
    '2 critical patches missing',
  ],
])('an agent of %j is %s', (more, word, level, cause) => {
  const agent = { ...UNSEEN, ...more };
  expect(pingWord(agent)).toBe(word);
  expect(agentHealth(agent)).toEqual({ level, cause });
});

it('names patches that are not in force', () => {
  expect(patchWords(UNSCANNED)).toBe('');
  expect(patchWords({ ...UNSCANNED, missing: 12, failed: 1, pendingReboot: 2 })).toBe(
    '12 missing, 1 failed, 2 wait for a reboot',
  );
});

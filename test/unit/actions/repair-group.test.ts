import { expect, it } from 'vitest';
import { commandsOf } from '../../../src/actions/engine/plan.ts';
import { nodeGroupRow } from '../../support/rows.ts';
import { ActionBench, at, settle } from './bench.ts';

const web = nodeGroupRow('managed/web', {
  ...{ name: 'web', kind: 'managed', status: 'ACTIVE', origin: 'aws', repair: false },
});

function bench(row = web) {
  const made = new ActionBench();
  const state = { status: 'InProgress' };
  const update = () => ({
    update: {
      ...{ id: 'u-1', type: 'ConfigUpdate', status: state.status, createdAt: 0 },
      ...{ params: [], errors: [] },
    },
  });
  made.awsAnswers['eks:UpdateNodegroupConfig'] = update;
  made.awsAnswers['eks:DescribeUpdate'] = update;
  made.awsAnswers['eks:ListUpdates'] = () => ({ updateIds: ['u-1'] });
  made.put('nodegroups', row);
  return { made, state };
}

async function planned(made: ActionBench, row = web) {
  const flow = made.runner(made.onEks()).start('repair-group', [made.target('nodegroups', row)]);
  await settle();
  flow.submit();
  await settle();
  return flow;
}

it('turns the repair of nodes on, and says what EKS sees without its agent', async () => {
  const { made, state } = bench();
  const flow = await planned(made);
  const { plan } = at(flow, 'confirm');
  expect(commandsOf(plan)).toEqual([
    'aws eks update-nodegroup-config --cluster-name prod --nodegroup-name web --node-repair-config enabled=true --region eu-central-1',
  ]);
  expect(plan.warnings.join('\n')).toContain('eks-node-monitoring-agent is not there');
  expect(plan.inverse).toEqual({ action: 'repair-group', values: { on: 'no' } });
  flow.confirm();
  await settle();
  expect(made.last).toMatchObject({ state: 'working' });
  state.status = 'Successful';
  made.clock.advance(6_000);
  await settle();
  expect(made.last).toMatchObject({ state: 'done' });
});

it('follows a change that EKS is at', async () => {
  const row = { ...web, status: 'UPDATING', update: 'ConfigUpdate InProgress' };
  const { made } = bench(row);
  const flow = await planned(made, row);
  expect(at(flow, 'confirm').plan.title).toContain('Follow the update of web');
});

it('is for managed node groups', async () => {
  const { made } = bench();
  const flow = await planned(made, { ...web, kind: 'karpenter' });
  expect(at(flow, 'refused').reason).toContain('managed node groups alone');
});

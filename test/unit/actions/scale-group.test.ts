import { describe, expect, it } from 'vitest';
import { commandsOf } from '../../../src/actions/engine/plan.ts';
import { plain } from '../../../src/core/styled.ts';
import { nodeGroupRow, nodeRow } from '../../support/rows.ts';
import { ActionBench, at, settle } from './bench.ts';

const web = nodeGroupRow('managed/web', {
  name: 'web',
  kind: 'managed',
  status: 'ACTIVE',
  origin: 'aws',
  asg: 'eks-web',
  min: 1,
  desired: 2,
  max: 5,
});
const node = (name: string, isReady = true) =>
  nodeRow({ name, nodegroup: web.uid, isReady, pods: 7 });

/** AWS with a group of this size. */
function aws(bench: ActionBench, desired = 2) {
  const size = { minSize: 1, desiredSize: desired, maxSize: 5 };
  bench.awsAnswers['eks:DescribeNodegroup'] = () => ({
    nodegroup: {
      ...{ nodegroupName: 'web', nodegroupArn: '', status: 'ACTIVE', scalingConfig: size },
      ...{
        nodeRole: '',
        subnets: [],
        modifiedAt: null,
        createdAt: null,
        version: '',
        releaseVersion: '',
        amiType: '',
      },
      ...{ capacityType: 'ON_DEMAND', instanceTypes: [], labels: {}, taints: [] },
      resources: { autoScalingGroups: [{ name: 'eks-web' }] },
      health: { issues: [] },
      updateConfig: { maxUnavailable: 1, maxUnavailablePercentage: null },
      nodeRepairConfig: { enabled: null },
      launchTemplate: { id: '', name: '', version: '' },
    },
  });
  const update = { id: 'u-1', type: 'ConfigUpdate', params: [], createdAt: 0, errors: [] };
  bench.awsAnswers['eks:UpdateNodegroupConfig'] = ({ scalingConfig }) => {
    size.desiredSize = scalingConfig?.desiredSize ?? 0;
    return { update: { ...update, status: 'InProgress' } };
  };
  bench.awsAnswers['eks:DescribeUpdate'] = () => ({ update: { ...update, status: 'Successful' } });
  return size;
}

/** An Auto Scaling group that no node group owns, of this size. */
function ownGroup(bench: ActionBench, size: { min: number; desired: number; max: number }) {
  bench.awsAnswers['autoscaling:DescribeAutoScalingGroups'] = () => ({
    AutoScalingGroups: [
      {
        ...{ AutoScalingGroupName: 'eks-web', AutoScalingGroupARN: '', CreatedTime: null },
        ...{
          Status: '',
          AvailabilityZones: [],
          VPCZoneIdentifier: '',
          Tags: [],
          SuspendedProcesses: [],
        },
        ...{ LaunchTemplate: { LaunchTemplateId: '', Version: '' }, MixedInstancesPolicy: null },
        ...{ MinSize: size.min, DesiredCapacity: size.desired, MaxSize: size.max, Instances: [] },
      },
    ],
  });
}

async function asked(bench: ActionBench, row = web) {
  const runner = bench.runner(bench.onEks());
  const flow = runner.start('scale-group', [bench.target('nodegroups', row)]);
  await settle();
  return { runner, flow };
}

/** A flow that has come to its confirmation. */
async function planned(bench: ActionBench, desired: string, row = web) {
  const { runner, flow } = await asked(bench, row);
  flow.change('desired', desired);
  await settle();
  flow.submit();
  await settle();
  return { runner, flow };
}

describe('scaling a node group', () => {
  it.each([
    [{ kind: 'karpenter' as const }, 'limits of its NodePool'],
    [{ kind: 'fargate' as const }, 'no nodes'],
    [{ origin: 'nodes' as const }, 'does not tell'],
    [{ status: 'UPDATING' }, 'one change at a time'],
  ])('of %o is refused with the reason', async (change, reason) => {
    const bench = new ActionBench();
    const runner = bench.runner(bench.onEks());
    const flow = runner.start('scale-group', [bench.target('nodegroups', { ...web, ...change })]);
    await settle();
    expect(at(flow, 'refused').reason).toContain(reason);
  });

  it('keeps the desired number between the others', async () => {
    const bench = new ActionBench();
    aws(bench);
    const { flow } = await asked(bench);
    flow.change('desired', '9');
    flow.change('min', '3');
    await settle();
    const wrong = at(flow, 'form').lines.map((line) =>
      line.type === 'more' ? '' : line.check(at(flow, 'form').values[line.id] ?? ''),
    );
    expect(wrong).toEqual(['', 'the maximum is 5', '']);
  });

  it.each([
    ['managed', 500, ''],
    ['managed', 5, 'at most 450'],
    ['self-managed', 5, ''],
  ] as const)('takes of a %s group, of %i at most now, what AWS does', async (kind, max, wrong) => {
    const bench = new ActionBench();
    aws(bench).maxSize = max;
    ownGroup(bench, { min: 0, desired: 0, max });
    const { flow } = await asked(bench, { ...web, kind });
    const check = (id: string, value: string) => {
      const line = at(flow, 'form').lines.find((each) => each.type !== 'more' && each.id === id);
      return line === undefined || line.type === 'more' ? '?' : line.check(value);
    };
    expect(check('max', `${max}`)).toBe('');
    expect(check('max', '460')).toBe(wrong);
    expect(check('max', '0')).toBe(kind === 'managed' ? 'at least 1' : '');
  });

  it('says that nothing drains the nodes of a group that EKS does not manage', async () => {
    const bench = new ActionBench();
    ownGroup(bench, { min: 1, desired: 2, max: 5 });
    bench.put('nodes', node('a'), node('b'));
    const { flow } = await planned(bench, '1', { ...web, kind: 'self-managed' });
    const { plan } = at(flow, 'confirm');
    expect(plan.warnings[1]).toContain('to end one of your choice');
    expect(plan.warnings[0]).toMatch(/ends nodes at once, without regard to PodDisruptionBudgets/);
    expect(plan.warnings.join()).not.toContain('15 minutes');
    expect(commandsOf(plan)).toEqual([
      'aws autoscaling update-auto-scaling-group --auto-scaling-group-name eks-web --min-size 1 --max-size 5 --desired-capacity 1 --region eu-central-1',
    ]);
  });

  it('offers no choice where all nodes go', async () => {
    const bench = new ActionBench();
    ownGroup(bench, { min: 0, desired: 2, max: 5 });
    bench.put('nodes', node('a'), node('b'));
    const { flow } = await planned(bench, '0', { ...web, kind: 'self-managed' });
    expect(at(flow, 'confirm').plan.warnings).toHaveLength(1);
  });

  it.each([
    ['4', '2 nodes now, 4 then: 2 more'],
    ['2', '2 nodes now, 2 then: no node goes'],
  ])('to %s says while it is typed how many come, or that none goes', async (desired, says) => {
    const bench = new ActionBench();
    aws(bench);
    bench.put('nodes', node('a'), node('b'));
    const { flow } = await asked(bench);
    flow.change('desired', desired);
    await settle();
    expect(at(flow, 'form').preview?.map(plain)).toEqual([says]);
  });

  it('says which nodes may go, with the number of their pods, and wants the name where they are many', async () => {
    const bench = new ActionBench();
    aws(bench);
    bench.put('nodes', node('a'), node('b'));
    const { flow } = await planned(bench, '1');
    const { plan, typeName } = at(flow, 'confirm');
    expect(plan.victims).toEqual([
      'any 1 of 2 nodes, with up to 7 pods:',
      'a (7 pods)',
      'b (7 pods)',
    ]);
    expect(plan.warnings.join()).toContain('without regard to PodDisruptionBudgets');
    expect([typeName, flow.danger]).toEqual([null, 2]);
    expect(commandsOf(plan)).toEqual([
      'aws eks update-nodegroup-config --cluster-name prod --nodegroup-name web --scaling-config minSize=1,maxSize=5,desiredSize=1 --region eu-central-1',
    ]);
  });

  it('is done when the nodes are Ready, not when the update is, and is taken back', async () => {
    const bench = new ActionBench();
    aws(bench);
    bench.put('nodes', node('a'), node('b'));
    const { runner, flow } = await planned(bench, '3');
    flow.confirm();
    await settle();
    expect(bench.last).toMatchObject({ state: 'working', text: 'web: 2 of 3 nodes Ready' });
    expect(bench.last?.lines.map(plain)).toContain('✓ update Successful');
    // What may not be asked is a gap and no end.
    expect(bench.last?.lines.map(plain).join()).toContain('is not allowed');
    bench.put('nodes', node('c'));
    bench.clock.advance(6000);
    await settle();
    expect(bench.last).toMatchObject({ state: 'done', text: 'web has 3 nodes, all Ready' });
    const undo = runner.undo();
    await settle();
    expect(at(undo, 'confirm').plan.title).toBe('Scale node group web from 3 to 2 nodes');
  });

  it("tells why no instance comes, in AWS's own words", async () => {
    const bench = new ActionBench();
    aws(bench);
    bench.awsAnswers['autoscaling:DescribeScalingActivities'] = () => ({
      Activities: [
        {
          ...{ ActivityId: '1', Description: '', Cause: '', StatusCode: 'Failed', EndTime: null },
          StartTime: bench.clock.now(),
          StatusMessage: 'We currently do not have sufficient m5.large capacity',
        },
      ],
    });
    const { flow } = await planned(bench, '3');
    flow.confirm();
    await settle();
    expect(bench.last?.text).toBe('web: We currently do not have sufficient m5.large capacity');
  });

  it('sends nothing where somebody changed the size after the plan', async () => {
    const bench = new ActionBench();
    const size = aws(bench);
    const { flow } = await planned(bench, '3');
    size.desiredSize = 4;
    flow.confirm();
    await settle();
    expect(bench.last?.text).toContain('somebody has changed its size');
    expect(bench.awsCalls.map(([action]) => action)).not.toContain('eks:UpdateNodegroupConfig');
  });
});

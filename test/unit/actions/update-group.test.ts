import { describe, expect, it } from 'vitest';
import { commandsOf } from '../../../src/actions/engine/plan.ts';
import { plain } from '../../../src/core/styled.ts';
import { nodeGroupRow, nodeRow, podRow, rowOf } from '../../support/rows.ts';
import { ActionBench, at, settle } from './bench.ts';

const OLD = '1.35.3-20261110';
const web = nodeGroupRow('managed/web', {
  ...{ name: 'web', kind: 'managed', status: 'ACTIVE', origin: 'aws', asg: 'eks-web' },
  ...{ version: '1.34', release: '1.34.7-20261110', amiType: 'AL2023_x86_64_STANDARD' },
  maxUnavailable: '1',
});
const node = (name: string, created: number, more: object = {}) =>
  nodeRow({ name, nodegroup: web.uid, created, isReady: true, pods: 3, ...more });
const pod = podRow({
  ...{ name: 'api-1', namespace: 'shop', node: 'a', labels: { app: 'api' } },
  ownerKind: 'ReplicaSet',
});
const budget = rowOf('pdbs', {
  ...{ name: 'api', namespace: 'shop', selector: 'app=api', hasSelector: true, allowed: 0 },
  ...{ minAvailable: '100%', healthy: 1, desired: 1, expected: 1 },
});

function bench(row = web) {
  const made = new ActionBench();
  const begun = made.clock.now();
  const state = { status: 'InProgress', code: '', words: '', version: row.version };
  made.awsAnswers['eks:DescribeCluster'] = () =>
    ({ cluster: { name: 'prod', version: '1.35' } }) as never;
  made.awsAnswers['eks:DescribeNodegroup'] = () =>
    ({ nodegroup: { version: state.version, releaseVersion: row.release } }) as never;
  const update = () => ({
    update: {
      ...{ id: 'u-1', type: 'VersionUpdate', status: state.status, createdAt: begun },
      params: [{ type: 'ReleaseVersion', value: OLD }],
      errors:
        state.code === ''
          ? []
          : [{ errorCode: state.code, errorMessage: state.words, resourceIds: ['a'] }],
    },
  });
  made.awsAnswers['eks:UpdateNodegroupVersion'] = update;
  made.awsAnswers['eks:DescribeUpdate'] = update;
  made.awsAnswers['eks:ListUpdates'] = () => ({ updateIds: ['u-1'] });
  made.awsAnswers['autoscaling:DescribeScalingActivities'] = () => ({ Activities: [] });
  made.put('nodegroups', row);
  made.put('nodes', node('a', begun - 1));
  made.put('pods', pod);
  made.put('pdbs', budget);
  return { made, state, begun };
}

async function planned(
  made: ActionBench,
  row = web,
  values: Readonly<Record<string, string>> = {},
) {
  const runner = made.runner(made.onEks());
  const flow = runner.start('update-group', [made.target('nodegroups', row)]);
  await settle();
  for (const [id, value] of Object.entries(values)) flow.change(id, value);
  await settle();
  flow.submit();
  await settle();
  return { runner, flow };
}

const sent = (made: ActionBench) =>
  made.awsCalls.flatMap(([action, input]) =>
    action === 'eks:UpdateNodegroupVersion' ? [input] : [],
  );

describe('updating a node group', () => {
  it('offers the versions up to the cluster’s, and says whom it hits and what holds it', async () => {
    const { made } = bench();
    const { flow } = await planned(made);
    const { plan } = at(flow, 'confirm');
    expect(plan.title).toBe('Update node group web to 1.35 (newest AMI release)');
    expect(plan.victims).toEqual(['a: 1 pod is evicted, then it is ended']);
    expect(plan.warnings[0]).toBe(
      'pdb/api in shop keeps 1 pod of this group now, 1 of 1 healthy, 1 must be (minAvailable 100%): the update fails after 15 minutes at their node',
    );
    expect(commandsOf(plan)).toEqual([
      'aws eks update-nodegroup-version --cluster-name prod --nodegroup-name web --kubernetes-version 1.35 --region eu-central-1',
    ]);
  });

  it('names a release, and forces only where that is asked for, with the name typed', async () => {
    const { made } = bench();
    const { flow } = await planned(made, web, { release: OLD, force: 'yes' });
    const { plan, typeName } = at(flow, 'confirm');
    expect(typeName).toBe('web');
    expect(commandsOf(plan)[0]).toContain(`--release-version ${OLD} --force`);
    flow.confirm();
    await settle();
    expect(sent(made)).toEqual([
      { clusterName: 'prod', nodegroupName: 'web', releaseVersion: OLD, force: true },
    ]);
  });

  it('is followed node by node, with the budget that holds it, until all nodes are new', async () => {
    const { made, state, begun } = bench();
    const { flow } = await planned(made);
    flow.confirm();
    await settle();
    expect(made.last?.text).toContain(
      'waits for pdb/api: 1 of 1 healthy, 1 must be (minAvailable 100%) keeps shop/api-1 on a',
    );
    expect(made.last?.lines.map(plain).join('\n')).toContain('a  held, 1 pod left');
    // It is not written down as ended while EKS is at it: a later run can go on.
    expect(made.audit.map(({ phase }) => phase)).toEqual(['intent']);
    made.remove('nodes', node('a', 0).uid);
    made.put('nodes', node('b', begun + 1, { isReady: false }));
    state.status = 'Successful';
    made.clock.advance(6_000);
    await settle();
    expect(made.last).toMatchObject({ state: 'working' });
    made.put('nodes', node('b', begun + 1));
    made.clock.advance(6_000);
    await settle();
    expect(made.last).toMatchObject({ state: 'done' });
    expect(made.audit.map(({ phase }) => phase)).toEqual(['intent', 'result']);
  });

  it('fails in the words of EKS, with what helps', async () => {
    const { made, state } = bench();
    const { flow } = await planned(made);
    state.status = 'Failed';
    state.code = 'PodEvictionFailure';
    state.words = 'Reached max retries';
    flow.confirm();
    await settle();
    expect(made.last).toMatchObject({ state: 'failed' });
    expect(made.last?.text).toContain(
      'PodEvictionFailure: Reached max retries (a); let the budget allow one pod',
    );
  });

  it('sends nothing where somebody was faster', async () => {
    const { made, state } = bench();
    const { flow } = await planned(made);
    state.version = '1.35';
    flow.confirm();
    await settle();
    expect(made.last?.text).toContain('somebody has updated web');
    expect(sent(made)).toEqual([]);
  });

  it('follows an update that EKS runs already, and sends nothing', async () => {
    const row = { ...web, status: 'UPDATING', update: 'VersionUpdate InProgress' };
    const { made } = bench(row);
    const { flow } = await planned(made, row);
    const { plan } = at(flow, 'confirm');
    expect(plan.title).toBe(`Follow the update of web to ${OLD}`);
    expect(plan.victims).toEqual([]);
    flow.confirm();
    await settle();
    expect(made.last).toMatchObject({ state: 'working' });
    expect(sent(made)).toEqual([]);
  });

  it.each([
    [{ kind: 'karpenter' as const }, 'only managed node groups'],
    [{ kind: 'auto' as const }, 'EKS replaces nodes of Auto Mode itself'],
    [{ status: 'UPDATING', update: 'ConfigUpdate InProgress' }, 'one change at a time'],
    [{ amiType: 'CUSTOM' }, 'AMI of its own'],
  ])('of %o is refused with the reason', async (change, reason) => {
    const { made } = bench();
    const row = { ...web, ...change };
    const runner = made.runner(made.onEks());
    const flow = runner.start('update-group', [made.target('nodegroups', row)]);
    await settle();
    expect(at(flow, 'refused').reason).toContain(reason);
  });
});

it('is gone on with by a later run, as long as EKS is at it', async () => {
  const { made } = bench();
  const { flow } = await planned(made);
  flow.confirm();
  await settle();
  const [begun] = made.audit;
  if (begun === undefined) throw new Error('nothing was written down');
  // The program has ended; EKS has not.
  const { made: later } = bench({ ...web, status: 'UPDATING', update: 'VersionUpdate InProgress' });
  const runner = later.runner(later.onEks());
  const { id, action, title, cluster, targets, values } = begun;
  const again = runner.resume({ id, action, title, cluster, targets, values, at: 0 });
  if (typeof again === 'string') throw new Error(again);
  await settle();
  again.submit();
  await settle();
  expect(at(again, 'confirm').plan.title).toBe(`Follow the update of web to ${OLD}`);
  again.confirm();
  await settle();
  expect(sent(later)).toEqual([]);
  expect(later.last).toMatchObject({ state: 'working' });
});

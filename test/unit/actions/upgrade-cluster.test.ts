import { describe, expect, it } from 'vitest';
import { commandsOf } from '../../../src/actions/engine/plan.ts';
import { plain } from '../../../src/core/styled.ts';
import { NO_CLUSTER } from '../../../src/domain/cluster-key.ts';
import { clusterRow, nodeRow } from '../../support/rows.ts';
import { ActionBench, at, settle } from './bench.ts';

const prod = clusterRow({
  cluster: NO_CLUSTER,
  ...{ name: 'prod', source: 'eks' as const, status: 'ACTIVE', version: '1.35' },
});
const DAY = 86_400_000;

interface World {
  status: string;
  version: string;
  insight: string;
  group: string;
  update: string;
  /** When it was upgraded (ms before now); null: never. */
  upgraded: number | null;
  running: boolean;
  autoMode: boolean;
}

function bench(given: Partial<World> = {}) {
  const made = new ActionBench();
  const world: World = {
    ...{ status: 'ACTIVE', version: '1.35', insight: 'PASSING', group: '1.35' },
    ...{ update: 'InProgress', upgraded: null, running: false },
    autoMode: false,
    ...given,
  };
  const now = made.clock.now();
  const answers = made.awsAnswers;
  answers['eks:DescribeCluster'] = () =>
    ({
      cluster: {
        ...{ name: 'prod', version: world.version, status: world.status },
        resourcesVpcConfig: { subnetIds: ['subnet-a'] },
        computeConfig: { enabled: world.autoMode },
      },
    }) as never;
  answers['eks:DescribeClusterVersions'] = () => ({
    clusterVersions: ['1.36', '1.35', '1.34'].map((clusterVersion) => ({
      ...{ clusterVersion, endOfStandardSupportDate: null, endOfExtendedSupportDate: null },
    })),
  });
  const insight = () => ({
    ...{ id: 'i', name: 'Deprecated APIs', category: 'UPGRADE_READINESS' },
    ...{ kubernetesVersion: '1.36', insightStatus: { status: world.insight, reason: 'used' } },
    categorySpecificSummary: { deprecationDetails: [], addonCompatibilityDetails: [] },
  });
  answers['eks:ListInsights'] = () => ({ insights: [insight()] }) as never;
  answers['eks:DescribeInsight'] = () => ({ insight: insight() }) as never;
  answers['eks:ListNodegroups'] = () => ({ nodegroups: ['web'] });
  answers['eks:DescribeNodegroup'] = () => ({ nodegroup: { version: world.group } }) as never;
  answers['ec2:DescribeSubnets'] = () =>
    ({ Subnets: [{ SubnetId: 'subnet-a', AvailableIpAddressCount: 3 }] }) as never;
  answers['eks:ListUpdates'] = () => ({
    updateIds: world.upgraded !== null || world.running ? ['u-0'] : [],
  });
  const update = (createdAt: number, status: string) => ({
    update: {
      ...{ id: 'u-0', type: 'VersionUpdate', status, createdAt, errors: [] },
      params: [{ type: 'Version', value: '1.35' }],
    },
  });
  answers['eks:DescribeUpdate'] = ({ updateId }) =>
    updateId === 'u-0' && !world.running
      ? update(now - (world.upgraded ?? 0), 'Successful')
      : update(now, world.update);
  answers['eks:UpdateClusterVersion'] = () => {
    const begun = update(now, 'InProgress');
    return { update: { ...begun.update, id: 'u-1' } };
  };
  made.put('clusters', prod);
  return { made, world };
}

async function asked(made: ActionBench, values: Readonly<Record<string, string>> = {}) {
  const flow = made.runner(made.onEks()).start('upgrade-cluster', [made.target('clusters', prod)]);
  await settle();
  for (const [id, value] of Object.entries(values)) flow.change(id, value);
  await settle();
  return flow;
}

async function planned(made: ActionBench, values: Readonly<Record<string, string>> = {}) {
  const flow = await asked(made, values);
  flow.submit();
  await settle();
  return flow;
}

const wrong = (flow: Awaited<ReturnType<typeof asked>>): readonly string[] => {
  const { lines, values } = at(flow, 'form');
  return lines.flatMap((line) =>
    line.type === 'more' ? [] : line.check(values[line.id] ?? '') || [],
  );
};
const sent = (made: ActionBench) =>
  made.awsCalls.flatMap(([action, input]) =>
    action === 'eks:UpdateClusterVersion' ? [input] : [],
  );

describe('a cluster in Auto Mode', () => {
  it('says what becomes of nodes that EKS makes, and does not warn of their kubelets', async () => {
    const { made } = bench({ autoMode: true, upgraded: DAY });
    made.put('nodes', nodeRow({ name: 'i-0abc', compute: 'auto', version: 'v1.35.4-eks-1' }));
    const up = at(await planned(made), 'confirm').plan.warnings.join('\n');
    expect(up).toContain('nodes of Auto Mode are replaced by EKS afterwards');
    const back = at(await planned(made, { version: '1.34' }), 'confirm').plan.warnings.join('\n');
    expect(back).toContain('nodes of Auto Mode are replaced first');
    expect(back).not.toContain('kubelet');
    made.put('nodes', nodeRow({ name: 'n', compute: 'managed', version: 'v1.35.4-eks-1' }));
    const mixed = at(await planned(made, { version: '1.34' }), 'confirm').plan.warnings;
    expect(mixed.join('\n')).toContain('1 node runs kubelet v1.35.4-eks-1: newer');
  });
});

describe('upgrading a cluster', () => {
  it('goes one version up, with the name typed, after what should be known first', async () => {
    const { made } = bench();
    const flow = await planned(made);
    const { plan, typeName } = at(flow, 'confirm');
    expect(plan.title).toBe('Upgrade prod from 1.35 to 1.36');
    expect(typeName).toBe('prod');
    expect(plan.warnings[0]).toBe('subnet-a has 3 free addresses: EKS may need 5');
    expect(commandsOf(plan)).toEqual([
      'aws eks update-cluster-version --name prod --kubernetes-version 1.36 --region eu-central-1',
    ]);
    flow.confirm();
    await settle();
    expect(sent(made)).toEqual([{ name: 'prod', version: '1.36' }]);
  });

  it('is held by an insight that blocks, unless it is overridden knowingly', async () => {
    const { made } = bench({ insight: 'ERROR' });
    const flow = await asked(made);
    expect(wrong(flow)).toEqual(['1 block: mend them, or choose yes knowingly']);
    expect((at(flow, 'form').preview ?? []).map(plain).join('\n')).toContain(
      '✗ insight Deprecated APIs: ERROR: used',
    );
    flow.change('force', 'yes');
    await settle();
    expect(wrong(flow)).toEqual([]);
    flow.submit();
    await settle();
    expect(commandsOf(at(flow, 'confirm').plan)[0]).toContain('--force');
  });

  it('is not asked for while a node group is behind', async () => {
    const { made } = bench({ group: '1.34' });
    expect(wrong(await asked(made))).toEqual([
      'node group web is 1.34: EKS wants it to be 1.35 first (u on it)',
    ]);
  });

  it('goes back within seven days of an upgrade, and not after', async () => {
    const { made } = bench({ upgraded: DAY });
    const flow = await planned(made, { version: '1.34' });
    expect(at(flow, 'confirm').plan.title).toBe('Roll prod back from 1.35 to 1.34');
    const { made: late } = bench({ upgraded: 8 * DAY });
    expect(wrong(await asked(late, { version: '1.34' }))).toEqual([
      'the seven days after the upgrade are over',
    ]);
  });

  it('is done when the cluster is active again, and says what comes next', async () => {
    const { made, world } = bench();
    const flow = await planned(made);
    flow.confirm();
    await settle();
    expect(made.last?.text).toContain('update InProgress');
    expect(made.audit.map(({ phase }) => phase)).toEqual(['intent']);
    Object.assign(world, { update: 'Successful', version: '1.36' });
    made.clock.advance(11_000);
    await settle();
    expect(made.last).toMatchObject({ state: 'done' });
    expect(made.last?.lines.map(plain)).toEqual([
      '✓ prod is 1.36; its node groups and add-ons are next: u on each',
    ]);
  });

  it('follows what EKS is at already, and sends nothing', async () => {
    const { made } = bench({ running: true, status: 'UPDATING' });
    const flow = await planned(made);
    expect(at(flow, 'confirm').plan.title).toBe('Follow the update of prod to 1.35');
    flow.confirm();
    await settle();
    expect(sent(made)).toEqual([]);
    expect(made.last).toMatchObject({ state: 'working' });
  });

  it('says what it could not ask', async () => {
    const { made } = bench();
    delete made.awsAnswers['eks:ListInsights'];
    const flow = await planned(made);
    expect(at(flow, 'confirm').plan.warnings).toContainEqual(
      expect.stringContaining('insights are not known: '),
    );
  });
});

import { isPassing } from '../../../domain/balancer-targets.ts';
import type { AwsFault } from '../../../domain/aws-fault.ts';
import type { TargetGroupRow } from '../../../domain/tables/targetgroups.ts';
import { clusterVpc } from '../cluster-vpc.ts';
import { type Round, tolerate } from '../polling/round.ts';
import type { AwsTable } from '../polling/table.ts';
import { classicUid } from './elb/balancer-row.ts';
import { classicGroupRow, groupRow, instanceTarget, targetOf } from './elb/group-row.ts';
import { sharedElb } from './elb/shared.ts';

const CALLS = [
  'eks:DescribeCluster',
  'elasticloadbalancing:DescribeLoadBalancers',
  'elasticloadbalancing:DescribeTargetGroups',
  'elasticloadbalancing:DescribeTargetHealth',
  'elasticloadbalancing:DescribeInstanceHealth',
  'elasticloadbalancing:DescribeTags',
] as const;

/** How old the list of classic balancers may be (ms), where their own table has asked for it. */
const CLASSICS_MS = 50_000;

/**
 * The target groups in the cluster's VPC, those of other clusters apart, and how their targets do:
 * three calls a minute and one for each group; every twenty seconds while targets come or go.
 */
export const targetgroups: AwsTable<'targetgroups', (typeof CALLS)[number]> = {
  calls: CALLS,
  interval: { quiet: 60_000, changing: 20_000 },
  isChanging: ({ targets }) => targets.some(isPassing),
  parts(cluster, { reads, clock, lasting }) {
    const aws = reads(cluster);
    const findVpc = clusterVpc(cluster.name, aws);
    const { balancers: shared, owners } = sharedElb(cluster, { lasting, clock });
    let rows: readonly TargetGroupRow[] = [];

    /** How the targets of each do: one that fails is a row that says why. */
    async function withTargets(row: TargetGroupRow, round: Round): Promise<TargetGroupRow> {
      const { uid, name } = row;
      try {
        if (uid === classicUid(name)) {
          const call = 'elasticloadbalancing:DescribeInstanceHealth';
          const answer = await aws.call(call, { LoadBalancerName: name }, round.signal);
          return { ...row, targets: answer.InstanceStates.map(instanceTarget) };
        }
        const call = 'elasticloadbalancing:DescribeTargetHealth';
        const answer = await aws.call(call, { TargetGroupArn: uid }, round.signal);
        return { ...row, targets: answer.TargetHealthDescriptions.map(targetOf) };
      } catch (error) {
        const fault: AwsFault = tolerate(error, round);
        return { ...row, error: fault.message };
      }
    }

    return [
      {
        label: 'target groups',
        rows: () => rows,
        async read(round) {
          const { signal } = round;
          const vpc = await findVpc(signal);
          const [balancers, answer] = await Promise.all([
            shared.read(CLASSICS_MS, () =>
              aws.call('elasticloadbalancing:DescribeLoadBalancers', {}, signal),
            ),
            aws.call('elasticloadbalancing:DescribeTargetGroups', {}, signal),
          ]);
          const groups = answer.TargetGroups.filter(({ VpcId }) => VpcId === vpc.id);
          const classics = balancers.LoadBalancerDescriptions.filter(
            ({ VPCId }) => VPCId === vpc.id,
          );
          const sending = groups.flatMap(({ LoadBalancerArns }) => LoadBalancerArns);
          const arns = groups.map(({ TargetGroupArn }) => TargetGroupArn);
          const names = classics.map(({ LoadBalancerName }) => LoadBalancerName);
          await owners.learn(aws, [...new Set([...arns, ...sending])], names, round);
          const ours = (ids: readonly string[]): boolean =>
            ids.every((id) => ['', cluster.name].includes(owners.of(id)?.cluster ?? ''));
          const found = [
            ...groups
              .filter(({ TargetGroupArn, LoadBalancerArns }) =>
                ours([TargetGroupArn, ...LoadBalancerArns]),
              )
              .map((group) => groupRow(group, (id) => owners.of(id))),
            ...classics
              .filter(({ LoadBalancerName }) => ours([LoadBalancerName]))
              .map((one) => classicGroupRow(one, owners.of(one.LoadBalancerName))),
          ];
          rows = await Promise.all(found.map((row) => withTargets(row, round)));
        },
      },
    ];
  },
};

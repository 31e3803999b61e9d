import {
  instances as table,
  type InstanceRow,
  type Machine,
  type MachineImage,
} from '../../../domain/tables/instances.ts';
import type {
  InstanceDescription,
  InstanceStatusDescription,
  InstanceTypeDescription,
} from '../../../ports/aws/ec2-shapes.ts';
import { amiReleases } from '../ami-releases.ts';
import { isAutoMode } from '../cluster-instances.ts';
import { clusterVpc, inVpc } from '../cluster-vpc.ts';
import { orNull, type Round, tolerate } from '../polling/round.ts';
import type { AwsTable, Reads } from '../polling/table.ts';
import { machineImages } from './instances/images.ts';
import { tagMap } from './vpc/subnet-row.ts';

const CALLS = [
  'eks:DescribeCluster',
  'ec2:DescribeInstances',
  'ec2:DescribeInstanceStatus',
  'ec2:DescribeInstanceTypes',
  'ec2:DescribeImages',
  'ssm:GetParameters',
] as const;

/** AWS describes so many types at once. */
const TYPES_AT_ONCE = 100;

/**
 * The instances in the cluster's VPC: two calls a minute for each thousand of them, and one for a
 * hundred types or two hundred images that are new; one an hour for ten kinds of image.
 */
export const instances: AwsTable<'instances', (typeof CALLS)[number]> = {
  calls: CALLS,
  interval: { quiet: 60_000, changing: 30_000 },
  isChanging: ({ machine }) => machine.state === 'pending' || machine.state === 'shutting-down',
  parts(cluster, { reads, clock }) {
    const aws = reads(cluster);
    const findVpc = clusterVpc(cluster.name, aws);
    const types = new Map<string, InstanceTypeDescription['NetworkInfo']>();
    const images = machineImages(aws, clock);
    const releases = amiReleases(aws, clock);
    let rows: readonly InstanceRow[] = [];
    return [
      {
        label: 'instances',
        rows: () => rows,
        async read(round) {
          const { signal } = round;
          const { Filters } = inVpc(await findVpc(signal));
          const alive = {
            Name: 'instance-state-name',
            Values: ['pending', 'running', 'shutting-down'],
          };
          const [answer, statuses] = await Promise.all([
            aws.call('ec2:DescribeInstances', { Filters: [...Filters, alive] }, signal),
            orNull(readStatuses(aws, round), round),
          ]);
          const found = answer.Reservations.flatMap(({ Instances }) => Instances);
          const ids = found.map(({ ImageId }) => ImageId);
          await Promise.all([learn(found, round), images.read(ids, round)]);
          await releases.read(ids.map(images.of), round);
          const imageOf = ({ ImageId }: InstanceDescription): MachineImage => {
            const image = images.of(ImageId);
            return { ...image, latestRelease: releases.of(image) };
          };
          rows = found
            .filter(({ InstanceId }) => InstanceId !== '')
            .map((one) => {
              const status = statuses?.get(one.InstanceId);
              const limits = types.get(one.InstanceType);
              return instanceRow(one, machineOf(one, status, limits, imageOf(one)));
            });
        },
      },
    ];

    async function learn(found: readonly InstanceDescription[], round: Round): Promise<void> {
      const unknown = [...new Set(found.map(({ InstanceType }) => InstanceType))].filter(
        (type) => type !== '' && !types.has(type),
      );
      for (let i = 0; i < unknown.length; i += TYPES_AT_ONCE) {
        const InstanceTypes = unknown.slice(i, i + TYPES_AT_ONCE);
        try {
          const answer = await aws.call(
            'ec2:DescribeInstanceTypes',
            { InstanceTypes },
            round.signal,
          );
          for (const one of answer.InstanceTypes) types.set(one.InstanceType, one.NetworkInfo);
        } catch (error) {
          tolerate(error, round);
        }
      }
    }
  },
};

/** By instance. */
async function readStatuses(
  aws: Reads<'ec2:DescribeInstanceStatus'>,
  { signal }: Round,
): Promise<ReadonlyMap<string, InstanceStatusDescription>> {
  const answer = await aws.call('ec2:DescribeInstanceStatus', {}, signal);
  return new Map(answer.InstanceStatuses.map((one) => [one.InstanceId, one]));
}

/** Checks that say so are passed, or are none. */
const FINE: ReadonlySet<string> = new Set(['ok', 'not-applicable', '']);

function machineOf(
  one: InstanceDescription,
  status: InstanceStatusDescription | undefined,
  limits: InstanceTypeDescription['NetworkInfo'] | undefined,
  image: MachineImage,
): Machine {
  const failing = (word: string, said: string): string => (FINE.has(said) ? '' : `${word} ${said}`);
  return {
    state: one.State.Name,
    checks:
      status === undefined
        ? null
        : [
            failing('system', status.SystemStatus.Status),
            failing('instance', status.InstanceStatus.Status),
          ]
            .filter((text) => text !== '')
            .join(', '),
    events: (status?.Events ?? [])
      // What is over is still told for a week.
      .filter(({ Description }) => !/^\[(Completed|Canceled)\]/.test(Description))
      .map(({ Code, Description, NotBefore }) => ({
        code: Code,
        description: Description,
        at: NotBefore ?? 0,
      })),
    lifecycle: one.InstanceLifecycle,
    reservation: one.CapacityReservationId,
    interfaces: limits?.MaximumNetworkInterfaces ?? null,
    addresses: limits?.Ipv4AddressesPerInterface ?? null,
    image,
  };
}

function instanceRow(one: InstanceDescription, machine: Machine): InstanceRow {
  const tags = tagMap(one.Tags);
  return {
    ...table.blank,
    uid: one.InstanceId,
    name: one.InstanceId,
    created: one.LaunchTime ?? 0,
    machine,
    type: one.InstanceType,
    zone: one.Placement.AvailabilityZone,
    subnet: one.SubnetId,
    ip: one.PrivateIpAddress,
    title: tags['Name'] ?? '',
    asg: tags['aws:autoscaling:groupName'] ?? '',
    isAuto: isAutoMode(one),
  };
}

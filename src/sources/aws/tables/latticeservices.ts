import { explained } from '../../../core/words.ts';
import type { LatticeGroup, LatticeNetwork } from '../../../domain/tables/latticeservices.ts';
import type { LatticeServiceRow } from '../../../domain/tables/latticeservices.ts';
import type { LatticeService, LatticeTargetGroup } from '../../../ports/aws/lattice-calls.ts';
import { clusterVpc } from '../cluster-vpc.ts';
import { orNull, type Round, tolerate } from '../polling/round.ts';
import type { AwsTable, Reads } from '../polling/table.ts';
import { groupOf, hasFailed, isOnItsWay, serviceRow, targetOf } from './lattice/row.ts';

const CALLS = [
  'eks:DescribeCluster',
  'vpc-lattice:ListServices',
  'vpc-lattice:ListServiceNetworkVpcAssociations',
  'vpc-lattice:ListServiceNetworkServiceAssociations',
  'vpc-lattice:ListTargetGroups',
  'vpc-lattice:ListTargets',
  'vpc-lattice:GetService',
] as const;

type Aws = Reads<(typeof CALLS)[number]>;

/**
 * The services of VPC Lattice that the cluster's VPC reaches through its service networks, and those
 * that send to targets in it: three calls a minute, and one for each network, for each group of
 * targets, and for each service that failed.
 */
export const latticeservices: AwsTable<'latticeservices', (typeof CALLS)[number]> = {
  calls: CALLS,
  interval: { quiet: 60_000, changing: 15_000 },
  isChanging: ({ status, networks }) =>
    isOnItsWay(status) || (networks ?? []).some((network) => isOnItsWay(network.status)),
  parts(cluster, { reads }) {
    const aws = reads(cluster);
    const findVpc = clusterVpc(cluster.name, aws);
    let rows: readonly LatticeServiceRow[] = [];
    return [
      {
        label: 'services of VPC Lattice',
        rows: () => rows,
        async read(round) {
          const vpc = (await findVpc(round.signal)).id;
          const [{ items }, networks, groups] = await Promise.all([
            aws.call('vpc-lattice:ListServices', {}, round.signal),
            orNull(networksOf(vpc, aws, round), round),
            orNull(groupsIn(vpc, aws, round), round),
          ]);
          const there = items.filter(
            ({ id, arn }) =>
              arn !== '' &&
              // Where it is not known which are reached, all are shown.
              ((networks === null && groups === null) ||
                networks?.has(id) === true ||
                groups?.some(({ serviceArns }) => serviceArns.includes(arn)) === true),
          );
          const used = (groups ?? []).filter(({ serviceArns }) =>
            there.some(({ arn }) => serviceArns.includes(arn)),
          );
          const [reasons, told] = await Promise.all([
            Promise.all(there.map((service) => reasonOf(service, aws, round))),
            Promise.all(used.map((group) => withTargets(group, aws, round))),
          ]);
          rows = there.map((service, i) =>
            serviceRow(service, reasons[i] ?? '', {
              networks: networks === null ? null : (networks.get(service.id) ?? []),
              groups:
                groups === null
                  ? null
                  : told.filter((_, at) => used[at]?.serviceArns.includes(service.arn)),
            }),
          );
        },
      },
    ];
  },
};

/** The service networks of a VPC by the services that belong to them. */
async function networksOf(
  vpcIdentifier: string,
  aws: Aws,
  { signal }: Round,
): Promise<ReadonlyMap<string, readonly LatticeNetwork[]>> {
  const call = 'vpc-lattice:ListServiceNetworkVpcAssociations';
  const { items } = await aws.call(call, { vpcIdentifier }, signal);
  const found = await Promise.all(
    items.map(async ({ serviceNetworkId, serviceNetworkName, status: vpcStatus }) => {
      const asked = { serviceNetworkIdentifier: serviceNetworkId };
      const each = 'vpc-lattice:ListServiceNetworkServiceAssociations';
      const { items: services } = await aws.call(each, asked, signal);
      return services.map(({ serviceId, status }) => ({
        serviceId,
        network: { name: serviceNetworkName, status, vpcStatus },
      }));
    }),
  );
  return new Map(
    [...Map.groupBy(found.flat(), ({ serviceId }) => serviceId)].map(([id, networks]) => [
      id,
      networks.map(({ network }) => network),
    ]),
  );
}

/** The groups of targets in a VPC. */
async function groupsIn(
  vpcIdentifier: string,
  aws: Aws,
  { signal }: Round,
): Promise<readonly LatticeTargetGroup[]> {
  return (await aws.call('vpc-lattice:ListTargetGroups', { vpcIdentifier }, signal)).items;
}

/** How the targets of a group do: where that fails, the group says why. */
async function withTargets(
  group: LatticeTargetGroup,
  aws: Aws,
  round: Round,
): Promise<LatticeGroup> {
  try {
    const asked = { targetGroupIdentifier: group.id };
    const { items } = await aws.call('vpc-lattice:ListTargets', asked, round.signal);
    return { ...groupOf(group), targets: items.map(targetOf) };
  } catch (error) {
    return { ...groupOf(group), error: tolerate(error, round).message };
  }
}

/** Why a service failed; empty where it did not, or does not tell. */
async function reasonOf(service: LatticeService, aws: Aws, round: Round): Promise<string> {
  if (!hasFailed(service.status)) return '';
  const asked = { serviceIdentifier: service.id };
  const told = await orNull(aws.call('vpc-lattice:GetService', asked, round.signal), round);
  return explained(told?.failureCode, told?.failureMessage);
}

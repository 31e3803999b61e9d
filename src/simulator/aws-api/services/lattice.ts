import {
  GetService$,
  type GetServiceRequest,
  type GetServiceResponse,
  ListServiceNetworks$,
  type ListServiceNetworksRequest,
  type ListServiceNetworksResponse,
  ListServiceNetworkServiceAssociations$,
  type ListServiceNetworkServiceAssociationsRequest,
  type ListServiceNetworkServiceAssociationsResponse,
  ListServiceNetworkVpcAssociations$,
  type ListServiceNetworkVpcAssociationsRequest,
  type ListServiceNetworkVpcAssociationsResponse,
  ListServices$,
  type ListServicesRequest,
  type ListServicesResponse,
  ListTargetGroups$,
  type ListTargetGroupsRequest,
  type ListTargetGroupsResponse,
  ListTargets$,
  type ListTargetsRequest,
  type ListTargetsResponse,
} from '@aws-sdk/client-vpc-lattice';
import type { LatticeNetwork, LatticeService } from '../../lattice.ts';
import { regionArn } from '../../region.ts';
import type { AccountView } from '../account.ts';
import { ApiError } from '../api-error.ts';
import { type Operation, operation } from '../operation.ts';
import { pageOf } from '../page.ts';

interface Found {
  readonly vpcId: string;
  readonly network: LatticeNetwork;
}

const networksOf = ({ clusters }: AccountView): readonly Found[] =>
  clusters.flatMap(({ vpcId, lattice }) => lattice().map((network) => ({ vpcId, network })));

const servicesOf = (account: AccountView): readonly LatticeService[] =>
  networksOf(account).flatMap(({ network }) => network.services);

const groupsOf = (account: AccountView) =>
  networksOf(account).flatMap(({ vpcId, network }) =>
    network.services.flatMap((service) =>
      service.groups.map((group) => ({ vpcId, service, group })),
    ),
  );

const arnOf = ({ region }: AccountView, kind: string, id: string): string =>
  regionArn(region, 'vpc-lattice', `${kind}/${id}`);

/** An id or an ARN. */
const isMeant = (asked: string | undefined, id: string): boolean =>
  asked === id || asked?.endsWith(`/${id}`) === true;

const missing = (resourceType: string, resourceId: string): ApiError =>
  new ApiError('ResourceNotFoundException', 404, `${resourceType} ${resourceId} not found`, {
    ...{ resourceType, resourceId },
  });

/** A page, as every listing of Lattice asks for one. */
function paged<Item>(
  all: readonly Item[],
  input: { readonly maxResults?: number | undefined; readonly nextToken?: string | undefined },
): { readonly items: Item[]; readonly nextToken?: string } {
  const { maxResults: size, nextToken: token } = input;
  const wanted = { size, token, most: 100, invalid: 'ValidationException' };
  const { items, next } = pageOf(all, wanted);
  return { items: [...items], ...(next !== undefined && { nextToken: next }) };
}

/** What VPC Lattice answers: service networks, their services, and whom these send to. */
export const LATTICE_OPERATIONS: readonly Operation[] = [
  operation(ListServices$, (input: ListServicesRequest, account): ListServicesResponse =>
    paged(
      servicesOf(account).map((service) => serviceShape(service, account)),
      input,
    ),
  ),
  operation(GetService$, (input: GetServiceRequest, account): GetServiceResponse => {
    const asked = input.serviceIdentifier;
    const found = servicesOf(account).find(({ id }) => isMeant(asked, id));
    if (found === undefined) throw missing('SERVICE', asked ?? '');
    const failure = { failureCode: 'CreateFailed', failureMessage: found.failure };
    return { ...serviceShape(found, account), ...(found.failure !== '' && failure) };
  }),
  operation(
    ListServiceNetworks$,
    (input: ListServiceNetworksRequest, account): ListServiceNetworksResponse =>
      paged(
        networksOf(account).map(({ network: { id, name, createdAt, services } }) => ({
          ...{ id, name, arn: arnOf(account, 'servicenetwork', id) },
          ...{ createdAt: new Date(createdAt), numberOfAssociatedVPCs: 1 },
          numberOfAssociatedServices: services.length,
        })),
        input,
      ),
  ),
  operation(
    ListServiceNetworkVpcAssociations$,
    (
      input: ListServiceNetworkVpcAssociationsRequest,
      account,
    ): ListServiceNetworkVpcAssociationsResponse =>
      paged(
        networksOf(account)
          .filter(
            ({ vpcId, network }) =>
              (input.vpcIdentifier ?? vpcId) === vpcId &&
              (input.serviceNetworkIdentifier === undefined ||
                isMeant(input.serviceNetworkIdentifier, network.id)),
          )
          .map(({ vpcId, network }) => ({
            ...{ vpcId, status: 'ACTIVE' as const, ...networkShape(network, account) },
            id: `snva-${network.id.slice(3)}`,
          })),
        input,
      ),
  ),
  operation(
    ListServiceNetworkServiceAssociations$,
    (
      input: ListServiceNetworkServiceAssociationsRequest,
      account,
    ): ListServiceNetworkServiceAssociationsResponse =>
      paged(
        networksOf(account)
          .flatMap(({ network }) => network.services.map((service) => ({ network, service })))
          .filter(
            ({ network, service }) =>
              isMeant(input.serviceNetworkIdentifier, network.id) ||
              isMeant(input.serviceIdentifier, service.id),
          )
          .map(({ network, service }) => ({
            ...{ id: `snsa-${service.id.slice(4)}`, status: 'ACTIVE' as const },
            ...{ serviceId: service.id, serviceName: service.name },
            serviceArn: arnOf(account, 'service', service.id),
            ...networkShape(network, account),
            dnsEntry: { domainName: service.dns },
          })),
        input,
      ),
  ),
  operation(
    ListTargetGroups$,
    (input: ListTargetGroupsRequest, account): ListTargetGroupsResponse =>
      paged(
        groupsOf(account)
          .filter(({ vpcId }) => (input.vpcIdentifier ?? vpcId) === vpcId)
          .map(({ vpcId, service, group: { id, name, port, createdAt } }) => ({
            ...{ id, name, port, arn: arnOf(account, 'targetgroup', id) },
            ...{ type: 'IP' as const, protocol: 'HTTP' as const, vpcIdentifier: vpcId },
            ...{ status: 'ACTIVE' as const, createdAt: new Date(createdAt) },
            serviceArns: [arnOf(account, 'service', service.id)],
          })),
        input,
      ),
  ),
  operation(ListTargets$, (input: ListTargetsRequest, account): ListTargetsResponse => {
    const asked = input.targetGroupIdentifier;
    const found = groupsOf(account).find(({ group }) => isMeant(asked, group.id));
    if (found === undefined) throw missing('TARGET_GROUP', asked ?? '');
    return paged(
      found.group.targets.map(({ id, port, state, reason }) => ({
        ...{ id, port, status: STATUS[state] },
        ...(reason !== '' && { reasonCode: reason.replace(/^\w+\./, '') }),
      })),
      input,
    );
  }),
];

const STATUS = {
  healthy: 'HEALTHY',
  unhealthy: 'UNHEALTHY',
  initial: 'INITIAL',
  draining: 'DRAINING',
} as const;

const networkShape = ({ id, name }: LatticeNetwork, account: AccountView) => ({
  ...{ serviceNetworkId: id, serviceNetworkName: name },
  serviceNetworkArn: arnOf(account, 'servicenetwork', id),
});

const serviceShape = (
  { id, name, dns, createdAt, status }: LatticeService,
  account: AccountView,
) => ({
  ...{ id, name, status, arn: arnOf(account, 'service', id) },
  ...{ createdAt: new Date(createdAt), dnsEntry: { domainName: dns } },
});

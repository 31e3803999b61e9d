import {
  DescribeRouteTables$,
  type DescribeRouteTablesRequest,
  type DescribeRouteTablesResult,
  type Route,
  type RouteTable,
} from '@aws-sdk/client-ec2';
import { Random } from '../../random.ts';
import type { EksCluster, Region, Subnet } from '../../region.ts';
import { ApiError } from '../api-error.ts';
import { operation } from '../operation.ts';
import { pageOf } from '../page.ts';
import { passes } from './filters.ts';

/**
 * Where the subnets' packets go: public ones to the internet gateway, private ones to the NAT
 * gateway of their zone, and the main table of the VPC, which none of them uses, nowhere.
 */
export const DESCRIBE_ROUTE_TABLES = operation(
  DescribeRouteTables$,
  (input: DescribeRouteTablesRequest, { clusters, region }): DescribeRouteTablesResult => {
    const ids = input.RouteTableIds ?? [];
    const tables = clusters
      .flatMap((cluster) => tablesOf(cluster, region))
      .filter((table) => ids.length === 0 || ids.includes(table.RouteTableId ?? ''))
      .filter((table) => {
        const associations = table.Associations ?? [];
        const passed = passes(
          input.Filters,
          {
            'route-table-id': table.RouteTableId,
            'vpc-id': table.VpcId,
            'association.subnet-id': associations.flatMap(({ SubnetId }) => SubnetId ?? []),
            'association.main': associations.map(({ Main }) => String(Main)),
          },
          {},
        );
        if (passed !== null) return passed;
        throw new ApiError('InvalidParameterValue', 400, 'The filter is not supported here');
      });
    const { items, next } = pageOf(tables, {
      size: input.MaxResults,
      token: input.NextToken,
      most: 1_000,
      invalid: 'InvalidParameterValue',
    });
    return { RouteTables: [...items], NextToken: next };
  },
);

function tablesOf(cluster: EksCluster, region: Region): RouteTable[] {
  const random = new Random(`${cluster.vpcId}/routes`);
  const id = (kind: string): string => `${kind}-0${random.hex(16)}`;
  const blocks = new Set(cluster.subnets.map(({ cidr }) => cidr.split('.', 2).join('.')));
  const local = [...blocks].map((block): Route => ({
    DestinationCidrBlock: `${block}.0.0/16`,
    GatewayId: 'local',
    Origin: 'CreateRouteTable',
    State: 'active',
  }));
  const table = (subnets: readonly Subnet[], out: Route | null): RouteTable => {
    const RouteTableId = id('rtb');
    return {
      RouteTableId,
      VpcId: cluster.vpcId,
      OwnerId: region.accountId,
      Associations:
        out === null
          ? [{ Main: true, RouteTableId, RouteTableAssociationId: id('rtbassoc') }]
          : subnets.map((subnet) => ({
              Main: false,
              RouteTableId,
              RouteTableAssociationId: id('rtbassoc'),
              SubnetId: subnet.id,
            })),
      Routes: [...local, ...(out ? [out] : [])],
      Tags: [],
    };
  };
  const out = (gateway: Partial<Route>): Route => ({
    DestinationCidrBlock: '0.0.0.0/0',
    Origin: 'CreateRoute',
    State: 'active',
    ...gateway,
  });
  const open = cluster.subnets.filter((subnet) => subnet.public);
  return [
    table([], null),
    table(open, out({ GatewayId: id('igw') })),
    ...cluster.subnets
      .filter((subnet) => !subnet.public)
      .map((subnet) => table([subnet], out({ NatGatewayId: id('nat') }))),
  ];
}

/** Which subnets of a VPC have no way in from the internet: the only ones that Fargate takes. */

/** The part of a route table that decides it, as EC2 tells it. */
export interface RouteTable {
  readonly RouteTableId: string;
  readonly Associations: readonly { readonly SubnetId: string; readonly Main: boolean }[];
  readonly Routes: readonly {
    readonly DestinationCidrBlock: string;
    readonly DestinationIpv6CidrBlock: string;
    readonly GatewayId: string;
    readonly State: string;
  }[];
}

/**
 * The internet gateway that a subnet's default route leads to: the subnet is public. Empty: it is
 * private. Null: no table is known for it.
 */
export function internetGatewayOf(subnet: string, tables: readonly RouteTable[]): string | null {
  const own = tables.find(({ Associations }) =>
    Associations.some(({ SubnetId }) => SubnetId === subnet),
  );
  // What is tied to no table goes by the main one of its VPC.
  const table = own ?? tables.find(({ Associations }) => Associations.some(({ Main }) => Main));
  if (table === undefined) return null;
  const route = table.Routes.find(
    ({ DestinationCidrBlock, DestinationIpv6CidrBlock, GatewayId }) =>
      GatewayId.startsWith('igw-') &&
      (DestinationCidrBlock === '0.0.0.0/0' || DestinationIpv6CidrBlock === '::/0'),
  );
  return route?.GatewayId ?? '';
}

/** EC2 instances and network interfaces, as EC2's API tells them. Times are ms since the epoch. */

export interface Zone {
  /** `eu-central-1a` */
  readonly name: string;
  /** `euc1-az2`: the same place in every account. */
  readonly id: string;
}

export interface Instance {
  readonly id: string;
  readonly type: string;
  readonly zone: Zone;
  readonly subnetId: string;
  readonly privateIp: string;
  /** `ip-10-0-1-2.eu-central-1.compute.internal` */
  readonly privateDnsName: string;
  readonly lifecycle: 'spot' | 'normal';
  readonly nodegroup: string | null;
  readonly asgName: string;
  /** What Auto Mode launched it for, which runs it then; absent: the user does. */
  readonly claim?: {
    readonly name: string;
    readonly pool: string;
    readonly nodeClass: string;
  };
  readonly imageId: string;
  readonly architecture: 'x86_64' | 'arm64';
  state: 'pending' | 'running' | 'shutting-down' | 'terminated';
  readonly launchedAt: number;
  readonly interfaces: NetworkInterface[];
}

export interface NetworkInterface {
  readonly id: string;
  readonly subnetId: string;
  /** Null for the interface of a Fargate pod. */
  readonly instanceId: string | null;
  /** 0 is the primary interface of its instance. */
  readonly deviceIndex: number;
  readonly description: string;
  readonly macAddress: string;
  readonly securityGroupIds: readonly string[];
  /** The first is the primary address. */
  readonly privateIps: string[];
  /** /28 blocks, where the CNI delegates prefixes. */
  readonly prefixes: string[];
  /** Of what a service of AWS made: its type, and who that was. */
  readonly service?: {
    readonly type: 'interface' | 'nat_gateway' | 'network_load_balancer';
    readonly requester: string;
    readonly publicIp?: string;
  };
  readonly tags: Readonly<Record<string, string>>;
}

/** What the node of an instance is called: Auto Mode names its own by the instance. */
export function nodeName({
  id,
  claim,
  privateDnsName,
}: Pick<Instance, 'id' | 'claim' | 'privateDnsName'>): string {
  return claim === undefined ? privateDnsName : id;
}

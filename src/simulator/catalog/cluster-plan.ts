/** What a cluster is made from. */
export interface ClusterPlan {
  readonly name: string;
  readonly version: string;
  readonly platformVersion: string;
  readonly ageDays: number;
  /** Second octet of the VPC: `10.N.0.0/16`. */
  readonly network: number;
  /**
   * Bits of each private subnet. With less than 18 three of them do not fit into one block of a VPC:
   * each is a further block of it then, of the addresses for carriers that EKS clusters take for that.
   */
  readonly subnetBits: number;
  readonly endpointPrivateOnly?: boolean;
  readonly supportType: 'STANDARD' | 'EXTENDED';
  readonly tags: Readonly<Record<string, string>>;
  /** Add-ons that run without EKS knowing of them. */
  readonly selfManaged?: readonly string[];
  /** Node pools of Auto Mode; absent: it is off. */
  readonly autoMode?: readonly string[];
}

/** A load balancer of a cluster, as the controllers that made it left it in AWS. */
export interface LoadBalancer {
  /** Empty for a classic one, which has a name only. */
  readonly arn: string;
  readonly name: string;
  readonly kind: 'application' | 'network' | 'classic';
  readonly hostname: string;
  readonly scheme: 'internet-facing' | 'internal';
  readonly createdAt: number;
  readonly subnetIds: readonly string[];
  readonly listeners: readonly { readonly protocol: string; readonly port: number }[];
  readonly tags: Readonly<Record<string, string>>;
  readonly groups: readonly TargetGroup[];
}

export interface TargetGroup {
  readonly arn: string;
  readonly name: string;
  readonly protocol: string;
  readonly port: number;
  readonly targetType: 'ip' | 'instance';
  readonly checkPath: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly targets: readonly Target[];
}

export interface Target {
  readonly id: string;
  readonly port: number;
  readonly zone: string;
  readonly state: 'healthy' | 'unhealthy' | 'initial' | 'draining';
  readonly reason: string;
  readonly description: string;
}

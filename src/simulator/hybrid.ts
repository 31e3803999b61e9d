/** The hybrid nodes of a cluster, as Systems Manager knows them. */
export interface Hybrid {
  /** Where they are. */
  readonly cidr: string;
  readonly machines: readonly HybridMachine[];
}

/** A machine of one's own, as a hybrid activation registered it. */
export interface HybridMachine {
  /** `mi-0123456789abcdef0` */
  readonly id: string;
  readonly name: string;
  readonly ip: string;
  readonly role: string;
  readonly registeredAt: number;
}

/** Who enforces network policies on the nodes of a cluster, as its daemon sets tell. */

/** What a daemon set does about network policies. */
export interface PolicyAgent {
  /** e.g. `VPC CNI`. */
  readonly name: string;
  /** The VPC CNI carries its agent wherever it runs, and enforces nothing until that is told to. */
  readonly enforces: boolean;
}

interface Container {
  readonly name: string;
  readonly args: readonly string[];
}

/** Those that enforce wherever they run, by the container of their daemon set. */
const ENFORCING: readonly (readonly [container: string, name: string])[] = [
  ['calico-node', 'Calico'],
  ['cilium-agent', 'Cilium'],
  ['antrea-agent', 'Antrea'],
];

const VPC_CNI = 'VPC CNI';
const VPC_CNI_AGENT = 'aws-eks-nodeagent';

/** What the containers of a daemon set make of it; null: nothing is known of it. */
export function policyAgentOf(containers: readonly Container[]): PolicyAgent | null {
  const has = (container: string): boolean => containers.some(({ name }) => name === container);
  const enforcing = ENFORCING.find(([container]) => has(container));
  if (enforcing) return { name: enforcing[1], enforces: true };
  const agent = containers.find(({ name }) => name === VPC_CNI_AGENT);
  // Before version 1.14 it had none.
  if (!agent) return has('aws-node') ? { name: VPC_CNI, enforces: false } : null;
  return { name: VPC_CNI, enforces: agent.args.some(isOn) };
}

/** A flag of Go programs: `-flag` or `--flag`, alone or with a value. */
const isOn = (arg: string): boolean => /^--?enable-network-policy(?:=(?:true|t|1))?$/i.test(arg);

/**
 * Who enforces policies in a cluster.
 *
 * @param known all its daemon sets are listed: who is not among them is not there
 * @returns a name; empty where the VPC CNI is there and none does; null where it is not known
 */
export function enforcerOf(
  daemonSets: readonly { readonly policyAgent: PolicyAgent | null; readonly desired: number }[],
  known: boolean,
): string | null {
  const agents = daemonSets.flatMap(({ policyAgent, desired }) =>
    policyAgent !== null && desired > 0 ? policyAgent : [],
  );
  const enforcing = agents.filter(({ enforces }) => enforces).map(({ name }) => name);
  if (enforcing.length > 0) return [...new Set(enforcing)].sort().join(', ');
  return known && agents.length > 0 ? '' : null;
}

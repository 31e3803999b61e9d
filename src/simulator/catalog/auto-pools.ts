/** The pools that EKS Auto Mode has for everybody, and the claims by which they launch nodes. */
import type { Taint } from '../world/objects.ts';
import type { World } from '../world/world.ts';
import { plantCustom } from './definitions.ts';
import { requirement } from './karpenter.ts';

/** A pool, as what it launches follows from it. */
export interface Pool {
  readonly types: readonly string[];
  readonly taints: readonly Taint[];
  readonly requirements: readonly object[];
}

export const newerThan = (generation: string): object => ({
  ...{ key: 'eks.amazonaws.com/instance-generation', operator: 'Gt', values: [generation] },
});

const GENERAL: readonly object[] = [
  requirement('karpenter.sh/capacity-type', 'on-demand'),
  requirement('eks.amazonaws.com/instance-category', 'c', 'm', 'r'),
  newerThan('4'),
];

/** The pools that EKS has for everybody, as it makes them. */
export const BUILT_IN: Readonly<Record<string, Pool>> = {
  'general-purpose': {
    types: ['m6i.xlarge', 'm7i.xlarge'],
    taints: [],
    requirements: [...GENERAL, requirement('kubernetes.io/arch', 'amd64')],
  },
  system: {
    types: ['m6i.large'],
    taints: [{ key: 'CriticalAddonsOnly', effect: 'NoSchedule' }],
    requirements: [...GENERAL, requirement('kubernetes.io/arch', 'amd64', 'arm64')],
  },
};

export const classRef = (name: string) => ({ group: 'eks.amazonaws.com', kind: 'NodeClass', name });

/**
 * Asks for a node of a type, for pods that need so much together (cores, bytes).
 * @returns the name of the claim
 */
export function plantClaim(
  world: World,
  pool: string,
  type: string,
  { cpu, memory, pods }: { readonly cpu: number; readonly memory: number; readonly pods: number },
): string {
  const name = `${pool}-${world.random.suffix(5)}`;
  plantCustom(world, {
    ...{ of: 'nodeclaims.karpenter.sh', name },
    labels: { 'karpenter.sh/nodepool': pool, 'eks.amazonaws.com/nodeclass': 'default' },
    ageMinutes: 0,
    spec: {
      nodeClassRef: classRef('default'),
      requirements: [
        requirement('karpenter.sh/nodepool', pool),
        requirement('node.kubernetes.io/instance-type', type),
      ],
      resources: {
        requests: {
          cpu: `${Math.ceil(cpu * 1000)}m`,
          memory: `${Math.ceil(memory / 1024 ** 2)}Mi`,
          pods: String(pods),
        },
      },
      ...{ expireAfter: '336h', terminationGracePeriod: '24h0m0s' },
    },
    conditions: [],
  });
  return name;
}

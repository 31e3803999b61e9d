import type { Labels } from './objects.ts';

export interface InstanceType {
  readonly cpu: number;
  readonly memoryGi: number;
  /** Interfaces, and addresses on each, primary included. */
  readonly interfaces: number;
  readonly addresses: number;
  readonly architecture: 'x86_64' | 'arm64';
  /** An hour on demand in eu-central-1, in US dollars. */
  readonly usd: number;
}

const TYPES: Readonly<Record<string, InstanceType>> = {
  't3.large': {
    cpu: 2,
    memoryGi: 8,
    interfaces: 3,
    addresses: 12,
    usd: 0.096,
    architecture: 'x86_64',
  },
  'm6i.large': {
    cpu: 2,
    memoryGi: 8,
    interfaces: 3,
    addresses: 10,
    usd: 0.115,
    architecture: 'x86_64',
  },
  'm6i.xlarge': {
    cpu: 4,
    memoryGi: 16,
    interfaces: 4,
    addresses: 15,
    usd: 0.23,
    architecture: 'x86_64',
  },
  'm6i.2xlarge': {
    cpu: 8,
    memoryGi: 32,
    interfaces: 4,
    addresses: 15,
    usd: 0.46,
    architecture: 'x86_64',
  },
  'm7i.xlarge': {
    cpu: 4,
    memoryGi: 16,
    interfaces: 4,
    addresses: 15,
    usd: 0.2415,
    architecture: 'x86_64',
  },
  'm7g.xlarge': {
    cpu: 4,
    memoryGi: 16,
    interfaces: 4,
    addresses: 15,
    usd: 0.1952,
    architecture: 'arm64',
  },
  'm7g.2xlarge': {
    cpu: 8,
    memoryGi: 32,
    interfaces: 4,
    addresses: 15,
    usd: 0.3904,
    architecture: 'arm64',
  },
  'c6i.2xlarge': {
    cpu: 8,
    memoryGi: 16,
    interfaces: 4,
    addresses: 15,
    usd: 0.388,
    architecture: 'x86_64',
  },
  'c7i.2xlarge': {
    cpu: 8,
    memoryGi: 16,
    interfaces: 4,
    addresses: 15,
    usd: 0.4074,
    architecture: 'x86_64',
  },
  'm5.2xlarge': {
    cpu: 8,
    memoryGi: 32,
    interfaces: 4,
    addresses: 15,
    usd: 0.46,
    architecture: 'x86_64',
  },
  'm5a.2xlarge': {
    cpu: 8,
    memoryGi: 32,
    interfaces: 4,
    addresses: 15,
    usd: 0.416,
    architecture: 'x86_64',
  },
  'r6i.xlarge': {
    cpu: 4,
    memoryGi: 32,
    interfaces: 4,
    addresses: 15,
    usd: 0.304,
    architecture: 'x86_64',
  },
  'r6i.2xlarge': {
    cpu: 8,
    memoryGi: 64,
    interfaces: 4,
    addresses: 15,
    usd: 0.608,
    architecture: 'x86_64',
  },
};

/** The names of all. */
export const INSTANCE_TYPES: readonly string[] = Object.keys(TYPES);

/** Whether there is a type of that name. */
export const isInstanceType = (name: string): boolean => Object.hasOwn(TYPES, name);

/** What an instance type brings. */
export function instanceType(name: string): InstanceType {
  const type = TYPES[name];
  if (!type) throw new Error(`unknown instance type ${name}`);
  return type;
}

/** The CNI's rule: interfaces × (addresses − 1) + 2; with prefixes 16 times that, at most 110. */
export function maxPods(type: InstanceType, prefixes: boolean): number {
  const secondary = type.interfaces * (type.addresses - 1);
  return prefixes ? Math.min(110, secondary * 16 + 2) : secondary + 2;
}

/** What the kubelet of the EKS AMI reserves by its bootstrap rule, in millicores. */
function reservedCpu(cores: number): number {
  let reserved = 0;
  for (let core = 1; core <= cores; core++) {
    reserved += core === 1 ? 60 : core === 2 ? 10 : core <= 4 ? 5 : 2.5;
  }
  return reserved;
}

/** Capacity and allocatable of a node of that type, as its status tells them. */
export function capacityOf(
  type: InstanceType,
  pods: number,
): { capacity: Labels; allocatable: Labels } {
  // The kernel and firmware keep about 3 % of what the type's name promises.
  const memoryKi = Math.round(type.memoryGi * 1024 * 1024 * 0.968);
  const common = { 'ephemeral-storage': '83873772Ki', 'hugepages-1Gi': '0', 'hugepages-2Mi': '0' };
  return {
    capacity: { cpu: String(type.cpu), ...common, memory: `${memoryKi}Ki`, pods: String(pods) },
    allocatable: {
      cpu: `${Math.floor(type.cpu * 1000 - reservedCpu(type.cpu))}m`,
      ...common,
      'ephemeral-storage': '76224326324',
      memory: `${memoryKi - (255 + 11 * pods + 100) * 1024}Ki`,
      pods: String(pods),
    },
  };
}

import type { Random } from '../random.ts';
import type { EksCluster, Instance, NetworkInterface, Region, Subnet } from '../region.ts';
import { instanceType } from './instance-types.ts';

/**
 * The VPC of a cluster: addresses of subnets, interfaces of instances, and the VPC CNI, which
 * gives pods secondary addresses of their node's interfaces (or of /28 prefixes on them).
 */
export class Network {
  readonly prefixDelegation: boolean;
  private readonly cluster: EksCluster;
  private readonly random: Random;
  private readonly taken = new Map<string, Set<number>>();
  private readonly podAddresses = new Set<string>();
  /** The addresses of each prefix: they are looked through for every pod that comes. */
  private readonly prefixed = new Map<string, readonly string[]>();

  constructor(cluster: EksCluster, random: Random, prefixDelegation: boolean) {
    this.cluster = cluster;
    this.random = random;
    this.prefixDelegation = prefixDelegation;
    for (const { subnetId, privateIps } of cluster.serviceInterfaces.values()) {
      for (const ip of privateIps) this.takenIn(this.subnet(subnetId)).add(toNumber(ip));
    }
  }

  subnet(id: string): Subnet {
    const subnet = this.cluster.subnets.find((each) => each.id === id);
    if (!subnet) throw new Error(`no subnet ${id}`);
    return subnet;
  }

  /** The primary interface of an instance about to start. */
  primaryInterface(subnet: Subnet, instanceId: string): NetworkInterface {
    return this.createInterface(subnet, instanceId, 0);
  }

  /** The interface of a Fargate pod. */
  fargateInterface(subnet: Subnet): NetworkInterface {
    const created = this.createInterface(subnet, null, 1);
    this.cluster.fargateInterfaces.set(created.id, created);
    return created;
  }

  /** An address for a pod on that instance; undefined when the subnet has none left. */
  assignPodAddress(instance: Instance): string | undefined {
    const type = instanceType(instance.type);
    for (const each of instance.interfaces) {
      const free = this.addressesOf(each).find((ip) => !this.podAddresses.has(ip));
      if (free) return this.take(free);
      const slots = each.privateIps.length + each.prefixes.length;
      if (slots < type.addresses && this.grow(each)) return this.assignPodAddress(instance);
    }
    if (instance.interfaces.length >= type.interfaces) return undefined;
    const subnet = this.subnet(instance.subnetId);
    if (subnet.availableIps < type.addresses) return undefined;
    instance.interfaces.push(this.createInterface(subnet, instance.id, instance.interfaces.length));
    return this.assignPodAddress(instance);
  }

  /** The pod's address goes back to the pool of its interface. */
  releasePodAddress(ip: string): void {
    this.podAddresses.delete(ip);
  }

  /** Gives all addresses of an interface that is gone back to its subnet. */
  dropInterface(gone: NetworkInterface): void {
    const subnet = this.subnet(gone.subnetId);
    const taken = this.takenIn(subnet);
    for (const ip of [...gone.privateIps, ...this.prefixAddresses(gone)]) {
      taken.delete(toNumber(ip));
      this.podAddresses.delete(ip);
      subnet.availableIps++;
    }
    this.cluster.fargateInterfaces.delete(gone.id);
  }

  private take(ip: string): string {
    this.podAddresses.add(ip);
    return ip;
  }

  private addressesOf(each: NetworkInterface): string[] {
    return this.prefixDelegation ? this.prefixAddresses(each) : each.privateIps.slice(1);
  }

  private prefixAddresses({ prefixes }: NetworkInterface): string[] {
    return prefixes.flatMap((prefix) => this.addressesIn(prefix));
  }

  private addressesIn(prefix: string): readonly string[] {
    const known = this.prefixed.get(prefix);
    if (known) return known;
    const first = toNumber(prefix.slice(0, -3));
    const addresses = Array.from({ length: 16 }, (_, i) => toAddress(first + i));
    this.prefixed.set(prefix, addresses);
    return addresses;
  }

  /** Attaches another prefix, or all addresses that the interface can hold, as the CNI warms them. */
  private grow(each: NetworkInterface): boolean {
    const subnet = this.subnet(each.subnetId);
    if (this.prefixDelegation) {
      const prefix = this.allocatePrefix(subnet);
      if (prefix) each.prefixes.push(prefix);
      return prefix !== undefined;
    }
    const instance = this.cluster.instances.get(each.instanceId ?? '');
    const wanted = instance ? instanceType(instance.type).addresses : 1;
    const before = each.privateIps.length;
    while (each.privateIps.length < wanted) {
      const ip = this.allocate(subnet);
      if (!ip) break;
      each.privateIps.push(ip);
    }
    return each.privateIps.length > before;
  }

  private createInterface(
    subnet: Subnet,
    instanceId: string | null,
    deviceIndex: number,
  ): NetworkInterface {
    const primary = this.allocate(subnet);
    if (!primary) throw new Error(`subnet ${subnet.id} has no free address`);
    const id = `eni-0${this.random.hex(16)}`;
    return {
      id,
      subnetId: subnet.id,
      instanceId,
      deviceIndex,
      description: instanceId
        ? deviceIndex === 0
          ? ''
          : `aws-K8S-${instanceId}`
        : `arn:aws:ecs:eu-central-1:fargate:attachment/${this.random.uuid()}`,
      macAddress: `02:${(this.random.hex(10).match(/../g) ?? []).join(':')}`,
      securityGroupIds: [this.cluster.clusterSecurityGroupId],
      privateIps: [primary],
      prefixes: [],
      tags: instanceId
        ? {
            'cluster.k8s.amazonaws.com/name': this.cluster.name,
            'node.k8s.amazonaws.com/instance_id': instanceId,
          }
        : {},
    };
  }

  private allocate(subnet: Subnet): string | undefined {
    if (subnet.availableIps < 1) return undefined;
    const { first, size } = range(subnet.cidr);
    const taken = this.takenIn(subnet);
    // AWS keeps the first four addresses and the last.
    let offset = this.random.int(4, size - 2);
    while (taken.has(first + offset)) offset = offset >= size - 2 ? 4 : offset + 1;
    taken.add(first + offset);
    subnet.availableIps--;
    return toAddress(first + offset);
  }

  private allocatePrefix(subnet: Subnet): string | undefined {
    const { first, size } = range(subnet.cidr);
    const taken = this.takenIn(subnet);
    const blocks = size / 16;
    const start = this.random.int(1, blocks - 2);
    for (let i = 0; i < blocks - 2; i++) {
      const block = first + 16 * (1 + ((start + i) % (blocks - 2)));
      const members = Array.from({ length: 16 }, (_, j) => block + j);
      if (members.some((address) => taken.has(address))) continue;
      for (const address of members) taken.add(address);
      subnet.availableIps -= 16;
      return `${toAddress(block)}/28`;
    }
    return undefined;
  }

  private takenIn(subnet: Subnet): Set<number> {
    const known = this.taken.get(subnet.id);
    if (known) return known;
    const fresh = new Set<number>();
    this.taken.set(subnet.id, fresh);
    return fresh;
  }
}

/** The address in a block at that place, from 0. */
export function addressAt(cidr: string, place: number): string {
  return toAddress(range(cidr).first + place);
}

/** Addresses in a block that AWS lets one use: all but five. */
export function usableAddresses(cidr: string): number {
  return range(cidr).size - 5;
}

/** `ip-10-0-1-2.eu-central-1.compute.internal`. */
export function privateDnsName(region: Pick<Region, 'name'>, ip: string): string {
  return `ip-${ip.replaceAll('.', '-')}.${region.name}.compute.internal`;
}

function range(cidr: string): { first: number; size: number } {
  const [address = '', bits = '32'] = cidr.split('/');
  return { first: toNumber(address), size: 2 ** (32 - Number(bits)) };
}

function toNumber(ip: string): number {
  return ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

function toAddress(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}

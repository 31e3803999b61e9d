import { eksAutoImage, eksImage } from '../catalog/images.ts';
import { type AutoScalingGroup, type Instance, nodeName, type Nodegroup } from '../region.ts';
import { instanceType } from '../world/instance-types.ts';
import { privateDnsName } from '../world/network.ts';
import { conditions, nodeOf } from '../world/node-objects.ts';
import type { Labels, Taint } from '../world/objects.ts';
import { omit } from '../world/omit.ts';
import type { World } from '../world/world.ts';
import { endActivity, noteLaunch, noteTermination } from './scaling-activities.ts';

/** The AMI that a group starts: of its release, or what its launch template names. */
function imageIdOf(
  group: AutoScalingGroup,
  nodegroup: Nodegroup | undefined,
  architecture: Instance['architecture'],
): string {
  if (nodegroup === undefined) return group.launchTemplate?.imageId ?? '';
  return eksImage(architecture, (nodegroup.rolling ?? nodegroup).releaseVersion).id;
}

/** Labels and taints that a self-managed group's bootstrap, or a node pool, gives its nodes. */
export interface GroupTraits {
  readonly labels: Labels;
  readonly taints: readonly Taint[];
}

/** The cluster's EC2 side: instances come, register as nodes, and go. */
export class Fleet {
  readonly world: World;
  /** By Auto Scaling group, for those that no managed node group describes, or by node pool. */
  readonly traits = new Map<string, GroupTraits>();

  /** Instances that are being drained: their groups replace them already. */
  readonly leaving = new Set<string>();

  /** Groups for which EC2 has no instances left: they stay short of what they want. */
  readonly starved = new Set<string>();

  constructor(world: World) {
    this.world = world;
  }

  /** Starts an instance in the zone that has the fewest of the group; its node follows. */
  launch(group: AutoScalingGroup, subnetId = this.emptiest(group)): Instance {
    const { random, cluster } = this.world;
    const id = this.newId();
    const type = random.pick(group.instanceTypes);
    const nodegroup = cluster.nodegroups.find((each) => each.asgName === group.name);
    const instance = this.start({
      ...{ id, type, subnetId, asgName: group.name, nodegroup: nodegroup?.name ?? null },
      lifecycle:
        nodegroup?.capacityType === 'SPOT' || group.launchTemplate?.market === 'spot'
          ? 'spot'
          : 'normal',
      imageId: imageIdOf(group, nodegroup, instanceType(type).architecture),
    });
    group.instanceIds.add(id);
    noteLaunch(this.world, group, instance);
    return instance;
  }

  /** Starts the instance that Auto Mode launches for a node claim. */
  launchFor(
    claim: NonNullable<Instance['claim']>,
    { type, subnetId }: Pick<Instance, 'type' | 'subnetId'>,
  ): Instance {
    const { architecture } = instanceType(type);
    return this.start({
      ...{ id: this.newId(), type, subnetId, asgName: '', nodegroup: null, lifecycle: 'normal' },
      ...{ imageId: eksAutoImage(architecture, this.world.cluster.version).id, claim },
    });
  }

  private newId(): string {
    return `i-0${this.world.random.hex(16)}`;
  }

  private start(
    plan: Pick<
      Instance,
      'id' | 'type' | 'subnetId' | 'asgName' | 'nodegroup' | 'lifecycle' | 'imageId' | 'claim'
    >,
  ): Instance {
    const { random, clock, cluster, network, region } = this.world;
    const subnet = network.subnet(plan.subnetId);
    const primary = network.primaryInterface(subnet, plan.id);
    const privateIp = primary.privateIps[0] ?? '';
    const instance: Instance = {
      ...plan,
      zone: subnet.zone,
      privateIp,
      privateDnsName: privateDnsName(region, privateIp),
      architecture: instanceType(plan.type).architecture,
      state: 'pending',
      launchedAt: clock.date(),
      interfaces: [primary],
    };
    cluster.instances.set(plan.id, instance);
    clock.after(random.between(28_000, 40_000), () => this.register(instance));
    return instance;
  }

  /** Takes an instance away with its node and everything on it. */
  terminate(instance: Instance): void {
    const { store, cluster, network, recorder, clock } = this.world;
    if (instance.state === 'shutting-down' || instance.state === 'terminated') return;
    instance.state = 'shutting-down';
    const group = cluster.autoScalingGroups.find((each) => each.name === instance.asgName);
    group?.instanceIds.delete(instance.id);
    if (group) noteTermination(this.world, group, instance);
    const name = nodeName(instance);
    const node = store.get('nodes', '', name);
    if (node) {
      recorder.record('nodes', node, {
        reason: 'RemovingNode',
        message: `Node ${name} event: Removing Node ${name} from Controller`,
        component: 'node-controller',
      });
      store.remove('nodes', '', name);
      store.remove('leases', 'kube-node-lease', name);
    }
    for (const pod of store.podsOn(name)) {
      store.remove('pods', pod.metadata.namespace ?? '', pod.metadata.name);
    }
    clock.after(20_000, () => {
      instance.state = 'terminated';
      if (group) endActivity(this.world, group, instance);
      for (const each of instance.interfaces) network.dropInterface(each);
      instance.interfaces.length = 0;
    });
    // EC2 shows a terminated instance for about an hour.
    clock.after(3_600_000, () => cluster.instances.delete(instance.id));
  }

  private register(instance: Instance): void {
    const { store, clock, recorder, random, region, cluster, network } = this.world;
    if (instance.state !== 'pending') return;
    instance.state = 'running';
    const group = cluster.autoScalingGroups.find((each) => each.name === instance.asgName);
    if (group) endActivity(this.world, group, instance);
    const traits = this.traits.get(instance.claim?.pool ?? instance.asgName);
    const node = store.create(
      'nodes',
      nodeOf(region, cluster, instance, traits?.labels ?? {}, {
        prefixes: network.prefixDelegation,
        taints: [
          ...(traits?.taints ?? []),
          { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' },
        ],
        stamp: clock.stamp(),
      }),
    );
    const name = node.metadata.name;
    const tell = (reason: string, message: string, component = 'kubelet'): void =>
      recorder.record('nodes', node, {
        reason,
        message,
        component,
        ...(component === 'kubelet' && { host: name }),
      });
    tell('Starting', 'Starting kubelet.');
    tell('NodeHasSufficientMemory', `Node ${name} status is now: NodeHasSufficientMemory`);
    tell('NodeAllocatableEnforced', 'Updated Node Allocatable limit across pods');
    tell('Synced', 'Node synced successfully', 'cloud-node-controller');
    tell(
      'RegisteredNode',
      `Node ${name} event: Registered Node ${name} in Controller`,
      'node-controller',
    );
    clock.after(random.between(9_000, 16_000), () => {
      const latest = store.get('nodes', '', name);
      if (!latest) return;
      const taints = (latest.spec.taints ?? []).filter(
        ({ key }) => key !== 'node.kubernetes.io/not-ready',
      );
      store.update('nodes', {
        ...latest,
        spec: { ...omit(latest.spec, 'taints'), ...(taints.length > 0 && { taints }) },
        status: { ...latest.status, conditions: conditions(true, clock.stamp()) },
      });
      tell('NodeReady', `Node ${name} status is now: NodeReady`);
    });
  }

  private emptiest(group: AutoScalingGroup): string {
    const { cluster, random } = this.world;
    const used = new Map<string, number>(group.subnetIds.map((id) => [id, 0]));
    for (const id of group.instanceIds) {
      const subnet = cluster.instances.get(id)?.subnetId ?? '';
      used.set(subnet, (used.get(subnet) ?? 0) + 1);
    }
    const fewest = Math.min(...used.values());
    return random.pick([...used].filter(([, count]) => count === fewest).map(([id]) => id));
  }
}

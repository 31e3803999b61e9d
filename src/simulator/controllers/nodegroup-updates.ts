import type { AutoScalingGroup, EksUpdate, Instance, Nodegroup } from '../region.ts';
import { conditionOf, type Taint } from '../world/objects.ts';
import { omit } from '../world/omit.ts';
import { retire } from './autoscaling-groups.ts';
import { cordon, drain, uncordon } from './drain.ts';
import type { Fleet } from './fleet.ts';

/** How long EKS tries to evict the pods of a node before it gives up (ms). */
const DRAIN_MS = 15 * 60_000;
/** How long it waits for new nodes to join (ms). */
const JOIN_MS = 15 * 60_000;
/** How long a node without pods stays, so that load balancers forget it (ms; EKS: a minute). */
const EMPTY_MS = 20_000;
const ROUND_MS = 5_000;

/** What EKS marks nodes with that are to be replaced. */
const TAINT: Taint = {
  key: 'eks.amazonaws.com/nodegroup',
  value: 'unschedulable',
  effect: 'NoSchedule',
};

/**
 * Replaces the nodes of groups whose version is updated, as EKS does: more nodes come first, old
 * ones are tainted and drained, as many at a time as the group allows, then cordoned and ended, and
 * what is too many goes at the end. A budget that keeps a pod for a quarter of an hour makes the
 * update fail, unless it was forced.
 *
 * @param since when it begins to look (ms)
 */
export function startNodegroupUpdates(fleet: Fleet, since: number): void {
  const { cluster, clock } = fleet.world;
  const rollouts = new Map<EksUpdate, Rollout>();
  const round = (): void => {
    for (const group of cluster.nodegroups) {
      const update = group.updates.at(-1);
      if (update?.type !== 'VersionUpdate' || update.status !== 'InProgress') continue;
      const asg = cluster.autoScalingGroups.find(({ name }) => name === group.asgName);
      if (asg === undefined) continue;
      const rollout = rollouts.get(update) ?? new Rollout(fleet, group, asg, update);
      rollouts.set(update, rollout);
      rollout.step();
      if (rollout.isOver) rollouts.delete(update);
    }
  };
  clock.every(ROUND_MS, round, Math.max(ROUND_MS, since - clock.now()));
}

/** One update of a group, from the first node that comes to the last that goes. */
class Rollout {
  readonly #fleet: Fleet;
  readonly #group: Nodegroup;
  readonly #asg: AutoScalingGroup;
  readonly #update: EksUpdate;
  /** Instances that are to go. */
  readonly #old: ReadonlySet<string>;
  readonly #draining = new Set<string>();
  /** Nodes beyond what is wanted. */
  readonly #surge: number;
  #phase: 'grow' | 'replace' | 'shrink' = 'grow';
  /** When it last got further with new nodes. */
  #since: number;

  constructor(fleet: Fleet, group: Nodegroup, asg: AutoScalingGroup, update: EksUpdate) {
    this.#fleet = fleet;
    this.#group = group;
    this.#asg = asg;
    this.#update = update;
    this.#old = new Set(asg.instanceIds);
    // EKS: up to twice the number of zones, or what may be missing at a time.
    this.#surge = this.#old.size === 0 ? 0 : Math.max(asg.zones.length, group.maxUnavailable);
    this.#since = fleet.world.clock.now();
    asg.desired += this.#surge;
  }

  get isOver(): boolean {
    return this.#update.status !== 'InProgress';
  }

  step(): void {
    if (this.#phase === 'grow') this.#grow();
    else if (this.#phase === 'replace') this.#replace();
    else this.#shrink();
  }

  #grow(): void {
    const joined = this.#newOnes().filter((each) => this.#isReady(each)).length;
    if (joined < this.#surge) {
      this.#waitForNodes();
      return;
    }
    this.#phase = 'replace';
    for (const each of this.#instances()) if (this.#old.has(each.id)) this.#taint(each, true);
  }

  #waitForNodes(): void {
    if (this.#fleet.world.clock.now() - this.#since < JOIN_MS) return;
    this.#fail(
      'NodeCreationFailure',
      `Couldn't proceed with upgrade process as new nodes are not joining node group ${this.#group.name}`,
      [this.#asg.name],
    );
  }

  #replace(): void {
    const left = this.#instances().filter(({ id }) => this.#old.has(id));
    if (left.length === 0) {
      this.#phase = 'shrink';
      this.#asg.desired -= this.#surge;
      return;
    }
    // The next goes when the one in its place has come.
    if (this.#instances().length < this.#asg.desired || !this.#newOnes().every(this.#isReady)) {
      this.#waitForNodes();
      return;
    }
    this.#since = this.#fleet.world.clock.now();
    for (const instance of left) {
      if (this.#draining.size >= this.#group.maxUnavailable) return;
      if (!this.#draining.has(instance.id)) this.#drain(instance);
    }
  }

  #drain(instance: Instance): void {
    const { world } = this.#fleet;
    this.#draining.add(instance.id);
    drain(world, instance.privateDnsName, DRAIN_MS, (left) => {
      if (this.isOver) return;
      if (left > 0 && this.#update.force !== true) {
        this.#fail(
          'PodEvictionFailure',
          `Reached max retries while trying to evict pods from nodes in node group ${this.#group.name}`,
          [instance.privateDnsName],
        );
        return;
      }
      cordon(world, instance.privateDnsName);
      world.clock.after(EMPTY_MS, () => {
        this.#draining.delete(instance.id);
        this.#fleet.terminate(instance);
      });
    });
  }

  #taint({ privateDnsName }: Instance, marked: boolean): void {
    const { store } = this.#fleet.world;
    const node = store.get('nodes', '', privateDnsName);
    if (!node) return;
    const others = (node.spec.taints ?? []).filter(({ key }) => key !== TAINT.key);
    const taints = marked ? [...others, TAINT] : others;
    store.update('nodes', {
      ...node,
      spec: { ...omit(node.spec, 'taints'), ...(taints.length > 0 && { taints }) },
    });
  }

  #shrink(): void {
    if (this.#asg.instanceIds.size > this.#asg.desired) return;
    const { rolling } = this.#group;
    if (rolling !== null) Object.assign(this.#group, rolling);
    this.#end('Successful');
  }

  /** What came is taken back, and what was cordoned opened again. */
  #fail(errorCode: string, errorMessage: string, resourceIds: readonly string[]): void {
    this.#update.errors = [{ errorCode, errorMessage, resourceIds }];
    this.#asg.desired -= this.#surge;
    const surplus = this.#instances().length - this.#asg.desired;
    for (const instance of this.#newOnes().slice(0, Math.max(0, surplus)))
      retire(this.#fleet, instance);
    for (const each of this.#instances()) {
      this.#taint(each, false);
      if (this.#draining.has(each.id)) uncordon(this.#fleet.world, each.privateDnsName);
    }
    this.#end('Failed');
  }

  #end(status: 'Successful' | 'Failed'): void {
    const group = this.#group;
    this.#update.status = status;
    group.rolling = null;
    group.modifiedAt = this.#fleet.world.clock.date();
    group.status = group.healthIssues.length > 0 ? 'DEGRADED' : 'ACTIVE';
  }

  #instances(): readonly Instance[] {
    const { cluster } = this.#fleet.world;
    return [...this.#asg.instanceIds].flatMap((id) => cluster.instances.get(id) ?? []);
  }

  #newOnes(): readonly Instance[] {
    return this.#instances().filter(({ id }) => !this.#old.has(id));
  }

  readonly #isReady = ({ privateDnsName }: Instance): boolean => {
    const node = this.#fleet.world.store.get('nodes', '', privateDnsName);
    return conditionOf(node?.status.conditions, 'Ready')?.status === 'True';
  };
}

/** EKS Auto Mode launches nodes for pods that no node takes, and replaces those that have drifted. */
import { BUILT_IN, plantClaim } from '../catalog/auto-pools.ts';
import { eksAutoImage } from '../catalog/images.ts';
import { type Instance, nodeName } from '../region.ts';
import { instanceType } from '../world/instance-types.ts';
import { nodeOf } from '../world/node-objects.ts';
import { conditionOf, controllerOf, type KubeNode, type Pod } from '../world/objects.ts';
import { requestOf } from '../world/quantity.ts';
import { claimsOf } from './claims.ts';
import type { Fleet } from './fleet.ts';
import { Ledger, pinnedNode, refusal } from './placement.ts';

const CLAIMS = 'nodeclaims.karpenter.sh';
const COMPONENT = 'eks-auto-mode/compute';
/** How long pods are gathered before nodes are launched for them together (ms; Karpenter: up to 10 s). */
const BATCH_MS = 10_000;
/** How long a pod is left to the node that was launched for it, once that is there (ms). */
const SETTLE_MS = 60_000;
/** The share of the nodes of a pool that may be replaced at once, at least one: its budget. */
const BUDGET = 0.1;

/** A node that is to come, with what is meant for it. */
interface Planned {
  readonly pool: string;
  readonly type: string;
  readonly node: KubeNode;
  readonly ledger: Ledger;
  /** What it is launched for in this round. */
  pods: Pod[];
  /** The claim that launches it; empty before there is one. */
  claim: string;
}

/**
 * Launches nodes and replaces them, in a cluster whose Auto Mode is on.
 * @param since when it begins to look (ms): what was launched before is planted
 */
export function startAutoProvisioning(fleet: Fleet, since: number): void {
  const { world } = fleet;
  if (world.cluster.autoMode === undefined) return;
  const provisioner = new Provisioner(fleet);
  const round = (): void => {
    provisioner.provide();
    provisioner.replace();
  };
  world.clock.every(BATCH_MS, round, Math.max(BATCH_MS, since - world.clock.now()));
}

class Provisioner {
  readonly #fleet: Fleet;
  /** Nodes that are launched and not there yet: they have room for pods that come meanwhile. */
  #coming: readonly Planned[] = [];
  /** By the uid of a pod: until when a node that was launched for it is waited for. */
  readonly #meant = new Map<string, number>();
  /** By the name of a claim that has drifted: the claim that comes in its place. */
  readonly #successors = new Map<string, string>();

  constructor(fleet: Fleet) {
    this.#fleet = fleet;
  }

  /** Launches nodes for the pods that wait, as few as take them all. */
  provide(): void {
    const { world } = this.#fleet;
    const { store, clock, recorder } = world;
    const planned = this.#coming.filter(
      ({ claim }) => store.get(CLAIMS, '', claim) !== undefined && !this.#isReady(claim),
    );
    for (const pod of store.values('pods')) {
      if (!isWaiting(pod) || (this.#meant.get(pod.metadata.uid) ?? 0) > clock.now()) continue;
      const taken = planned.find(({ node, ledger }) => refusal(pod, node, ledger).length === 0);
      const place = taken ?? this.#plan(pod);
      if (place === undefined) continue;
      if (taken === undefined) planned.push(place);
      place.ledger.take(place.node.metadata.name, pod, 1);
      place.pods.push(pod);
    }
    for (const each of planned) {
      const { pool, type, pods } = each;
      if (each.claim === '') each.claim = plantClaim(world, pool, type, sumOf(pods));
      for (const pod of pods) {
        this.#meant.set(pod.metadata.uid, clock.now() + SETTLE_MS);
        const message = `Pod should schedule on: nodeclaim/${each.claim}`;
        recorder.record('pods', pod, { reason: 'Nominated', message, component: COMPONENT });
      }
      each.pods = [];
    }
    this.#coming = planned;
  }

  /** A node of the first pool, and in it the first type, that would take a pod. */
  #plan(pod: Pod): Planned | undefined {
    for (const pool of this.#fleet.world.cluster.autoMode?.nodePools ?? [])
      for (const type of BUILT_IN[pool]?.types ?? []) {
        const node = this.#nodeOf(pool, type);
        const ledger = new Ledger();
        for (const each of this.#daemons()) ledger.take(node.metadata.name, each, 1);
        if (refusal(pod, node, ledger).length === 0)
          return { pool, type, node, ledger, pods: [], claim: '' };
      }
    return undefined;
  }

  /** The node that a type becomes in a pool, before there is one. */
  #nodeOf(pool: string, type: string): KubeNode {
    const { region, cluster, clock } = this.#fleet.world;
    const traits = this.#fleet.traits.get(pool);
    const [zone] = region.zones;
    const { architecture } = instanceType(type);
    const instance: Instance = {
      ...{ id: 'i-0', type, subnetId: '', asgName: '', nodegroup: null, lifecycle: 'normal' },
      ...{ imageId: '', claim: { name: '', pool, nodeClass: 'default' }, architecture },
      zone: zone ?? { name: '', id: '' },
      ...{ privateIp: '', privateDnsName: '', state: 'pending', launchedAt: 0, interfaces: [] },
    };
    const options = { prefixes: true, taints: traits?.taints ?? [], stamp: clock.stamp() };
    return nodeOf(region, cluster, instance, traits?.labels ?? {}, options) as KubeNode;
  }

  /** What the daemon sets have on a node of Auto Mode: room that no other pod has. */
  #daemons(): readonly Pod[] {
    const { store } = this.#fleet.world;
    const [some] = this.#instances();
    if (some === undefined) return [];
    return store.podsOn(nodeName(some)).filter((pod) => controllerOf(pod)?.kind === 'DaemonSet');
  }

  /** Those that claims launched, and that run. */
  #instances(): readonly Instance[] {
    return [...this.#fleet.world.cluster.instances.values()].filter(
      ({ claim, state }) => claim !== undefined && state === 'running',
    );
  }

  /** Has nodes whose image is not that of the cluster's version give way to new ones, a few at a time. */
  replace(): void {
    const { store } = this.#fleet.world;
    const [instances, { version }] = [this.#instances(), this.#fleet.world.cluster];
    for (const [drifted, successor] of this.#successors) {
      if (!this.#isReady(successor)) continue;
      this.#successors.delete(drifted);
      store.remove(CLAIMS, '', drifted);
    }
    for (const instance of instances) {
      const { claim, type, architecture, imageId } = instance;
      if (claim === undefined || imageId === eksAutoImage(architecture, version).id) continue;
      if (store.get(CLAIMS, '', claim.name) === undefined) continue;
      this.#tellDrifted(claim.name);
      const ofPool = instances.filter((each) => each.claim?.pool === claim.pool);
      const leaving = ofPool.filter((each) => this.#successors.has(each.claim?.name ?? '')).length;
      const isMine = this.#successors.has(claim.name);
      if (isMine || leaving >= Math.max(1, Math.floor(BUDGET * ofPool.length))) continue;
      const pods = store.podsOn(nodeName(instance));
      this.#successors.set(
        claim.name,
        plantClaim(this.#fleet.world, claim.pool, type, sumOf(pods)),
      );
    }
  }

  #isReady(name: string): boolean {
    const claim = this.#fleet.world.store.get(CLAIMS, '', name);
    const conditions = (claim?.status as { conditions?: never } | undefined)?.conditions;
    return conditionOf(conditions, 'Ready')?.status === 'True';
  }

  #tellDrifted(name: string): void {
    const { store, clock } = this.#fleet.world;
    const claim = store.get(CLAIMS, '', name);
    const { conditions = [] } = (claim?.status ?? {}) as { conditions?: readonly Drifted[] };
    if (claim === undefined || conditions.some(({ type }) => type === 'Drifted')) return;
    const drifted: Drifted = {
      ...{ type: 'Drifted', status: 'True', reason: 'AMIDrift', message: 'AMIDrift' },
      ...{ observedGeneration: 1, lastTransitionTime: clock.stamp() },
    };
    store.update(CLAIMS, {
      ...claim,
      status: { ...claim.status, conditions: [...conditions, drifted] },
    });
  }
}

/** A condition as claims have it. */
interface Drifted {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
  readonly observedGeneration: number;
  readonly lastTransitionTime: string;
}

/** No node took it. One with volumes of its own waits for a node of the driver that it has them by. */
const isWaiting = (pod: Pod): boolean =>
  !pod.spec.nodeName &&
  pod.metadata.deletionTimestamp === undefined &&
  pod.status.conditions?.[0]?.reason === 'Unschedulable' &&
  pinnedNode(pod) === undefined &&
  claimsOf(pod).length === 0;

function sumOf(pods: readonly Pod[]): {
  readonly cpu: number;
  readonly memory: number;
  readonly pods: number;
} {
  const requests = pods.map(({ spec }) => requestOf(spec));
  return {
    cpu: requests.reduce((sum, { cpu }) => sum + cpu, 0),
    memory: requests.reduce((sum, { memory }) => sum + memory, 0),
    pods: pods.length,
  };
}

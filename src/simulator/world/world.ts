import type { SimulatedClock } from '../clock.ts';
import type { Random } from '../random.ts';
import type { EksCluster, Region } from '../region.ts';
import { Network } from './network.ts';
import type { KubeObject, Pod } from './objects.ts';
import { PLAIN } from './profile.ts';
import type { Profile } from './profile.ts';
import { EventRecorder } from './recorder.ts';
import { ObjectStore } from './store.ts';

export interface WorldOptions {
  readonly region: Region;
  readonly cluster: EksCluster;
  readonly clock: SimulatedClock;
  readonly random: Random;
  readonly prefixDelegation?: boolean;
}

/** One cluster with all that its controllers share. */
export class World {
  readonly region: Region;
  readonly cluster: EksCluster;
  readonly clock: SimulatedClock;
  readonly random: Random;
  readonly store: ObjectStore;
  readonly recorder: EventRecorder;
  readonly network: Network;
  /** By `namespace/app`. */
  readonly profiles = new Map<string, Profile>();

  constructor({ region, cluster, clock, random, prefixDelegation = false }: WorldOptions) {
    this.region = region;
    this.cluster = cluster;
    this.clock = clock;
    this.random = random;
    this.store = new ObjectStore(clock, random.fork('store'));
    this.recorder = new EventRecorder(this.store);
    this.network = new Network(cluster, random.fork('network'), prefixDelegation);
  }

  profileOf(pod: Pod): Profile {
    return this.profiles.get(appOf(pod)) ?? PLAIN;
  }
}

/** `namespace/app` by the recommended label: which profile an object follows. */
export function appOf(object: KubeObject): string {
  const { namespace = '', labels } = object.metadata;
  return `${namespace}/${labels?.['app.kubernetes.io/name'] ?? ''}`;
}

import { stampOf } from '../clock.ts';
import type { AutoScalingGroup } from '../region.ts';
import type { Fleet } from '../controllers/fleet.ts';
import { withDefaults } from '../world/defaults.ts';
import type { World } from '../world/world.ts';
import { plantAccess } from './access.ts';
import type { App } from './app.ts';
import { plantCertificates } from './certificates.ts';
import { plantApp } from './objects.ts';
import { plantNetwork } from './network.ts';
import { plantWebhooks } from './webhooks.ts';
import { plantRoles } from './roles.ts';
import { plantLooseServices, plantService } from './services.ts';
import { plantStorage } from './storage.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** When the instances of a group were started, in hours before the present. */
export interface GroupHistory {
  readonly group: AutoScalingGroup;
  readonly count: number;
  /** The first generation's age in hours. */
  readonly age: number;
  /** Spot: most instances were replaced once, this many hours ago at most. */
  readonly replacedWithin?: number;
}

/**
 * Puts a cluster's past on its clock: groups start, apps are released, Spot instances come and go.
 * Running the clock to the present makes it so.
 */
export function plantCluster(
  fleet: Fleet,
  apps: readonly App[],
  groups: readonly GroupHistory[],
): void {
  const { world } = fleet;
  const { clock } = world;
  const present = clock.epoch;
  const at = (hoursAgo: number, fn: () => void): void =>
    void clock.after(present - hoursAgo * HOUR - clock.now(), fn);
  plantNamespaces(world, new Set(apps.map(({ namespace }) => namespace)));
  plantRoles(world);
  plantAccess(world, apps);
  plantLooseServices(world, world.cluster.createdAt);
  plantStorage(world, world.cluster.createdAt + 5 * DAY);
  plantCertificates(world, world.cluster.createdAt + 5 * DAY);
  plantNetwork(world, world.cluster.createdAt);
  plantWebhooks(world, world.cluster.createdAt);
  for (const each of apps) plantService(world, each, world.cluster.createdAt + 5 * DAY);
  for (const { group, count, age, replacedWithin } of groups) {
    for (let i = 0; i < count; i++) {
      at(age - i * 0.0005, () => {
        const instance = fleet.launch(group);
        if (replacedWithin === undefined || world.random.chance(0.4)) return;
        const gone = inWaves(world.random.between(0.15, 1), count) * replacedWithin;
        at(gone, () => fleet.terminate(instance));
        at(gone - 0.02, () => fleet.launch(group));
      });
    }
  }
  // No pod is older than its node: what was released before the nodes came started with them.
  const oldest = Math.min(...groups.map(({ age }) => age)) - 1;
  for (const each of apps) {
    const age = Math.min(each.age, oldest - world.random.between(0, 3));
    const created = world.cluster.createdAt + world.random.between(1, 20) * DAY;
    at(age, () => plantApp(world, each, created));
  }
}

/** Of many Spot instances several go at a time, as they do when a capacity pool runs dry. */
const inWaves = (share: number, count: number): number =>
  count <= 50 ? share : Math.ceil(share * 24) / 24;

function plantNamespaces(world: World, used: ReadonlySet<string>): void {
  const createdAt = world.cluster.createdAt;
  for (const name of new Set([
    'default',
    'kube-public',
    'kube-node-lease',
    'kube-system',
    ...used,
  ])) {
    const system = name.startsWith('kube-') || name === 'default';
    const creationTimestamp = stampOf(createdAt + (system ? 0 : 2 * HOUR));
    const namespace = withDefaults('namespaces', {
      metadata: {
        name,
        uid: '',
        resourceVersion: '',
        labels: {
          'kubernetes.io/metadata.name': name,
          ...(!system && { 'pod-security.kubernetes.io/enforce': 'baseline', team: name }),
        },
        creationTimestamp,
      },
    });
    world.store.create('namespaces', namespace);
  }
}

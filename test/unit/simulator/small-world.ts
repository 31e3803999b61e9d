import { addCluster, addNodegroup, emptyRegion } from '../../../src/simulator/catalog/region.ts';
import { SimulatedClock } from '../../../src/simulator/clock.ts';
import type { Fleet } from '../../../src/simulator/controllers/fleet.ts';
import { startControllers } from '../../../src/simulator/controllers/index.ts';
import { Random } from '../../../src/simulator/random.ts';
import type { AutoScalingGroup } from '../../../src/simulator/region.ts';
import { withDefaults } from '../../../src/simulator/world/defaults.ts';
import type { Resource } from '../../../src/simulator/world/kinds.ts';
import { PLAIN } from '../../../src/simulator/world/profile.ts';
import type { Behaviour } from '../../../src/simulator/world/profile.ts';
import { World } from '../../../src/simulator/world/world.ts';
import type { Pod } from '../../../src/simulator/world/objects.ts';

export const NOW = Date.parse('2026-11-24T06:00:00Z');

export interface SmallWorld {
  readonly world: World;
  readonly fleet: Fleet;
  readonly clock: SimulatedClock;
  readonly group: AutoScalingGroup;
  /** Lets so many simulated seconds pass. */
  run(seconds: number): void;
  /** Creates an object in namespace `shop`, completed by the API's defaults. */
  add(resource: Resource, name: string, spec: object, extra?: object): void;
  pods(): Pod[];
  /** Messages of the events with that reason. */
  told(reason: string): string[];
}

/**
 * A cluster of a few nodes (4 cores and 16 GiB each) and nothing on it.
 * @param ago how long (ms) before the present it stands: what lies more than an hour back is the far past
 */
export function smallWorld({ nodes = 3, seed = 7, ago = 0 } = {}): SmallWorld {
  const clock = new SimulatedClock(NOW - ago, NOW, 1);
  const region = emptyRegion();
  const cluster = addCluster(
    region,
    {
      name: 'small',
      version: '1.35',
      platformVersion: 'eks.1',
      ageDays: 30,
      network: 9,
      subnetBits: 22,
      supportType: 'STANDARD',
      tags: {},
    },
    NOW,
  );
  const group = addNodegroup(
    region,
    cluster,
    {
      name: 'workers',
      capacityType: 'ON_DEMAND',
      instanceTypes: ['m6i.xlarge'],
      scaling: { min: 0, max: 10, desired: nodes },
      labels: {},
      ageDays: 20,
    },
    NOW,
  );
  const world = new World({ region, cluster, clock, random: new Random(seed) });
  const fleet = startControllers(world, NOW);
  world.store.create('namespaces', { metadata: { name: 'shop' } });
  for (let i = 0; i < nodes; i++) fleet.launch(group);
  clock.advance(60_000);
  return {
    world,
    fleet,
    clock,
    group,
    run: (seconds) => clock.advance(seconds * 1000),
    add: (resource, name, spec, extra = {}) => {
      const object = {
        metadata: {
          name,
          namespace: 'shop',
          uid: '',
          resourceVersion: '',
          creationTimestamp: clock.stamp(),
        },
        ...(Object.keys(spec).length > 0 && { spec }),
        ...extra,
      };
      world.store.create(resource, withDefaults(resource, object));
    },
    pods: () => world.store.list('pods', 'shop'),
    told: (reason) =>
      world.store
        .list('events')
        .filter((event) => event.reason === reason)
        .map((event) => event.message),
  };
}

/** The spec of a workload whose pods are called `name` and ask for `cpu`. */
export function workload(
  name: string,
  replicas: number,
  {
    cpu = '100m',
    image = 'shop/web:1',
    ...pod
  }: { cpu?: string; image?: string; [more: string]: unknown } = {},
): object {
  const labels = { 'app.kubernetes.io/name': name };
  return {
    replicas,
    selector: { matchLabels: labels },
    template: {
      metadata: { labels },
      spec: {
        containers: [
          {
            name: 'web',
            image,
            ports: [{ name: 'http', containerPort: 8080 }],
            resources: { requests: { cpu, memory: '128Mi' } },
            readinessProbe: { httpGet: { path: '/', port: 'http' } },
          },
        ],
        ...pod,
      },
    },
  };
}

/** Makes the app `name` behave in its own way. */
export function behave({ world }: SmallWorld, name: string, behaviour: Partial<Behaviour>): void {
  world.profiles.set(`shop/${name}`, {
    ...PLAIN,
    behaviour: { ...PLAIN.behaviour, ...behaviour },
  });
}

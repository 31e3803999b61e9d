import { containerUsage, nodeUsage } from '../world/load.ts';
import type { KubeNode, Pod } from '../world/objects.ts';
import { kibibytes, nanoCores } from '../world/quantity.ts';
import { parseLabelSelector } from '../world/selectors.ts';
import type { World } from '../world/world.ts';
import { sendJson } from './request.ts';
import type { ApiRequest, Target } from './request.ts';
import { notFound, unknownPath } from './status.ts';

/** metrics-server scrapes this often (ms); what is younger than one scrape has no figures yet. */
const SCRAPE_INTERVAL = 15_000;

/** Answers `metrics.k8s.io/v1beta1`: what metrics-server has scraped. */
export function metrics(world: World, target: Target, request: ApiRequest): void {
  const { nodes, pods } = lastScrape(world);
  if (target.resource === 'nodes') answer(target, request, 'Node', nodes);
  else if (target.resource === 'pods') {
    const { namespace } = target;
    const there = pods.filter(
      ({ metadata }) =>
        (namespace === '' || metadata.namespace === namespace) &&
        world.store.get('pods', metadata.namespace ?? '', metadata.name),
    );
    answer(target, request, 'Pod', there);
  } else throw unknownPath();
}

interface Scrape {
  /** Which one since the beginning of time. */
  readonly number: number;
  readonly nodes: readonly Item[];
  readonly pods: readonly Item[];
}

const scrapes = new WeakMap<World, Scrape>();

/** Figures stand until the next scrape: whoever asks in between is told the same. */
function lastScrape(world: World): Scrape {
  const number = Math.floor(world.clock.now() / SCRAPE_INTERVAL);
  const known = scrapes.get(world);
  if (known?.number === number) return known;
  const scrape = { number, nodes: nodes(world), pods: pods(world) };
  scrapes.set(world, scrape);
  return scrape;
}

interface Item {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
}

function answer(target: Target, request: ApiRequest, kind: string, items: readonly Item[]): void {
  const apiVersion = 'metrics.k8s.io/v1beta1';
  if (target.name) {
    const found = items.find((item) => item.metadata.name === target.name);
    if (!found) throw notFound({ plural: target.resource, group: target.group }, target.name);
    sendJson(request.response, 200, { kind: `${kind}Metrics`, apiVersion, ...found });
    return;
  }
  const matches = parseLabelSelector(request.query.get('labelSelector') ?? '');
  sendJson(request.response, 200, {
    kind: `${kind}MetricsList`,
    apiVersion,
    metadata: {},
    items: items.filter((item) => matches(item.metadata.labels)),
  });
}

function times(world: World): { timestamp: string; window: string } {
  return { timestamp: world.clock.stamp(), window: '15.04s' };
}

function nodes(world: World): Item[] {
  return world.store.list('nodes').map((node: KubeNode) => {
    const { cpu, memory } = nodeUsage(world, node);
    return {
      metadata: meta(world, node),
      ...times(world),
      usage: { cpu: nanoCores(cpu), memory: kibibytes(memory) },
    };
  });
}

function pods(world: World): Item[] {
  const now = world.clock.date();
  return world.store.list('pods').flatMap((pod: Pod) => {
    const started = pod.status.containerStatuses?.filter(
      (each) =>
        each.state.running && now - Date.parse(each.state.running.startedAt) > SCRAPE_INTERVAL,
    );
    if (pod.status.phase !== 'Running' || !started?.length) return [];
    return [
      {
        metadata: meta(world, pod),
        ...times(world),
        containers: pod.spec.containers
          .filter(({ name }) => started.some((each) => each.name === name))
          .map((container) => {
            const { cpu, memory } = containerUsage(world, pod, container);
            return {
              name: container.name,
              usage: { cpu: nanoCores(cpu), memory: kibibytes(memory) },
            };
          }),
      },
    ];
  });
}

function meta(world: World, { metadata }: Pod | KubeNode): Item['metadata'] {
  return {
    name: metadata.name,
    ...(metadata.namespace && { namespace: metadata.namespace }),
    creationTimestamp: world.clock.stamp(),
    ...(metadata.labels && { labels: metadata.labels }),
  } as Item['metadata'];
}

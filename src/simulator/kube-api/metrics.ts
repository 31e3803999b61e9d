import { containerUsage, nodeUsage } from '../world/load.ts';
import { findKind } from '../world/kinds.ts';
import type { KubeNode, Pod } from '../world/objects.ts';
import { kibibytes, nanoCores } from '../world/quantity.ts';
import { parseLabelSelector } from '../world/selectors.ts';
import { stampOf } from '../clock.ts';
import type { World } from '../world/world.ts';
import { sendJson } from './request.ts';
import type { ApiRequest, Target } from './request.ts';
import { notFound, unknownPath } from './status.ts';

/** metrics-server scrapes this often (ms); what is younger than one scrape has no figures yet. */
const SCRAPE = 15_000;

/** Answers `metrics.k8s.io/v1beta1`: what metrics-server would have scraped. */
export function metrics(world: World, target: Target, request: ApiRequest): void {
  if (target.resource === 'nodes') answer(target, request, 'Node', nodes(world));
  else if (target.resource === 'pods')
    answer(target, request, 'Pod', pods(world, target.namespace));
  else throw unknownPath();
}

interface Item {
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
}

function answer(target: Target, request: ApiRequest, kind: string, items: readonly Item[]): void {
  const apiVersion = 'metrics.k8s.io/v1beta1';
  if (target.name) {
    const found = items.find((item) => item.metadata.name === target.name);
    const resource = findKind('', 'v1', target.resource);
    if (!found)
      throw notFound(
        { ...(resource ?? { resource: 'pods' }), group: 'metrics.k8s.io' },
        target.name,
      );
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
  const now = world.clock.date();
  return { timestamp: stampOf(now - (now % SCRAPE)), window: '15.04s' };
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

function pods(world: World, namespace: string): Item[] {
  const now = world.clock.date();
  return world.store.list('pods', namespace).flatMap((pod: Pod) => {
    const started = pod.status.containerStatuses?.filter(
      (each) => each.state.running && now - Date.parse(each.state.running.startedAt) > SCRAPE,
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
    creationTimestamp: stampOf(world.clock.date()),
    ...(metadata.labels && { labels: metadata.labels }),
  } as Item['metadata'];
}

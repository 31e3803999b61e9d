/** What a pod asks of the pods beside it, and of its host: which of them is in the way. */
import { at, object, objects, text, texts, type Json } from '../../../core/json.ts';
import { shortNode } from '../../node-name.ts';
import type { NodeRow, PodRow } from '../../rows.ts';
import { selecting, selectorText } from '../../selector.ts';
import { hasEnded } from '../../workload-pods.ts';
import { shortZone } from '../../zones.ts';
import type { Evidence, World } from '../finding.ts';
import type { SchedulerReason } from './scheduler-says.ts';

/** How many pods or domains are named where there are many. */
const NAMED = 4;

/** What its spec says about each of the reasons that depend on other pods. */
export function neighbours(
  pod: PodRow,
  whole: Json,
  reasons: readonly SchedulerReason[],
  world: World,
): readonly Evidence[] {
  const spec = object(whole['spec']);
  return reasons.flatMap(({ kind }) => {
    switch (kind) {
      case 'ports':
        return hostPorts(spec);
      case 'podAntiAffinity':
        return terms(spec, 'podAntiAffinity').map((term) => apart(pod, term, world));
      case 'podAffinity':
        return terms(spec, 'podAffinity').map((term) => ({
          source: 'pod affinity',
          text: `only on a ${text(term['topologyKey'])} that has pods ${selectorOf(term)}`,
        }));
      case 'spread':
        return objects(spec['topologySpreadConstraints'])
          .filter((each) => text(each['whenUnsatisfiable']) !== 'ScheduleAnyway')
          .map((each) => spread(pod, each, world));
      default:
        return [];
    }
  });
}

const terms = (spec: Json, kind: string): readonly Json[] =>
  objects(at(spec, 'affinity', kind, 'requiredDuringSchedulingIgnoredDuringExecution'));

function selectorOf(term: Json): string {
  const selector = object(term['labelSelector']);
  const matchLabels = Object.fromEntries(
    Object.entries(object(selector['matchLabels'])).map(([key, value]) => [key, text(value)]),
  );
  const matchExpressions = objects(selector['matchExpressions']).map((each) => ({
    key: text(each['key']),
    // As selectors are written: `In` and the like.
    operator: text(each['operator']),
    values: texts(each['values']),
  }));
  return selectorText({ matchLabels, matchExpressions });
}

function hostPorts(spec: Json): readonly Evidence[] {
  const ports = objects(spec['containers'])
    .flatMap((container) => objects(container['ports']))
    .map((port) => text(port['hostPort']))
    .filter((port) => port !== '' && port !== '0');
  return ports.length === 0
    ? []
    : [{ source: 'host ports', text: `it asks for port ${ports.join(', ')} of its node` }];
}

/** The pods of a selector that are on nodes, where they are looked for by default: beside it. */
function others(pod: PodRow, selector: string, world: World): readonly PodRow[] {
  const takes = selecting(selector);
  return world
    .rows('pods')
    .filter(
      (each) =>
        each.namespace === pod.namespace &&
        each.node !== '' &&
        !hasEnded(each) &&
        takes(each.labels),
    );
}

function apart(pod: PodRow, term: Json, world: World): Evidence {
  const selector = selectorOf(term);
  const asked = `on no ${text(term['topologyKey'])} with pods ${selector || 'of any kind'}`;
  const elsewhere = term['namespaces'] !== undefined || term['namespaceSelector'] !== undefined;
  // Of other namespaces, and of none that is known: what it asks for is said alone.
  if (elsewhere || world.unread('pods', pod.namespace) !== '') {
    return { source: 'pod anti-affinity', text: asked };
  }
  const there = others(pod, selector, world);
  const named = there.slice(0, NAMED).map(({ name, node }) => `${name} on ${shortNode(node)}`);
  const more = there.length - named.length;
  const list =
    named.length === 0 ? '' : `: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return { source: 'pod anti-affinity', text: `${asked}${list}` };
}

/** How the pods of a constraint are spread now. */
function spread(pod: PodRow, constraint: Json, world: World): Evidence {
  const key = text(constraint['topologyKey']);
  const selector = selectorOf(constraint);
  const asked = `over ${key} within ${text(constraint['maxSkew']) || '1'}, of pods ${selector}`;
  if (world.unread('pods', pod.namespace) !== '' || world.unread('nodes', '') !== '') {
    return { source: 'topology spread', text: asked };
  }
  const nodes = new Map(world.rows('nodes').map((node) => [node.name, node]));
  const domainOf = (node: NodeRow | undefined): string => node?.labels[key] ?? '';
  const counts = new Map<string, number>();
  for (const node of nodes.values()) {
    if (domainOf(node) !== '') counts.set(domainOf(node), 0);
  }
  for (const each of others(pod, selector, world)) {
    const domain = domainOf(nodes.get(each.node));
    if (domain !== '') counts.set(domain, (counts.get(domain) ?? 0) + 1);
  }
  const shown = [...counts].sort((a, b) => a[1] - b[1]).slice(0, NAMED);
  const list = shown.map(([domain, count]) => `${shortZone(domain)} ${count}`).join(', ');
  const more = counts.size > NAMED ? ', …' : '';
  return {
    source: 'topology spread',
    text: `${asked}${list === '' ? '' : `; now ${list}${more}`}`,
  };
}

/** What a pod asks of the pods beside it, and of its host: which of them is in the way. */
import { at, object, objects, text, texts, type Json } from '../../../core/json.ts';
import type { Work } from '../../../core/work.ts';
import { shortNode } from '../../node-name.ts';
import type { PodRow } from '../../rows.ts';
import { selecting, selectorText } from '../../selector.ts';
import { hasEnded } from '../../workload-pods.ts';
import { shortZone } from '../../zones.ts';
import type { Evidence, World } from '../finding.ts';
import { claimedDevices } from './devices.ts';
import type { SchedulerReason } from './scheduler-says.ts';

/** How many pods or domains are named where there are many. */
const NAMED = 4;

/** What its spec says about each of the reasons that depend on other pods. */
export function* neighbours(
  pod: PodRow,
  whole: Json,
  reasons: readonly SchedulerReason[],
  world: World,
): Work<readonly Evidence[]> {
  const spec = object(whole['spec']);
  const told: Evidence[] = [];
  for (const { kind } of reasons) {
    if (kind === 'devices') told.push(...claimedDevices(pod, whole, world));
    if (kind === 'ports') told.push(...hostPorts(spec));
    if (kind === 'podAntiAffinity') {
      for (const term of terms(spec, 'podAntiAffinity')) told.push(yield* apart(pod, term, world));
    }
    if (kind === 'podAffinity') {
      for (const term of terms(spec, 'podAffinity')) {
        const where = `only on a ${text(term['topologyKey'])} that has pods ${selectorOf(term)}`;
        told.push({ source: 'pod affinity', text: where });
      }
    }
    if (kind === 'spread') {
      for (const each of objects(spec['topologySpreadConstraints'])) {
        if (text(each['whenUnsatisfiable']) === 'ScheduleAnyway') continue;
        told.push(yield* spread(pod, each, world));
      }
    }
  }
  return told;
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

/** Visits the pods of a selector that are on nodes, where they are looked for by default: beside it. */
function eachOther(
  pod: PodRow,
  selector: string,
  world: World,
  visit: (other: PodRow) => void,
): Work<void> {
  const takes = selecting(selector);
  return world.each('pods', (each) => {
    const isBeside = each.namespace === pod.namespace && each.node !== '' && !hasEnded(each);
    if (isBeside && takes(each.labels)) visit(each);
  });
}

function* apart(pod: PodRow, term: Json, world: World): Work<Evidence> {
  const selector = selectorOf(term);
  const asked = `on no ${text(term['topologyKey'])} with pods ${selector || 'of any kind'}`;
  const elsewhere = term['namespaces'] !== undefined || term['namespaceSelector'] !== undefined;
  // Of other namespaces, and of none that is known: what it asks for is said alone.
  if (elsewhere || world.unread('pods', pod.namespace) !== '') {
    return { source: 'pod anti-affinity', text: asked };
  }
  const named: string[] = [];
  let more = 0;
  yield* eachOther(pod, selector, world, ({ name, node }) => {
    if (named.length < NAMED) named.push(`${name} on ${shortNode(node)}`);
    else more++;
  });
  const list =
    named.length === 0 ? '' : `: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return { source: 'pod anti-affinity', text: `${asked}${list}` };
}

/** How the pods of a constraint are spread now. */
function* spread(pod: PodRow, constraint: Json, world: World): Work<Evidence> {
  const key = text(constraint['topologyKey']);
  const selector = selectorOf(constraint);
  const asked = `over ${key} within ${text(constraint['maxSkew']) || '1'}, of pods ${selector}`;
  if (world.unread('pods', pod.namespace) !== '' || world.unread('nodes', '') !== '') {
    return { source: 'topology spread', text: asked };
  }
  const domains = new Map<string, string>();
  const counts = new Map<string, number>();
  yield* world.each('nodes', ({ name, labels }) => {
    const domain = labels[key] ?? '';
    if (domain === '') return;
    domains.set(name, domain);
    counts.set(domain, 0);
  });
  yield* eachOther(pod, selector, world, ({ node }) => {
    const domain = domains.get(node);
    if (domain !== undefined) counts.set(domain, (counts.get(domain) ?? 0) + 1);
  });
  if (counts.size === 0)
    return { source: 'topology spread', text: `${asked}; no node has the label ${key}` };
  const shown = [...counts].sort((a, b) => a[1] - b[1]).slice(0, NAMED);
  const list = shown.map(([domain, count]) => `${shortZone(domain)} ${count}`).join(', ');
  const more = counts.size > NAMED ? ', …' : '';
  // With fewer domains than that the least of them counts as empty.
  const least = Number(text(constraint['minDomains'])) || 0;
  const few = counts.size < least ? `, which are fewer than its minDomains ${least}` : '';
  return { source: 'topology spread', text: `${asked}; now ${list}${more}${few}` };
}

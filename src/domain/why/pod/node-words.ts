/** What keeps nodes from taking a pod, in words: a clause for each reason, the nodes as evidence. */
import { shortNode } from '../../node-name.ts';
import type { NodeRow } from '../../rows.ts';
import { shortZone } from '../../zones.ts';
import type { Evidence } from '../finding.ts';
import { amountText, distance, figure, shortageText, type Verdict } from './node-verdict.ts';
import type { SchedulerReason } from './scheduler-says.ts';

/** How many nodes are named where there are many. */
const NAMED = 4;

/** What is looked at node by node; of the others it is only known how many nodes they keep away. */
export const LOOKED_AT: ReadonlySet<string> = new Set([
  'cordoned',
  'taint',
  'selector',
  'volume',
  'cpu',
  'memory',
  'pods',
]);

/** Those that cannot be told where it is not known what runs on the nodes. */
export const DEPENDS_ON_LOAD: ReadonlySet<string> = new Set(['cpu', 'memory', 'pods', 'volume']);

/** What reasons of the scheduler and verdicts are counted by. */
export const keyOf = ({ kind, resource }: Pick<SchedulerReason, 'kind' | 'resource'>): string =>
  kind === 'resource' ? resource : kind;

export const keysOf = ({ kind, shortages }: Verdict): readonly string[] =>
  kind === 'resource' ? shortages.map(({ resource }) => resource) : [kind];

/** Reasons of one kind as one: older schedulers count each taint by itself. */
export function merged(reasons: readonly SchedulerReason[]): readonly SchedulerReason[] {
  const byKey = new Map<string, SchedulerReason>();
  for (const reason of reasons) {
    const key = reason.kind === 'other' ? reason.text : keyOf(reason);
    const before = byKey.get(key);
    byKey.set(
      key,
      before === undefined ? reason : { ...before, count: before.count + reason.count },
    );
  }
  return [...byKey.values()].sort((a, b) => b.count - a.count);
}

const are = (count: number): string => (count === 1 ? 'is' : 'are');
const have = (count: number): string => (count === 1 ? 'has' : 'have');

/** What one reason keeps away, with what of the nodes decides it. */
export function clauseOf(reason: SchedulerReason, verdicts: readonly Verdict[]): string {
  const { count } = reason;
  const of = verdicts.filter((verdict) => keysOf(verdict).includes(keyOf(reason)));
  const shown = detailsText(of);
  switch (reason.kind) {
    case 'cordoned':
      return `${count} ${are(count)} cordoned`;
    case 'taint':
      return `${count} ${have(count)} a taint that it does not tolerate (${shown})`;
    case 'selector':
      return `${count} ${count === 1 ? 'does' : 'do'} not match its ${shown}`;
    case 'volume':
      return `${count} ${are(count)} not where its volume is (${shown})`;
    case 'resource':
      if (of.length > 0) return resourceClause(reason, of);
      break;
    default:
  }
  // What is not looked at node by node, in the scheduler's words.
  return `${count} ${plainReason(reason)}`;
}

/** `didn't match pod anti-affinity rules`, of nodes that are named or counted before. */
const plainReason = ({ text }: SchedulerReason): string => text.replace(/^node\(s\) /, '');

/** What it is by name, the most frequent first, each with its number where there are several. */
function detailsText(of: readonly Verdict[]): string {
  const counts = new Map<string, number>();
  for (const { detail } of of) {
    if (detail !== '') counts.set(detail, (counts.get(detail) ?? 0) + 1);
  }
  const details = [...counts].sort((a, b) => b[1] - a[1]);
  const words = details
    .slice(0, 3)
    .map(([detail, count]) => (details.length === 1 ? detail : `${detail}: ${count}`));
  return details.length > 3 ? `${words.join(', ')} and others` : words.join(', ');
}

function resourceClause({ resource, count }: SchedulerReason, of: readonly Verdict[]): string {
  if (resource === 'pods') return `${count} ${have(count)} as many pods as they may`;
  const name = resource === 'cpu' ? 'CPU' : resource;
  const none = of.filter(({ shortages }) =>
    shortages.some((each) => each.resource === resource && each.offered === 0),
  );
  if (of.length < count) return `${count} lack ${name}, of which ${none.length} offer none`;
  if (none.length === count) return `${count} ${count === 1 ? 'offers' : 'offer'} no ${name}`;
  const [nearest] = byDistance(of);
  const short = nearest?.shortages.find((each) => each.resource === resource);
  if (nearest === undefined || short === undefined) return `${count} lack ${name}`;
  const missing = `${figure(resource, short.asked - short.free)} missing`;
  const place = shortNode(nearest.node.name);
  return `${count} ${count === 1 ? 'lacks' : 'lack'} ${name} (${count === 1 ? '' : 'nearest '}${place}: ${missing})`;
}

/** The nodes, those alike together, nearest first. */
export function nodeEvidence(
  verdicts: readonly Verdict[],
  reasons: readonly SchedulerReason[],
): readonly Evidence[] {
  const short = byDistance(verdicts.filter(({ kind }) => kind === 'resource'));
  const rest = verdicts.filter(({ kind }) => kind !== 'resource');
  const others = untold(verdicts, reasons);
  const groups = Map.groupBy(rest, (verdict) => groupWords(verdict, others));
  return [
    ...short.slice(0, NAMED).map(({ node, shortages }) => ({
      source: `node ${shortNode(node.name)}`,
      text: `${placeOf(node)}${shortages.map(shortageText).join(', ')}`,
    })),
    ...(short.length > NAMED
      ? [{ source: `${short.length - NAMED} more nodes`, text: 'lack more than these' }]
      : []),
    ...[...groups].map(([words, of]) => ({ source: nodesText(of), text: words })),
  ];
}

const placeOf = ({ zone, instanceType }: NodeRow): string => {
  const words = [instanceType, shortZone(zone)].filter((each) => each !== '');
  return words.length === 0 ? '' : `${words.join(' ')}: `;
};

/** Those that lack least first. */
function byDistance(verdicts: readonly Verdict[]): readonly Verdict[] {
  return verdicts
    .map((verdict) => ({ verdict, far: distance(verdict) }))
    .sort((a, b) => a.far - b.far)
    .map(({ verdict }) => verdict);
}

/** The reasons that are not told of as many nodes as the scheduler counts. */
function untold(verdicts: readonly Verdict[], reasons: readonly SchedulerReason[]): string {
  const counts = new Map<string, number>();
  for (const key of verdicts.flatMap(keysOf)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return reasons
    .filter((reason) => (counts.get(keyOf(reason)) ?? 0) < reason.count)
    .map(plainReason)
    .join(', or ');
}

/** @param others what may keep a node away that is open as far as it is looked at */
function groupWords({ kind, detail }: Verdict, others: string): string {
  if (kind === 'cordoned') return 'cordoned';
  if (kind === 'taint') return `taint ${detail} is not tolerated`;
  if (kind === 'selector') return `not what its ${detail} asks for`;
  if (kind === 'volume') return `not where its volume is: ${detail}`;
  return others;
}

function nodesText(of: readonly Verdict[]): string {
  const names = of.slice(0, NAMED).map(({ node }) => shortNode(node.name));
  const more = of.length - names.length;
  const word = of.length === 1 ? 'node' : 'nodes';
  return `${word} ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** What could be done, by the reason that keeps most nodes away first. */
export function nextSteps(
  reasons: readonly SchedulerReason[],
  verdicts: readonly Verdict[],
): readonly string[] {
  return reasons.flatMap((reason) => {
    const of = verdicts.filter((verdict) => keysOf(verdict).includes(keyOf(reason)));
    switch (reason.kind) {
      case 'taint':
        return [
          of.every(({ node }) => node.compute === 'fargate')
            ? 'see whether a Fargate profile selects it: such nodes are made for one pod each, when it is made'
            : 'tolerate the taint where it may run there, or add nodes without it',
        ];
      case 'cordoned':
        return ['uncordon the nodes that need not stay closed'];
      case 'selector':
        return ['mend the selector, or label or add nodes that it means'];
      case 'volume':
        return ['add room in the zone of its volume: it cannot be used elsewhere'];
      case 'resource':
        return [resourceStep(reason.resource, of)];
      default:
        return [];
    }
  });
}

function resourceStep(resource: string, of: readonly Verdict[]): string {
  const sizes = of.flatMap(({ shortages }) => shortages.filter((s) => s.resource === resource));
  const [first] = sizes;
  if (first === undefined) return `add nodes that offer ${resource}`;
  if (resource === 'pods') return 'add nodes, or let these take more pods';
  const asked = amountText(resource, first.asked);
  const largest = Math.max(...sizes.map(({ offered }) => offered));
  return first.asked > largest
    ? `ask for less than ${asked}, or add larger nodes: these offer at most ${amountText(resource, largest)}`
    : `ask for less than ${asked}, free some, or add a node`;
}

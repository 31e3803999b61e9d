/** What keeps nodes from taking a pod, in words: a clause for each reason, the nodes as evidence. */
import { shortNode } from '../../node-name.ts';
import type { NodeRow } from '../../rows.ts';
import { shortZone } from '../../zones.ts';
import { named, type Evidence } from '../finding.ts';
import { keyOf, type Kept, type NodeTally } from './node-tally.ts';
import { amountText, figure, shortageText, type Verdict } from './node-verdict.ts';
import type { SchedulerReason } from './scheduler-says.ts';

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

/** Of what is looked at, that which is no resource. */
const KINDS = ['cordoned', 'taint', 'selector', 'volume'] as const;

/** What keeps the nodes away by our own count, the most frequent first. */
export function tallyText(tally: NodeTally): string {
  const open = tally.count('open');
  const clauses = [...tally.keys]
    .filter((key) => key !== 'open')
    .map((key): SchedulerReason => {
      const kind = KINDS.find((each) => each === key) ?? 'resource';
      const resource = kind === 'resource' ? key : '';
      return { kind, resource, count: tally.count(key), text: '' };
    })
    .sort((a, b) => b.count - a.count)
    .map((reason) => clauseOf(reason, tally));
  const rest = `${open} ${open === 1 ? 'is' : 'are'} open to it, as far as that is looked at`;
  return [...clauses, ...(open > 0 ? [rest] : [])].join(', ') || 'there is none';
}

const are = (count: number): string => (count === 1 ? 'is' : 'are');
const have = (count: number): string => (count === 1 ? 'has' : 'have');

/** What one reason keeps away, with what of the nodes decides it. */
export function clauseOf(reason: SchedulerReason, tally: NodeTally): string {
  const { count } = reason;
  const kept = tally.kept(keyOf(reason));
  const shown = kept === null ? '' : detailsText(kept);
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
      if (kept !== null) return resourceClause(reason, kept);
      break;
    case 'devices':
      return `${count} cannot give it all devices that it claims`;
    default:
  }
  // What is not looked at node by node, in the scheduler's words.
  return `${count} ${plainReason(reason)}`;
}

/** `didn't match pod anti-affinity rules`, of nodes that are named or counted before. */
const plainReason = ({ text }: SchedulerReason): string => text.replace(/^node\(s\) /, '');

/** What it is by name, the most frequent first, each with its number where there are several. */
function detailsText(kept: Kept): string {
  const details = [...kept.details].sort((a, b) => b[1] - a[1]);
  const words = details
    .slice(0, 3)
    .map(([detail, count]) => (details.length === 1 ? detail : `${detail}: ${count}`));
  return details.length > 3 ? `${words.join(', ')} and others` : words.join(', ');
}

function resourceClause({ resource, count }: SchedulerReason, kept: Kept): string {
  if (resource === 'pods') return `${count} ${have(count)} as many pods as they may`;
  const name = resource === 'cpu' ? 'CPU' : resource;
  if (kept.count < count) return `${count} lack ${name}, of which ${kept.none} offer none`;
  if (kept.none === count) return `${count} ${count === 1 ? 'offers' : 'offer'} no ${name}`;
  const { nearest } = kept;
  const short = nearest?.shortages.find((each) => each.resource === resource);
  if (nearest === null || short === undefined) return `${count} lack ${name}`;
  const missing = `${figure(resource, short.asked - short.free)} missing`;
  const place = shortNode(nearest.node.name);
  return `${count} ${count === 1 ? 'lacks' : 'lack'} ${name} (${count === 1 ? '' : 'nearest '}${place}: ${missing})`;
}

/** The nodes that these reasons keep away, those alike together, nearest first. */
export function nodeEvidence(
  tally: NodeTally,
  reasons: readonly SchedulerReason[],
): readonly Evidence[] {
  const others = untold(tally, reasons);
  const { short, nearest } = tally;
  return [
    ...nearest.map(({ node, shortages }) => ({
      source: `node ${shortNode(node.name)}`,
      text: `${placeOf(node)}${shortages.map(shortageText).join(', ')}`,
      about: named('Node', node),
    })),
    ...(short > nearest.length
      ? [{ source: `${short - nearest.length} more nodes`, text: 'lack as much or more' }]
      : []),
    ...[...tally.alike]
      .filter(({ kind }) => kind === 'open' || reasons.some((reason) => keyOf(reason) === kind))
      .map(({ kind, detail, nodes, count }) => ({
        source: nodesText(nodes, count),
        text: groupWords(kind, detail, others),
        ...(nodes[0] === undefined ? {} : { about: named('Node', nodes[0]) }),
      })),
  ];
}

const placeOf = ({ zone, instanceType }: NodeRow): string => {
  const words = [instanceType, shortZone(zone)].filter((each) => each !== '');
  return words.length === 0 ? '' : `${words.join(' ')}: `;
};

/** The reasons that are not told of as many nodes as the scheduler counts. */
const untold = (tally: NodeTally, reasons: readonly SchedulerReason[]): string =>
  reasons
    .filter((reason) => tally.count(keyOf(reason)) < reason.count)
    .map(plainReason)
    .join(', or ');

/** @param others what may keep a node away that is open as far as it is looked at */
function groupWords(kind: Verdict['kind'], detail: string, others: string): string {
  if (kind === 'cordoned') return 'cordoned';
  if (kind === 'taint') return `taint ${detail} is not tolerated`;
  if (kind === 'selector') return `not what its ${detail} asks for`;
  if (kind === 'volume') return `not where its volume is: ${detail}`;
  return others;
}

/** @param nodes the first of so many */
function nodesText(nodes: readonly NodeRow[], count: number): string {
  const names = nodes.map(({ name }) => shortNode(name));
  const more = count - names.length;
  const word = count === 1 ? 'node' : 'nodes';
  return `${word} ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

export const SELECTOR_STEP = 'mend the selector, or label or add nodes that it means';

/** What could be done, by the reason that keeps most nodes away first. */
export function nextSteps(
  reasons: readonly SchedulerReason[],
  tally: NodeTally,
): readonly string[] {
  return reasons.flatMap((reason) => {
    const kept = tally.kept(keyOf(reason));
    switch (reason.kind) {
      case 'taint':
        return kept === null || kept.isFargate
          ? [
              'see whether a Fargate profile selects it: such nodes are made for one pod each, when it is made',
            ]
          : taintSteps(kept);
      case 'cordoned':
        return ['uncordon the nodes that need not stay closed'];
      case 'selector':
        return [SELECTOR_STEP];
      case 'volume':
        return ['add room in the zone of its volume: it cannot be used elsewhere'];
      case 'resource':
        return [resourceStep(reason.resource, kept)];
      case 'devices':
        return [
          'end what has such devices, or add nodes that offer them: resource slices (:resourceslices) tell what there is',
        ];
      default:
        return [];
    }
  });
}

/** Taints that say how a node is, which no pod should tolerate, and what is to be done then. */
const STATES: readonly (readonly [taint: RegExp, step: string])[] = [
  [
    /^node\.kubernetes\.io\/unreachable:/,
    'see to the nodes that do not answer: nothing is heard of their kubelets',
  ],
  [/^node\.kubernetes\.io\/not-ready:/, 'see why nodes are not ready (enter on the node, W)'],
  [
    /^node\.kubernetes\.io\/(?:memory|disk|pid)-pressure:/,
    'make room on the nodes that are under pressure, or add others',
  ],
  [
    /^(?:node\.kubernetes\.io\/network-unavailable|node\.cloudprovider\.kubernetes\.io\/uninitialized|karpenter\.sh\/unregistered|[^:=]*\/agent-not-ready)[:=]/,
    'wait for nodes that are being set up; where it lasts see to the agent that should take the taint away',
  ],
  [
    /^(?:karpenter\.sh\/disrupt(?:ed|ion)|ToBeDeletedByClusterAutoscaler|node\.kubernetes\.io\/out-of-service)[:=]/,
    'nodes that are about to leave take nothing new: add others, or wait for those that follow them',
  ],
];

/** What could be done about taints, of each kind once. */
function taintSteps({ details }: Kept): readonly string[] {
  const steps = [...details].map(
    ([taint]) =>
      STATES.find(([state]) => state.test(taint))?.[1] ??
      'tolerate the taint where it may run there, or add nodes without it',
  );
  return [...new Set(steps)];
}

function resourceStep(resource: string, kept: Kept | null): string {
  const short = kept?.nearest?.shortages.find((each) => each.resource === resource);
  if (kept === null || short === undefined) return `add nodes that offer ${resource}`;
  if (resource === 'pods') return 'add nodes, or let these take more pods';
  if (kept.largest === 0 && resource.startsWith('hugepages-')) {
    return `add nodes that set ${resource} aside when they start, in their user data`;
  }
  if (kept.largest === 0) {
    return `add nodes that offer ${resource}, or see to what should offer it on those that there are: a device plugin`;
  }
  const asked = amountText(resource, short.asked);
  return short.asked > kept.largest
    ? `ask for less than ${asked}, or add larger nodes: these offer at most ${amountText(resource, kept.largest)}`
    : `ask for less than ${asked}, free some, or add a node`;
}

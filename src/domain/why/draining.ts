/** What is left on a node that was closed to new pods, and which budgets hold it there. */
import type { Work } from '../../core/work.ts';
import { goingTaint } from '../node-going.ts';
import type { NodeRow, PodRow } from '../rows.ts';
import { heldBy, type PdbRow } from '../tables/pdbs.ts';
import { hasEnded } from '../workload-pods.ts';
import {
  answerOf,
  eventsOf,
  finding,
  fromEvent,
  named,
  rowsWhere,
  type Answer,
  type Evidence,
  type World,
} from './finding.ts';
import { whyPdb } from './pdb.ts';

/** How many pods of a budget, and how many budgets, are named. */
const NAMED = 3;

/** What Karpenter says of a node that it would take away, and cannot. */
const HELD_UP = new Set(['DisruptionBlocked', 'FailedDraining', 'DisruptionTerminating']);

export function* draining(node: NodeRow, world: World): Work<Answer> {
  const closed = closedBy(node);
  if (closed === null) return null;
  const unread: string[] = [];
  for (const [table, what] of [
    ['pods', 'pods on it'],
    ['pdbs', 'disruption budgets'],
  ] as const) {
    const unknown = world.unread(table, '');
    if (unknown !== '') unread.push(`${what}: ${unknown}`);
  }
  const all = yield* rowsWhere(
    world,
    'pods',
    (pod) => pod.node === node.name && !hasEnded(pod) && isDrained(pod),
  );
  // What is being deleted nothing holds any more.
  const left = all.filter(({ deleting }) => deleting === 0);
  const ending = all.length - left.length;
  const full = yield* rowsWhere(world, 'pdbs', ({ allowed, counted }) => counted && allowed === 0);
  const holds = full
    .map((pdb) => ({ pdb, pods: left.filter(heldBy(pdb)) }))
    .filter(({ pods }) => pods.length > 0);
  const words = eventsOf('Node', node, world, unread).filter(({ reason }) => HELD_UP.has(reason));
  const { is } = closed;
  const leaving: readonly Evidence[] =
    ending === 0
      ? []
      : [
          {
            source: 'pods on it',
            text: `${ending} more ${ending === 1 ? 'is' : 'are'} being terminated`,
          },
        ];
  const evidence = [closed.evidence, ...leaving, ...words.slice(0, 2).map(fromEvent)];
  if (left.length === 0) {
    const rest =
      ending === 0
        ? 'pods of the node itself'
        : `${ending === 1 ? '1 pod that is' : `${ending} pods that are`} ending`;
    const none = unread.length === 0 ? `; nothing is left on it but ${rest}` : '';
    return finding('said', `${is}${none}`, {
      evidence,
      next: closed.next('let it go'),
      unread,
    });
  }
  const count = left.length === 1 ? '1 pod is' : `${left.length} pods are`;
  const [first] = holds;
  if (first === undefined) {
    return finding(
      'said',
      `${is}; ${count} left on it, and no budget holds ${left.length === 1 ? 'it' : 'them'}`,
      {
        evidence,
        next: closed.next('drain it'),
        unread,
      },
    );
  }
  const told: Evidence[] = [];
  const next: string[] = [];
  for (const { pdb, pods } of holds.slice(0, NAMED)) {
    const why = yield* answerOf(whyPdb(pdb, world));
    told.push({
      source: `pdb ${pdb.name}`,
      text: `${namesOf(pods)}: ${why?.sentence ?? 'none of its pods may go'}`,
      about: named('PodDisruptionBudget', pdb),
    });
    next.push(...(why?.next.slice(0, 1).map((step) => `${pdb.name}: ${step}`) ?? []));
  }
  const held = new Set(holds.flatMap(({ pods }) => pods)).size;
  const which = left.length === 1 ? 'which' : `of which ${held}`;
  return finding('deduced', `${is}; ${count} left on it, ${which} ${holdWords(holds)}`, {
    evidence: [...told, ...evidence],
    next,
    unread,
  });
}

/** Why no new pod comes to a node. */
interface Closed {
  readonly is: string;
  readonly evidence: Evidence;
  /** What can be done, given what there is to do with its pods. */
  readonly next: (drain: string) => readonly string[];
}

/** Closed by hand, by what takes it away (Karpenter taints its nodes, and never cordons), or deleted. */
function closedBy(node: NodeRow): Closed | null {
  if (node.cordoned) {
    const { by = '', at = 0 } = node.cordonedBy ?? {};
    return {
      is: `it is cordoned${by === '' ? '' : ` by ${by}`}, so no new pod comes to it`,
      evidence: {
        source: 'spec.unschedulable',
        text: by === '' ? 'true' : `true, by ${by}`,
        ...(at > 0 ? { at } : {}),
      },
      next: (drain) => [`${drain}, or uncordon it`],
    };
  }
  const next = (): readonly string[] => [];
  const going = goingTaint(node);
  if (going !== null) {
    const is = `it is to go (${going.cause}), so no new pod comes to it`;
    return { is, evidence: { source: 'taint', text: going.taint }, next };
  }
  if (node.deleting === 0) return null;
  const evidence = { source: 'metadata', text: 'deletion asked for', at: node.deleting };
  return { is: 'its deletion was asked for', evidence, next };
}

/** A drain leaves what belongs to the node: pods of daemon sets, and those of its kubelet. */
const isDrained = ({ ownerKind }: PodRow): boolean =>
  ownerKind !== 'DaemonSet' && ownerKind !== 'Node';

function holdWords(holds: readonly { readonly pdb: PdbRow }[]): string {
  const names = holds.slice(0, NAMED).map(({ pdb }) => pdb.name);
  const more = holds.length > NAMED ? ` and ${holds.length - NAMED} more` : '';
  const budgets = `${holds.length === 1 ? 'budget' : 'budgets'} ${names.join(', ')}${more}`;
  return `cannot be evicted now for ${budgets}`;
}

function namesOf(pods: readonly PodRow[]): string {
  const shown = pods.slice(0, NAMED).map(({ name }) => name);
  return `${shown.join(', ')}${pods.length > NAMED ? ` and ${pods.length - NAMED} more` : ''}`;
}

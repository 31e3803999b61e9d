/** A pod that no node takes: the scheduler's word, told node by node where the rows say the same. */
import type { Work } from '../../../core/work.ts';
import { shortNode } from '../../node-name.ts';
import { claimNamesOf } from '../../pod-claims.ts';
import type { PodRow } from '../../rows.ts';
import { eventsOf, finding, valueOf, type Answer, type Evidence, type World } from '../finding.ts';
import { autoscaling, withClaim } from './autoscaling.ts';
import { withStatus } from './cluster-autoscaler.ts';
import { nodeNeeds, noneMatches, type NodeNeeds } from './needs.ts';
import { neighbours } from './neighbours.ts';
import { keyOf, NodeTally } from './node-tally.ts';
import { verdictOf, type Applicant } from './node-verdict.ts';
import {
  clauseOf,
  DEPENDS_ON_LOAD,
  LOOKED_AT,
  merged,
  nextSteps,
  nodeEvidence,
  SELECTOR_STEP,
  tallyText,
} from './node-words.ts';
import { schedulerWord, type SchedulerReason, type SchedulerWord } from './scheduler-says.ts';

export function* unschedulable(pod: PodRow, world: World): Work<Answer> {
  if (pod.phase !== 'Pending' || pod.node !== '') return null;
  // The row follows the scheduler at once.
  const message = pod.cause;
  const given = schedulerWord(message);
  if (given === null || given.reasons.length === 0) return null;
  const unread: string[] = [];
  const whole = valueOf(world.object('pods', pod.namespace, pod.name), 'the pod itself', unread);
  const needs = whole === null ? null : nodeNeeds(whole);
  const word = needs !== null && needs.names !== null ? byName(given) : given;
  const said: Evidence = { source: 'condition PodScheduled', text: message, at: pod.causeAt };
  const events = eventsOf('Pod', pod, world, unread);
  const scaling = withStatus(withClaim(autoscaling(events), world), world);
  const rest = {
    unread,
    next: scaling.next,
  };
  const suffix = scaling.clause === '' ? '' : `; ${scaling.clause}`;
  const beside = whole === null ? [] : yield* neighbours(pod, whole, merged(word.reasons), world);
  const tally = needs === null ? null : yield* nodesNow(pod, needs, word, world, unread);
  if (tally === null || !agree(word, tally)) {
    const reasons = word.reasons.map(({ count, text: words }) => `${count} ${words}`).join(', ');
    const sentence = `the scheduler finds no node for it among ${word.nodes}: ${reasons}${suffix}`;
    return finding('said', sentence, {
      ...rest,
      evidence: [said, ...(tally === null ? [] : differing(tally)), ...beside, ...scaling.evidence],
    });
  }
  const misfit = needs?.names === null ? ofNoNode(tally) : '';
  if (misfit !== '') {
    return finding('deduced', `${misfit}${suffix}`, {
      ...rest,
      evidence: [...nodeEvidence(tally, merged(word.reasons)), said, ...scaling.evidence],
      next: [SELECTOR_STEP, ...scaling.next],
    });
  }
  const { lead, reasons } = onItsNodes(merged(word.reasons), needs?.names ?? null);
  const clauses = reasons.map((reason) => clauseOf(reason, tally));
  return finding('deduced', `${lead}: ${clauses.join(', ')}${suffix}`, {
    ...rest,
    evidence: [...nodeEvidence(tally, reasons), ...beside, said, ...scaling.evidence],
    next: [...nextSteps(reasons, tally), ...scaling.next],
  });
}

/**
 * That no node at all is as its selector and affinity ask for: the scheduler counts of each node what
 * it comes to first, and of many that is a taint. Empty: some are.
 */
function ofNoNode({ nodes, meant, misfits }: NodeTally): string {
  return nodes === 0 || meant > 0 ? '' : `no node takes it: ${noneMatches(nodes, misfits.keys())}`;
}

/**
 * Schedulers before 1.30 say of nodes which they did not look at no more than that: of a pod that is for
 * nodes by name these are all others.
 */
const byName = (word: SchedulerWord): SchedulerWord => ({
  ...word,
  reasons: word.reasons.map((reason) =>
    reason.text.startsWith('node is filtered out by the prefilter result')
      ? { ...reason, kind: 'selector' }
      : reason,
  ),
});

/** Where it is for nodes by name, what keeps it from all others says nothing. */
function onItsNodes(
  reasons: readonly SchedulerReason[],
  names: readonly string[] | null,
): { readonly lead: string; readonly reasons: readonly SchedulerReason[] } {
  const [first = '', another] = names ?? [];
  const own = reasons.filter(({ kind }) => kind !== 'selector');
  if (first === '' || own.length === 0) return { lead: 'no node takes it', reasons };
  const where = another === undefined ? `node ${shortNode(first)}` : 'nodes that it names';
  return { lead: `it is for ${where} alone, which cannot take it`, reasons: own };
}

/**
 * Nodes come and go after the scheduler has looked: where they do not come to its very numbers its
 * words alone are the reason, and what keeps them away now is told beside it.
 */
const differing = (tally: NodeTally): readonly Evidence[] => [
  { source: 'the nodes as they are now', text: tallyText(tally) },
];

/** What keeps each node away by now; null where that is not known. */
function* nodesNow(
  row: PodRow,
  needs: NodeNeeds,
  word: SchedulerWord,
  world: World,
  unread: string[],
): Work<NodeTally | null> {
  const missing = world.unread('nodes', '');
  if (missing !== '') {
    unread.push(`nodes: ${missing}`);
    return null;
  }
  const applicant: Applicant = {
    row,
    needs,
    volumeZones: volumeZones(row, word, world, unread),
  };
  const tally = new NodeTally();
  yield* world.each('nodes', (node) => {
    tally.add(verdictOf(applicant, node));
  });
  if (!tally.isLoadKnown) {
    unread.push(`what runs on the nodes: ${world.unread('pods', '') || 'not counted yet'}`);
  }
  return tally;
}

/** Claims that are bound to volumes of a zone; asked for only where volumes are the matter. */
function volumeZones(
  pod: PodRow,
  { reasons }: SchedulerWord,
  world: World,
  unread: string[],
): Applicant['volumeZones'] {
  const { namespace } = pod;
  const claims = claimNamesOf(pod);
  if (claims.length === 0 || !reasons.some(({ kind }) => kind === 'volume')) return [];
  const missing =
    world.unread('persistentvolumeclaims', namespace) || world.unread('persistentvolumes', '');
  if (missing !== '') unread.push(`its volumes: ${missing}`);
  return claims.flatMap((claim) => {
    const bound = world.named('persistentvolumeclaims', namespace, claim)?.volume ?? '';
    const volume = bound === '' ? null : world.named('persistentvolumes', '', bound);
    const zones = volume?.zones ?? [];
    return zones.length === 0 ? [] : [{ claim, zones }];
  });
}

/**
 * Whether both count alike. What is not looked at keeps nodes away that are open as far as we see:
 * one reason each, but that a node may lack several resources.
 */
function agree(word: SchedulerWord, tally: NodeTally): boolean {
  const { isLoadKnown } = tally;
  if (tally.nodes !== word.nodes) return false;
  const looked = (key: string): boolean =>
    LOOKED_AT.has(key) && (isLoadKnown || !DEPENDS_ON_LOAD.has(key));
  const ours = sums([...tally.keys].map((key) => [key, tally.count(key)]));
  const theirs = sums(word.reasons.map((reason) => [keyOf(reason), reason.count]));
  const rest = (of: ReadonlyMap<string, number>): number =>
    [...of].reduce((sum, [key, count]) => sum + (looked(key) ? 0 : count), 0);
  const [open, unlooked] = [rest(ours), rest(theirs)];
  if (isLoadKnown ? open !== unlooked : open > unlooked || (open === 0 && unlooked > 0))
    return false;
  return [...new Set([...ours.keys(), ...theirs.keys()])].every(
    (key) => !looked(key) || ours.get(key) === theirs.get(key),
  );
}

function sums(counts: readonly (readonly [key: string, count: number])[]): Map<string, number> {
  const all = new Map<string, number>();
  for (const [key, count] of counts) all.set(key, (all.get(key) ?? 0) + count);
  return all;
}

/** Why a node pool launches nothing. */
import type { Work } from '../../core/work.ts';
import type { EventRow, NodeClaimRow } from '../rows.ts';
import type { NodePoolRow } from '../tables/nodepools.ts';
import { launchFailure } from './launch-failure.ts';
import { classTrouble } from './node-class.ts';
import { finding, named, rowsWhere, type Answer, type World } from './finding.ts';

/** What was not to be had longer ago (ms) is tried again. */
const RECENT = 30 * 60_000;

export function* whyNodePool(pool: NodePoolRow, world: World): Work<Answer> {
  const { name, nodeClass, nodeClassKind, atLimit, used, limits } = pool;
  if (pool.ready === 'False' || pool.trouble !== '') {
    const trouble = classTrouble(nodeClassKind, nodeClass, world);
    const own = { source: `nodepool ${name}`, text: pool.trouble };
    if (trouble !== null) {
      const sentence = `it launches nothing: its node class ${nodeClass} is not ready: ${trouble.text}`;
      return finding('deduced', sentence, {
        evidence: [own, trouble],
        next: [`mend node class ${nodeClass}: J leads there`],
      });
    }
    const said = `it launches nothing: ${pool.trouble || 'it is not ready, and does not say why'}`;
    return finding('said', said, { evidence: [own] });
  }
  if (atLimit !== '') {
    const share = `${used[atLimit] ?? '0'} of ${limits[atLimit] ?? '?'}`;
    return finding('deduced', `it launches no more: its limit of ${atLimit} is reached, ${share}`, {
      evidence: [{ source: `nodepool ${name}`, text: `${atLimit} ${share}` }],
      next: ['raise spec.limits, or make room: nodes that are empty are taken away first'],
    });
  }
  return (yield* stuckClaim(pool, world)) ?? (yield* lately(pool, world));
}

/** A claim of it that is not launched says why: the newest, of several. */
function* stuckClaim({ name }: NodePoolRow, world: World): Work<Answer> {
  const claims: readonly NodeClaimRow[] = yield* rowsWhere(
    world,
    'nodeclaims',
    ({ gone, pool, phase, trouble }) =>
      gone === 0 && pool === name && phase === 'Launching' && trouble !== '',
  );
  const [claim] = [...claims].sort((a, b) => b.created - a.created);
  if (claim === undefined) return null;
  const failure = launchFailure(claim.trouble);
  const clause = failure?.clause ?? claim.trouble;
  return finding('said', `its claim ${claim.name} is not launched: ${clause}`, {
    evidence: [
      {
        source: `nodeclaim ${claim.name}`,
        text: claim.trouble,
        at: claim.created,
        about: named('NodeClaim', claim),
      },
    ],
    next: failure?.next ?? [],
  });
}

/** Claims that EC2 had nothing for are taken away at once: their events stay. */
function* lately({ name }: NodePoolRow, world: World): Work<Answer> {
  const unknown = world.unread('events', '');
  const events: readonly EventRow[] = yield* rowsWhere(
    world,
    'events',
    (event) =>
      event.objectKind === 'NodeClaim' &&
      event.type === 'Warning' &&
      world.now - event.last < RECENT &&
      isClaimOf(name, event.objectName) &&
      launchFailure(event.message) !== null,
  );
  const [last] = [...events].sort((a, b) => b.last - a.last);
  const failure = last === undefined ? null : launchFailure(last.message);
  if (last === undefined || failure === null) return null;
  const times = events.length === 1 ? '' : `, ${events.length} claims in vain`;
  return finding('said', `it launched nothing lately: ${failure.clause}${times}`, {
    evidence: [
      { source: `event ${last.reason} of ${last.source}`, text: last.message, at: last.last },
    ],
    next: failure.next,
    unread: unknown === '' ? [] : [`events: ${unknown}`],
  });
}

/** Karpenter names claims after their pool, with five letters of chance. */
const isClaimOf = (pool: string, claim: string): boolean =>
  claim.startsWith(`${pool}-`) && /^[a-z0-9]{5}$/.test(claim.slice(pool.length + 1));

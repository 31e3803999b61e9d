/** Why a disruption budget lets no pod be evicted, and what it would take. */
import type { Work } from '../../core/work.ts';
import type { PodRow } from '../rows.ts';
import { coveredBy, type PdbRow } from '../tables/pdbs.ts';
import { hasEnded } from '../workload-pods.ts';
import { finding, named, rowsWhere, type Answer, type Evidence, type World } from './finding.ts';
import { sharedCause } from './pods-of.ts';

/** How many pods are named. */
const NAMED = 4;

export function* whyPdb(pdb: PdbRow, world: World): Work<Answer> {
  if (pdb.deleting > 0 || !pdb.counted || pdb.allowed > 0) return null;
  if (pdb.failure !== '') {
    return finding(
      'said',
      `no pod of it can be evicted: the controller cannot count them: ${pdb.failure}`,
      {
        evidence: [
          { source: 'DisruptionAllowed False (SyncFailed)', text: pdb.failure },
          { source: 'selector', text: pdb.selector || 'none' },
        ],
        next: [
          'give it minAvailable as a number, which needs no scale, or take it away: every drain waits for it',
        ],
      },
    );
  }
  if (pdb.expected === 0) {
    return finding('said', 'it is about no pod: no pod has the labels that it selects', {
      evidence: [status(pdb), { source: 'selector', text: pdb.selector || 'none' }],
      next: ['mend its selector, or take it away'],
    });
  }
  if (pdb.overlaps !== '') {
    return finding(
      'deduced',
      `no pod of it can be evicted: ${pdb.overlaps} is about its pods too, and the eviction API takes one budget a pod`,
      {
        evidence: [
          status(pdb),
          ...pdb.overlaps.split(', ').map((name): Evidence => {
            const about = named('PodDisruptionBudget', { namespace: pdb.namespace, name });
            return { source: `pdb ${name}`, text: 'selects the same pods', about };
          }),
        ],
        next: ['let one budget be about each pod'],
      },
    );
  }
  return pdb.desired >= pdb.expected ? never(pdb) : yield* tooFew(pdb, world);
}

const status = ({ healthy, desired, expected, allowed }: PdbRow): Evidence => ({
  source: 'budget status',
  text: `${healthy} of ${expected} pods ready, ${desired} needed, ${allowed} may go`,
});

const asked = ({ minAvailable, maxUnavailable }: PdbRow): string =>
  maxUnavailable === '' ? `minAvailable ${minAvailable}` : `maxUnavailable ${maxUnavailable}`;

/** All of its pods have to stay, however well they are. */
function never(pdb: PdbRow): Answer {
  const { desired, expected } = pdb;
  const all = expected === 1 ? 'its one pod has' : `${desired} of its ${expected} pods have`;
  const replicas = replicasThatAllow(pdb);
  const which = pdb.unhealthyPolicy === 'AlwaysAllow' ? 'a pod that is ready' : 'a pod';
  return finding('deduced', `it never lets ${which} be evicted: ${all} to stay (${asked(pdb)})`, {
    evidence: [status(pdb)],
    next: [
      ...(replicas === null ? [] : [`scale what makes its pods to ${replicas}: then one may go`]),
      `let one be missing (maxUnavailable 1), or take the budget away while the drain goes on`,
    ],
  });
}

/** With how many pods one may go; null: with no number of them that is worth telling. */
function replicasThatAllow({ minAvailable, expected }: PdbRow): number | null {
  const least = Number.parseFloat(minAvailable);
  if (!Number.isFinite(least)) return null;
  const needed = (pods: number): number =>
    minAvailable.endsWith('%') ? Math.ceil((least * pods) / 100) : least;
  for (let pods = expected + 1; pods <= 2 * expected + 1; pods++) {
    if (pods > needed(pods)) return pods;
  }
  return null;
}

/** Some of its pods are not ready: until they are the others have to stay. */
function* tooFew(pdb: PdbRow, world: World): Work<Answer> {
  const { namespace, healthy, desired, expected, unhealthyPolicy } = pdb;
  const sentence = `it lets no pod be evicted for now: ${desired} of its ${expected} pods have to be ready, and ${healthy} ${healthy === 1 ? 'is' : 'are'}`;
  const unknown = world.unread('pods', namespace);
  const own = coveredBy(pdb);
  const unready = yield* rowsWhere(
    world,
    'pods',
    (pod) => own(pod) && !hasEnded(pod) && !pod.isReady,
  );
  const all = {
    evidence: [status(pdb)],
    unread: unknown === '' ? [] : [`its pods: ${unknown}`],
  };
  if (unready.length === 0) return finding('said', sentence, all);
  const found = yield* sharedCause(unready, world);
  const more = desired + 1 - healthy;
  // Of one its name is said once.
  const cause = unready.length === 1 ? found.words.replace(/^[^:]*/, '') : `: ${found.words}`;
  return finding('deduced', `${sentence}; ${namesOf(unready)} not${cause}`, {
    ...all,
    evidence: [...all.evidence, ...found.evidence],
    next: [
      `evictions go on once ${more} more ${more === 1 ? 'is' : 'are'} ready`,
      ...(found.finding?.next ?? []),
      ...(unhealthyPolicy === 'AlwaysAllow'
        ? ['those that are not ready may be evicted all the same (AlwaysAllow)']
        : []),
    ],
  });
}

/** `api-0 is`, `api-0, api-1 and 3 more are`. */
function namesOf(pods: readonly PodRow[]): string {
  const shown = pods.slice(0, NAMED).map(({ name }) => name);
  const more = pods.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''} ${pods.length === 1 ? 'is' : 'are'}`;
}

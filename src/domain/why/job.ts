/** Why a job has failed, or comes no further. */
import { failureOf } from '../job.ts';
import { at, text } from '../../core/json.ts';
import type { Work } from '../../core/work.ts';
import { own } from '../../core/own.ts';
import { explained } from '../../core/words.ts';
import type { JobRow, PodRow } from '../rows.ts';
import { isOwnedBy } from '../workload-pods.ts';
import { eventsOf, finding, valueOf, type Answer, type World } from './finding.ts';
import { sharedCause } from './pods-of.ts';
import { refused } from './refused.ts';

/** Its first pods are made by then (ms). */
const USUAL = 20_000;

export function* whyJob(job: JobRow, world: World): Work<Answer> {
  if (job.status === 'Complete' || job.deleting > 0) return null;
  if (job.suspended) {
    return finding('said', 'it is suspended, and starts no pods before it is resumed', {
      evidence: [{ source: 'spec', text: 'suspend: true' }],
      next: ['resume it'],
    });
  }
  const unread: string[] = [];
  const unknown = world.unread('pods', job.namespace);
  if (unknown !== '') unread.push(`its pods: ${unknown}`);
  const isOwn = isOwnedBy('Job', job);
  const bad: PodRow[] = [];
  let pods = 0;
  yield* world.each('pods', (pod) => {
    if (!isOwn(pod)) return;
    pods++;
    if (pod.phase === 'Failed' || (!pod.isReady && pod.cause !== '')) bad.push(pod);
  });
  const failed = job.status === 'Failed' || job.status === 'FailureTarget';
  const condition = {
    source: `job status`,
    text: explained(job.status, job.reason, job.message),
  };
  if (bad.length > 0) {
    const { words, finding: found, evidence } = yield* sharedCause(bad, world);
    const state = failed
      ? `it has failed (${job.reason})`
      : `${job.failed} of its pods have failed`;
    const sentence = failed || job.failed > 0 ? `${state}: ${words}` : words;
    return finding(found?.certainty ?? 'deduced', sentence, {
      evidence: failed ? [condition, ...evidence] : evidence,
      next: found?.next ?? [],
      unread: [...unread, ...(found?.unread ?? [])],
    });
  }
  const found = pods === 0 ? refused(eventsOf('Job', job, world, unread), job.namespace) : null;
  if (found !== null) return { ...found, unread };
  if (failed) {
    const gone =
      pods === 0 && job.failed > 0 ? '; its pods are gone, and their causes with them' : '';
    const why = own(FAILED, job.reason)?.(job) ?? (failureOf(job) || job.message);
    return finding('said', `it has failed: ${why}${gone}`, {
      evidence: [condition],
      unread,
    });
  }
  if (job.started === 0) return unbegun(job, world, unread);
  if (job.active > 0 || world.now - job.started < USUAL) return null;
  const whole = valueOf(world.object('jobs', job.namespace, job.name), 'the job itself', unread);
  if (text(at(whole, 'spec', 'parallelism')) === '0') {
    return finding('said', 'it is to have no pods at a time: its parallelism is 0', {
      evidence: [{ source: 'spec', text: 'parallelism: 0' }],
      next: ['set its parallelism to how many may run at a time'],
      unread,
    });
  }
  return finding('unknown', 'it has no pods, and no event says why', {
    evidence: [condition],
    unread,
  });
}

/** Reasons of which the message says no more than the reason. */
const FAILED: Readonly<Record<string, (job: JobRow) => string>> = {
  BackoffLimitExceeded: ({ failed, backoffLimit }) =>
    `its pods have failed ${failed} ${failed === 1 ? 'time' : 'times'}, and its backoffLimit is ${backoffLimit}`,
  DeadlineExceeded: () => 'it ran longer than its activeDeadlineSeconds allow',
  FailedIndexes: () => 'some of its indexes have failed as often as they may',
  MaxFailedIndexesExceeded: () =>
    'more of its indexes have failed than its maxFailedIndexes allows',
};

/** Who is to begin it has not: the cluster's own controller, or the one that it is left to. */
function unbegun(job: JobRow, world: World, unread: string[]): Answer {
  if (world.now - job.created < USUAL) return null;
  const whole = valueOf(world.object('jobs', job.namespace, job.name), 'the job itself', unread);
  if (whole === null) return null;
  const manager = text(at(whole, 'spec', 'managedBy'));
  const isOthers = manager !== '' && manager !== 'kubernetes.io/job-controller';
  const who = isOthers ? `${manager}, to which it is left,` : 'the job controller';
  return finding('deduced', `${who} has not begun it so far`, {
    evidence: [
      { source: 'job status', text: 'no start time', at: job.created },
      ...(isOthers ? [{ source: 'spec', text: `managedBy: ${manager}` }] : []),
    ],
    next: [`look whether ${isOthers ? manager : 'kube-controller-manager'} runs`],
    unread,
  });
}

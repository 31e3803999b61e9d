import { humanDuration } from '../../core/duration.ts';
import type { Cell } from '../../core/styled.ts';
import { hasFinished, overdue } from '../../domain/job.ts';
import type { CronJobRow, JobRow, PodRow } from '../../domain/rows.ts';
import { hasEnded, isOwnedBy } from '../../domain/workload-pods.ts';
import type { Query } from '../../ports/query.ts';
import { defineAction, type ActionContext, type ActionDef } from '../engine/define.ts';
import { dryRun, type KubePatch } from '../targets/dry-run.ts';
import {
  departed,
  firstReason,
  inNamespace,
  nameOf,
  patchAccess,
  present,
  refOfTarget,
  titleOf,
  type ObjectTarget,
} from '../targets/object-target.ts';
import type { Progress, Step } from '../engine/plan.ts';
import { names } from '../targets/victims.ts';

/** What can be suspended: by its schedule, or with its pods. */
type Suspendable = CronJobRow | JobRow;
type Target = ObjectTarget<Suspendable>;

/** How long (ms) it may take until the pods of a job are gone, or there. */
const LIMIT = 5 * 60_000;

const WORDS = {
  suspend: { verb: 'Suspend', done: 'suspended', so: 'is suspended already' },
  resume: { verb: 'Resume', done: 'resumed', so: 'is not suspended' },
} as const;

type Way = keyof typeof WORDS;

/** A row of a job; the others are of cron jobs. */
const jobOf = ({ table, row }: Target): JobRow | null =>
  table === 'jobs' ? (row as JobRow) : null;
const cronJobOf = ({ table, row }: Target): CronJobRow | null =>
  table === 'cronjobs' ? (row as CronJobRow) : null;

/** Another object of the same name is not meant. */
const patchOf = (way: Way, { row }: Target): KubePatch => ({
  type: 'merge',
  body: { metadata: { uid: row.uid }, spec: { suspend: way === 'suspend' } },
});

/** Why nothing is to do, or empty. */
const alreadyOf = (way: Way, target: Target): string =>
  target.row.suspended === (way === 'suspend') ? `${nameOf(target)} ${WORDS[way].so}` : '';

function ended(target: Target): string {
  const job = jobOf(target);
  return job !== null && hasFinished(job) ? `${nameOf(target)} has ended` : '';
}

/** The pods that suspending ends: of a job all that work, of a cron job none. */
function podsThatEnd(target: Target, query: Query): readonly PodRow[] {
  const job = jobOf(target);
  if (job === null) return [];
  const isOf = isOwnedBy('Job', job);
  return [...query.rows('pods')].filter((pod) => pod.gone === 0 && !hasEnded(pod) && isOf(pod));
}

function change(way: Way, target: Target, { query, now }: ActionContext): Cell {
  return [
    [nameOf(target), 'strong'],
    [`  ${way === 'suspend' ? suspending(target, query) : resuming(target, now())}`, 'text'],
  ];
}

function suspending(target: Target, query: Query): string {
  const cronJob = cronJobOf(target);
  if (cronJob === null) {
    const { length } = podsThatEnd(target, query);
    return length === 0
      ? 'starts no pods until it is resumed'
      : `ends its ${length === 1 ? 'pod' : `${length} pods`}, and starts none until it is resumed`;
  }
  const { active } = cronJob;
  const goesOn =
    active === 1 ? '; the run that is active goes on' : `; ${active} active runs go on`;
  return `starts no more runs${active === 0 ? '' : goesOn}`;
}

function resuming(target: Target, now: number): string {
  const job = jobOf(target);
  if (job !== null) return 'starts its pods';
  const due = cronJobOf(target)?.due ?? null;
  return due === null || due <= now
    ? 'runs by its schedule again'
    : `runs by its schedule again, next in ${humanDuration(due - now)}`;
}

/** What the user should know of one of them. */
function warningsOf(way: Way, target: Target, { query, now }: ActionContext): readonly string[] {
  const name = nameOf(target);
  const { managedBy } = target.row;
  return [
    way === 'suspend' && podsThatEnd(target, query).length > 0
      ? `what the pods of ${name} have not finished is lost: others begin anew when it is resumed`
      : '',
    way === 'resume' ? catchingUp(target, now()) : '',
    managedBy === ''
      ? ''
      : `${name} is managed by ${managedBy}: where its manifest says whether it is suspended, that comes back`,
  ].filter((warning) => warning !== '');
}

/** A run that was missed while it was suspended is made up for at once. */
function catchingUp(target: Target, now: number): string {
  const cronJob = cronJobOf(target);
  if (cronJob === null) return '';
  const late = overdue({ ...cronJob, suspended: false }, now);
  if (late === 0) return '';
  const { startingDeadline: deadline } = cronJob;
  const was = `a run of ${nameOf(target)} was due ${humanDuration(late)} ago`;
  return deadline === null
    ? `${was}: one begins as soon as it is resumed`
    : `${was}: one begins at once where it is no more than ${humanDuration(deadline * 1000)} late`;
}

function look(way: Way, target: Target, { query }: ActionContext): Progress {
  const name = nameOf(target);
  const row = present(target, query);
  if (row === undefined) return { state: 'failed', text: `${name} was deleted meanwhile` };
  if (row.suspended !== (way === 'suspend')) return { state: 'working', text: `${name}: sent` };
  const done: Progress = { state: 'done', text: `${WORDS[way].done} ${name}` };
  const job = jobOf({ ...target, row });
  if (job === null || hasFinished(job)) return done;
  if (way === 'resume')
    return job.active > 0 ? done : { state: 'working', text: `${name} waits for its pods` };
  const { length } = podsThatEnd(target, query);
  if (length === 0 && job.active === 0) return done;
  return { state: 'working', text: `${name}: ${Math.max(length, job.active)} pods are ending` };
}

function stepOf(way: Way, target: Target, ctx: ActionContext): Step {
  const name = nameOf(target);
  const patch = JSON.stringify({ spec: { suspend: way === 'suspend' } });
  return {
    title: `${WORDS[way].verb} ${name}`,
    uid: target.row.uid,
    command: ctx.kubectl(['patch', name, ...inNamespace(target), '-p', patch]),
    access: [{ kube: patchAccess(target) }],
    already: alreadyOf(way, target),
    run: async () => {
      await ctx.kube.patch(refOfTarget(target), patchOf(way, target));
    },
    follow: {
      tables: [target.table, 'pods'],
      limit: LIMIT,
      look: () => look(way, target, ctx),
    },
  };
}

const switching = (
  way: Way,
  def: Pick<ActionDef, 'id' | 'key' | 'description'> & { readonly inverse: string },
): ActionDef<Suspendable> => {
  const { inverse, ...rest } = def;
  return defineAction<Suspendable>({
    ...rest,
    title: WORDS[way].verb,
    appliesTo: ['cronjobs', 'jobs'],
    danger: 1,
    many: true,
    needs: ['pods'],
    state: ({ suspended }) => String(suspended),
    access: (target) => [patchAccess(target)],
    iam: [],
    guard: (targets) => {
      const reason = firstReason(targets, departed) || firstReason(targets, ended);
      if (reason !== '') return reason;
      const all = targets.every((target) => alreadyOf(way, target) !== '');
      return all ? firstReason(targets, (target) => alreadyOf(way, target)) : '';
    },
    plan: async (targets, _values, ctx) => {
      const todo = targets.filter((target) => alreadyOf(way, target) === '');
      const ending = way === 'suspend' ? todo.flatMap((each) => podsThatEnd(each, ctx.query)) : [];
      return {
        title: titleOf(WORDS[way].verb, targets),
        changes: todo.map((target) => change(way, target, ctx)),
        victims: names(ending, 16),
        victimCount: ending.length,
        ...(ending.length > 0 && { danger: 2 as const }),
        warnings: todo.flatMap((target) => warningsOf(way, target, ctx)),
        refusals: await dryRun(
          todo.map((target) => [refOfTarget(target), patchOf(way, target)] as const),
          ctx,
        ),
        steps: targets.map((target) => stepOf(way, target, ctx)),
        chain: false,
        inverse: { action: inverse, values: {} },
      };
    },
  });
};

export const suspend = switching('suspend', {
  id: 'suspend',
  key: 's',
  description: 'Lets a cron job start no more runs, or a job no more pods; the pods of a job end.',
  inverse: 'unsuspend',
});

export const unsuspend = switching('resume', {
  id: 'unsuspend',
  key: 'r',
  description: 'Lets what is suspended go on: a cron job by its schedule, a job with new pods.',
  inverse: 'suspend',
});

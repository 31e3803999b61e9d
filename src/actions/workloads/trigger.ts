import { isEqual } from '../../core/equal.ts';
import { at, object } from '../../core/json.ts';
import type { Cell } from '../../core/styled.ts';
import { shortImage } from '../../domain/image.ts';
import { failureOf, hasFinished } from '../../domain/job.ts';
import { kindOf, placeIn } from '../../domain/ref.ts';
import type { CronJobRow, JobRow } from '../../domain/rows.ts';
import { isOwnedBy } from '../../domain/workload-pods.ts';
import type { AccessRequest, KubeObject, NewObject } from '../../ports/kube.ts';
import type { Query } from '../../ports/query.ts';
import { defineAction, type ActionContext } from '../engine/define.ts';
import { refusalsOf } from '../targets/dry-run.ts';
import { textField, type Form, type FormValues } from '../engine/form.ts';
import {
  departed,
  firstReason,
  inNamespace,
  nameOf,
  refOfTarget,
  titleOf,
  type ObjectTarget,
} from '../targets/object-target.ts';
import type { Progress, Step } from '../engine/plan.ts';

type Target = ObjectTarget<CronJobRow>;

/** How long (ms) a job may take until a pod of it runs. */
const LIMIT = 10 * 60_000;
/** The pods of a job carry its name in a label, which holds no more. */
const LONGEST = 63;

/** A name that tells by hand and when, in UTC: `report-manual-120304`. */
function defaultName({ row }: Target, now: number): string {
  const clock = new Date(now).toISOString().slice(11, 19).replaceAll(':', '');
  const ending = `-manual-${clock}`;
  return `${row.name.slice(0, LONGEST - ending.length)}${ending}`;
}

function nameProblem(target: Target, name: string, query: Query): string {
  if (name === '') return 'a name is missing';
  if (name.length > LONGEST) return `at most ${LONGEST} characters`;
  if (!/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(name))
    return 'small letters, digits and - between them';
  const job = query.named('jobs', target.row.namespace, name);
  return job === undefined || wasMade(target, job) ? '' : 'there is a job of that name already';
}

/** Is it a run of the cron job that was made by hand: what is wanted is there already. */
const wasMade = ({ row }: Target, job: JobRow): boolean =>
  job.byHand && isOwnedBy('CronJob', row)(job);

async function form(targets: readonly Target[], ctx: ActionContext): Promise<Form> {
  // A name that is offered stays while others are typed.
  const now = await ctx.once('now', () => Promise.resolve(ctx.now()));
  return targets.map((target) =>
    textField({
      id: target.row.uid,
      label: targets.length === 1 ? 'Name of the job' : `Job of ${target.row.name}`,
      initial: defaultName(target, now),
      check: (value) => nameProblem(target, value.trim(), ctx.query),
    }),
  );
}

/** What becomes of one cron job. */
interface Run {
  readonly target: Target;
  readonly cronJob: KubeObject;
  readonly job: NewObject & { readonly metadata: { readonly name: string } };
}

async function runOf(target: Target, values: FormValues, ctx: ActionContext): Promise<Run> {
  const { uid, namespace } = target.row;
  const cronJob = await ctx.kube.get(refOfTarget(target));
  if (cronJob.metadata.uid !== uid) throw new Error(`${nameOf(target)} is another one by now`);
  const name = (values[uid] ?? '').trim() || defaultName(target, ctx.now());
  return { target, cronJob, job: jobFrom(cronJob, namespace, name) };
}

/** The job as `kubectl create job --from=cronjob/…` makes it. */
function jobFrom(cronJob: KubeObject, namespace: string, name: string): Run['job'] {
  const template = at(cronJob, 'spec', 'jobTemplate');
  const labels = at(template, 'metadata', 'labels');
  const { name: owner, uid } = cronJob.metadata;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name,
      namespace,
      annotations: {
        'cronjob.kubernetes.io/instantiate': 'manual',
        ...object(at(template, 'metadata', 'annotations')),
      },
      ...(labels !== undefined && { labels }),
      // It does not block the deletion of its owner, which would need more rights.
      ownerReferences: [
        { apiVersion: 'batch/v1', kind: 'CronJob', name: owner, uid, controller: true },
      ],
    },
    spec: at(template, 'spec'),
  };
}

const createAccess = ({ row: { namespace } }: Target): AccessRequest => ({
  verb: 'create',
  group: kindOf('jobs').group,
  resource: kindOf('jobs').resource,
  namespace,
});

/** @throws Error where the cron job makes other jobs by now than the planned one */
async function create({ target, cronJob, job }: Run, ctx: ActionContext): Promise<void> {
  const now = await ctx.kube.get(refOfTarget(target));
  const isSame =
    now.metadata.uid === cronJob.metadata.uid &&
    isEqual(at(now, 'spec', 'jobTemplate'), at(cronJob, 'spec', 'jobTemplate'));
  if (!isSame)
    throw new Error(
      `${nameOf(target)} was changed meanwhile: nothing was sent; look at it and plan anew`,
    );
  await ctx.kube.create(placeIn('jobs', ctx.cluster, target.row.namespace), job);
}

function look({ target, job }: Run, { query }: ActionContext): Progress {
  const name = `job/${job.metadata.name}`;
  const { namespace } = target.row;
  const row = query.named('jobs', namespace, job.metadata.name);
  if (row === undefined) return { state: 'working', text: `${name}: sent` };
  if (row.status === 'Failed') {
    const why = failureOf(row);
    return { state: 'failed', text: `${name} failed${why === '' ? '' : `: ${why}`}` };
  }
  if (row.status === 'Complete') return { state: 'done', text: `${name} is complete` };
  if (row.suspended)
    return { state: 'done', text: `${name} is there, suspended as its template says` };
  const isOf = isOwnedBy('Job', row);
  let waiting: Progress = { state: 'working', text: `${name} waits for its pod` };
  for (const pod of query.rows('pods')) {
    if (pod.gone > 0 || !isOf(pod)) continue;
    if (pod.phase === 'Running') return { state: 'done', text: `${name} runs in pod/${pod.name}` };
    if (pod.cause !== '') waiting = { state: 'working', text: `pod/${pod.name}: ${pod.cause}` };
  }
  return waiting;
}

function isThere({ target, job }: Run, query: Query): boolean {
  const there = query.named('jobs', target.row.namespace, job.metadata.name);
  return there !== undefined && wasMade(target, there);
}

function stepOf(run: Run, ctx: ActionContext): Step {
  const { target, job } = run;
  const { name } = job.metadata;
  return {
    title: `Create job/${name}`,
    uid: target.row.uid,
    command: ctx.kubectl([
      ...['create', 'job', name, `--from=cronjob/${target.row.name}`],
      ...inNamespace(target),
    ]),
    access: [{ kube: createAccess(target) }],
    already: isThere(run, ctx.query) ? `job/${name} is there already` : '',
    run: () => create(run, ctx),
    follow: { tables: ['jobs', 'pods'], limit: LIMIT, look: () => look(run, ctx) },
  };
}

function warningsOf({ target, cronJob }: Run, { query }: ActionContext): readonly string[] {
  const { row } = target;
  const name = nameOf(target);
  const isOf = isOwnedBy('CronJob', row);
  const active = [...query.rows('jobs')].filter(
    (job) => job.gone === 0 && !hasFinished(job) && isOf(job),
  );
  const beside = active.map((job) => `job/${job.name}`).join(', ');
  const policy = row.concurrency === 'Allow' || active.length === 0 ? '' : row.concurrency;
  return [
    policy === ''
      ? ''
      : `${beside} is active and ${name} has the policy ${policy}, which holds for its schedule only: both run beside each other`,
    row.suspended ? `${name} is suspended, and stays so: this one run begins all the same` : '',
    at(cronJob, 'spec', 'jobTemplate', 'spec', 'suspend') === true
      ? `the template of ${name} says suspend: the job waits until it is resumed`
      : '',
  ].filter((warning) => warning !== '');
}

function change({ target, job }: Run): Cell {
  const images = target.row.containers.map(({ image }) => shortImage(image)).join(', ');
  return [
    [`job/${job.metadata.name}`, 'strong'],
    [`  from ${nameOf(target)}`, 'text'],
    [images === '' ? '' : `, ${images}`, 'muted'],
  ];
}

/** Runs cron jobs once, now. */
export const trigger = defineAction<CronJobRow>({
  id: 'trigger',
  title: 'Trigger',
  description: 'Runs a cron job once, now: makes a job of it, as kubectl create job --from does.',
  key: 'T',
  appliesTo: ['cronjobs'],
  danger: 1,
  many: true,
  needs: ['jobs', 'pods'],
  state: () => '',
  access: (target) => [createAccess(target)],
  iam: [],
  guard: (targets) => firstReason(targets, departed),
  form: (targets, _values, ctx) => form(targets, ctx),
  plan: async (targets, values, ctx) => {
    const runs = await Promise.all(targets.map((target) => runOf(target, values, ctx)));
    return {
      title: titleOf('Trigger', targets),
      changes: runs.map(change),
      victims: [],
      warnings: runs.flatMap((run) => warningsOf(run, ctx)),
      refusals: await refusalsOf(
        runs.filter((run) => !isThere(run, ctx.query)),
        ({ target }) => nameOf(target),
        async ({ target, job }) => {
          await ctx.kube.create(placeIn('jobs', ctx.cluster, target.row.namespace), job, {
            dryRun: true,
          });
        },
      ),
      steps: runs.map((run) => stepOf(run, ctx)),
      chain: false,
      inverse: null,
    };
  },
});

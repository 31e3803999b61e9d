import { at } from '../../core/json.ts';
import type { DiffLine } from '../../core/line-diff.ts';
import type { Cell } from '../../core/styled.ts';
import type { WorkloadRow } from '../../domain/rows.ts';
import { patchAsPlanned } from '../targets/as-planned.ts';
import { defineAction, type ActionContext, type ActionDef } from '../engine/define.ts';
import { dryRun, type KubePatch } from '../targets/dry-run.ts';
import type { Follow, Progress, Step } from '../engine/plan.ts';
import { historyAccess, historyOf, type History, type Revision } from './revisions.ts';
import { rolloutProgress } from './rollout-progress.ts';
import { rolloutWarnings } from '../targets/rollout-warnings.ts';
import { objectDiff } from '../../core/object-diff.ts';
import { names, podsReplaced } from '../targets/victims.ts';
import {
  departed,
  firstReason,
  nameOf,
  patchAccess,
  present,
  refOfTarget,
  ROLLOUT_LIMIT,
  type WorkloadTarget,
} from '../targets/workload-target.ts';

/** What `kubectl rollout pause` and `resume` leave: the field is there, or it is not. */
const PAUSE: KubePatch = {
  type: 'json',
  body: [{ op: 'add', path: '/spec/paused', value: true }],
};
const RESUME: KubePatch = { type: 'json', body: [{ op: 'remove', path: '/spec/paused' }] };

const generationOf = ({ object }: History): number => Number(object.metadata['generation']);
const isPaused = ({ object }: History): boolean => at(object, 'spec', 'paused') === true;

const stateOf = (row: WorkloadRow): string => `${row.generation}/${row.paused}`;

const COMMON = {
  key: '',
  appliesTo: ['deployments'],
  danger: 1,
  many: true,
  needs: ['pods'],
  state: stateOf,
  access: (target) => [patchAccess(target), historyAccess(target)],
  iam: [],
} as const satisfies Partial<ActionDef<WorkloadRow>>;

/** A deployment with what the API server has of it. */
interface Known {
  readonly target: WorkloadTarget;
  readonly history: History;
}

async function known(
  targets: readonly WorkloadTarget[],
  ctx: ActionContext,
): Promise<readonly Known[]> {
  return Promise.all(
    targets.map(async (target) => ({ target, history: await historyOf(target, ctx) })),
  );
}

function step(
  { target, history }: Known,
  verb: 'pause' | 'resume',
  follow: Follow,
  ctx: ActionContext,
): Step {
  const name = nameOf(target);
  const { uid, namespace } = target.row;
  const patch = verb === 'pause' ? PAUSE : RESUME;
  const is = isPaused(history) === (verb === 'pause');
  return {
    title: `${verb === 'pause' ? 'Pause' : 'Resume'} the rollout of ${name}`,
    uid,
    command: ctx.kubectl(['rollout', verb, name, '-n', namespace]),
    access: [{ kube: patchAccess(target) }],
    already: !is ? '' : `${name} is ${verb === 'pause' ? 'paused' : 'not paused'} already`,
    run: () =>
      patchAsPlanned({ ref: refOfTarget(target), planned: history.object, patch }, ctx.kube),
    follow,
  };
}

function title(verb: string, targets: readonly WorkloadTarget[]): string {
  const [target] = targets;
  return target !== undefined && targets.length === 1
    ? `${verb} the rollout of ${nameOf(target)}`
    : `${verb} the rollouts of ${targets.length} deployments`;
}

/** What is tried out: only where it changes something. */
function refusals(all: readonly Known[], patch: KubePatch, ctx: ActionContext) {
  const changed = all.filter(({ history }) => isPaused(history) !== (patch === PAUSE));
  return dryRun(
    changed.map(({ target }) => [refOfTarget(target), patch]),
    ctx,
  );
}

export const pause = defineAction<WorkloadRow>({
  ...COMMON,
  id: 'pause',
  title: 'Pause rollout',
  description:
    'Holds a deployment where it is: changes of its pod template wait until it is resumed.',
  guard: (targets) =>
    firstReason(targets, departed) ||
    (targets.every(({ row }) => row.paused) ? 'paused already: it can be resumed' : ''),
  plan: async (targets, _values, ctx) => {
    const all = await known(targets, ctx);
    return {
      title: title('Pause', targets),
      changes: targets.map((target): Cell => [
        [nameOf(target), 'strong'],
        ['  its pods stay as they are', 'text'],
      ]),
      victims: [],
      warnings: targets.flatMap(pauseWarnings),
      refusals: await refusals(all, PAUSE, ctx),
      steps: all.map((each) =>
        step(each, 'pause', { ...FOLLOWED, look: () => pausing(each, ctx) }, ctx),
      ),
      chain: false,
      inverse: { action: 'resume', values: {} },
    };
  },
});

const FOLLOWED = { tables: ['deployments', 'pods'], limit: ROLLOUT_LIMIT } as const;

function pauseWarnings(target: WorkloadTarget): readonly string[] {
  const { row } = target;
  const name = nameOf(target);
  const halfway =
    row.updated < row.desired || row.current > row.updated
      ? `${name} is in the middle of a rollout: pods old and new stay beside each other`
      : '';
  const held = `while ${name} is paused nothing that changes its pods takes effect: no new image, no restart, no rollback`;
  // Helm, Argo CD and Flux leave it alone: their manifests do not have it.
  return [halfway, held].filter(Boolean);
}

function pausing({ target }: Known, { query }: ActionContext): Progress {
  const name = nameOf(target);
  const row = present(target, query);
  if (row === undefined) return { state: 'failed', text: `${name} was deleted meanwhile` };
  return row.paused
    ? { state: 'done', text: `paused ${name}` }
    : { state: 'working', text: `pausing ${name}: sent` };
}

/** What was rolled out last: none where its controller has not begun. */
const rolledOut = ({ history }: Known): Revision | undefined => history.revisions[0];

/** What has been waiting: the template now against what was rolled out last. */
function waiting({ history, ...known }: Known): readonly DiffLine[] {
  const last = rolledOut({ history, ...known });
  return last === undefined || last.isCurrent ? [] : objectDiff(last.template, history.template);
}

export const resume = defineAction<WorkloadRow>({
  ...COMMON,
  id: 'resume',
  title: 'Resume rollout',
  description:
    'Lets a paused deployment go on: what was changed meanwhile is shown first, and rolled out.',
  guard: (targets) =>
    firstReason(targets, departed) ||
    (targets.some(({ row }) => row.paused) ? '' : 'not paused: there is nothing to resume'),
  plan: async (targets, _values, ctx) => {
    const all = await known(targets, ctx);
    const ending = all.map((each) => replaced(each, ctx));
    const diff = all.flatMap((each): readonly DiffLine[] => {
      const lines = waiting(each);
      const head: DiffLine = { mark: '@', text: nameOf(each.target) };
      return lines.length > 0 && all.length > 1 ? [head, ...lines] : lines;
    });
    return {
      title: title('Resume', targets),
      changes: all.map((each, i): Cell => resumeChange(each, ending[i]?.length ?? 0)),
      victims: names(ending.flat(), 16),
      victimCount: ending.flat().length,
      warnings: all
        .filter((_, i) => (ending[i]?.length ?? 0) > 0)
        .flatMap(({ target }) => rolloutWarnings(target)),
      ...(diff.length > 0 && { diff }),
      refusals: await refusals(all, RESUME, ctx),
      steps: all.map((each) =>
        step(each, 'resume', { ...FOLLOWED, look: () => resuming(each, ctx) }, ctx),
      ),
      chain: false,
      inverse: { action: 'pause', values: {} },
    };
  },
});

function resumeChange({ target, history }: Known, pods: number): Cell {
  const [last] = history.revisions;
  const what =
    last?.isCurrent === true && pods === 0
      ? 'nothing was changed meanwhile'
      : `${pods} ${pods === 1 ? 'pod is' : 'pods are'} replaced`;
  return [
    [nameOf(target), 'strong'],
    [`  ${what}`, 'text'],
  ];
}

/** Pods that are not of the template that is asked for now. */
function replaced({ target, history }: Known, { query }: ActionContext) {
  return podsReplaced(target, history.current?.isOf ?? (() => false), query);
}

function resuming({ target, history }: Known, ctx: ActionContext): Progress {
  const name = nameOf(target);
  const olds = history.revisions.filter((each) => each !== history.current);
  return rolloutProgress(
    target,
    {
      generation: generationOf(history),
      doing: 'resuming',
      done: `resumed ${name}`,
      failing: `rollout of ${name}`,
      isNew: (pod) => !olds.some(({ isOf }) => isOf(pod)),
    },
    ctx,
  );
}

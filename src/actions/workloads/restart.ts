import type { Cell, Segment } from '../../core/styled.ts';
import type { WorkloadRow } from '../../domain/rows.ts';
import { zoneSpread } from '../../domain/zones.ts';
import { defineAction, type ActionContext } from '../engine/define.ts';
import { dryRun } from '../targets/dry-run.ts';
import type { Progress, Step } from '../engine/plan.ts';
import { rolloutProgress } from './rollout-progress.ts';
import { rolloutWarnings } from '../targets/rollout-warnings.ts';
import { names, podsReplaced } from '../targets/victims.ts';
import {
  departed,
  firstReason,
  held,
  nameOf,
  refOfTarget,
  type WorkloadTarget,
  patchAccess,
  ROLLOUT_LIMIT,
} from '../targets/workload-target.ts';

/**
 * What `kubectl rollout restart` sends: a new template, the same but for this annotation.
 * @param uid of the workload: another object of the same name is not meant
 */
function restartPatch(uid: string, now: number) {
  const restartedAt = new Date(now).toISOString().replace(/\.\d+Z$/, 'Z');
  return {
    type: 'strategic',
    body: {
      metadata: { uid },
      spec: {
        template: {
          metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': restartedAt } },
        },
      },
    },
  } as const;
}

function change(target: WorkloadTarget): Cell {
  const { row } = target;
  const spread: Segment[] =
    row.zones === null || row.zones.length === 0
      ? []
      : [[`, now in ${zoneSpread(row.zones)}`, 'muted']];
  return [
    [nameOf(target), 'strong'],
    [`  ${row.current} ${row.current === 1 ? 'pod is' : 'pods are'} replaced`, 'text'],
    [`, ${row.strategy || 'RollingUpdate'}`, 'muted'],
    ...spread,
  ];
}

function follow(target: WorkloadTarget, ctx: ActionContext): Progress {
  const name = nameOf(target);
  const { generation } = target.row;
  const done = `restarted ${name}`;
  const failing = `restart of ${name}`;
  return rolloutProgress(target, { generation, doing: 'restarting', done, failing }, ctx);
}

/** Restarts one workload, and follows its rollout. */
export function restartStep(target: WorkloadTarget, ctx: ActionContext): Step {
  const { uid, namespace } = target.row;
  return {
    title: `Restart ${nameOf(target)}`,
    uid,
    command: ctx.kubectl(['rollout', 'restart', nameOf(target), '-n', namespace]),
    access: [{ kube: patchAccess(target) }],
    already: '',
    barred: held(target),
    run: async () => {
      await ctx.kube.patch(refOfTarget(target), restartPatch(target.row.uid, ctx.now()));
    },
    follow: {
      tables: [target.table, 'pods'],
      limit: ROLLOUT_LIMIT,
      look: () => follow(target, ctx),
    },
  };
}

const stateOf = (row: WorkloadRow): string => String(row.generation);

export const restart = defineAction<WorkloadRow>({
  id: 'restart',
  title: 'Restart',
  description: 'Replaces all pods by a new rollout of the same template, as its strategy says.',
  key: 'r',
  appliesTo: ['deployments', 'statefulsets', 'daemonsets'],
  danger: 1,
  many: true,
  needs: ['pods'],
  state: stateOf,
  access: (target) => [patchAccess(target)],
  iam: [],
  guard: (targets) => firstReason(targets, departed) || firstReason(targets, held),
  plan: async (targets, _values, ctx) => {
    const [target] = targets;
    const pods = targets.flatMap((each) => podsReplaced(each, () => false, ctx.query));
    return {
      title:
        target !== undefined && targets.length === 1
          ? `Restart ${nameOf(target)}`
          : `Restart ${targets.length} workloads`,
      changes: targets.map(change),
      victims: names(pods, 16),
      victimCount: Math.max(
        pods.length,
        targets.reduce((sum, { row }) => sum + row.current, 0),
      ),
      // Helm, Argo CD and Flux leave the annotation that restarts alone: their manifests do not have it.
      warnings: targets.flatMap(rolloutWarnings),
      refusals: await dryRun(
        targets.map((each) => [refOfTarget(each), restartPatch(each.row.uid, ctx.now())]),
        ctx,
      ),
      steps: targets.map((each) => restartStep(each, ctx)),
      chain: false,
      inverse: null,
    };
  },
});

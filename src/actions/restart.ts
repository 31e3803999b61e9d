import type { Cell, Segment } from '../core/styled.ts';
import { rollout } from '../domain/rollout.ts';
import type { WorkloadRow } from '../domain/rows.ts';
import { zoneSpread } from '../domain/zones.ts';
import { defineAction, type ActionContext } from './define.ts';
import { dryRun } from './dry-run.ts';
import type { Progress, Step } from './plan.ts';
import { names } from './victims.ts';
import {
  departed,
  firstReason,
  livePods,
  nameOf,
  present,
  refOfTarget,
  type WorkloadTarget,
  patchAccess,
  ROLLOUT_LIMIT,
} from './workload-target.ts';

/** What `kubectl rollout restart` does: a new template, the same but for this annotation. */
function patchAt({ row }: WorkloadTarget, now: number) {
  const restartedAt = new Date(now).toISOString().replace(/\.\d+Z$/, 'Z');
  return {
    type: 'strategic',
    body: {
      // Another object of the same name is not meant.
      metadata: { uid: row.uid },
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

function warningsOf(target: WorkloadTarget): readonly string[] {
  const { row } = target;
  const name = nameOf(target);
  const warnings: string[] = [];
  if (row.strategy === 'Recreate')
    warnings.push(`${name} ends all its pods before it starts new ones: nothing answers meanwhile`);
  if (row.strategy === 'OnDelete')
    warnings.push(`${name} replaces a pod only when it is deleted: nothing restarts by itself`);
  if (row.partition > 0)
    warnings.push(`${name} has a partition: pods below number ${row.partition} are not replaced`);
  if (row.desired === 1 && row.kind === 'StatefulSet')
    warnings.push(`${name} has one pod: nothing answers until it is back`);
  if (rollout(row).state === 'progressing' && row.updated < row.desired)
    warnings.push(`${name} is being rolled out already: that starts over`);
  // Helm, Argo CD and Flux leave the annotation that restarts alone: their manifests do not have it.
  return warnings;
}

function follow(target: WorkloadTarget, { query }: ActionContext): Progress {
  const name = nameOf(target);
  const row = present(target, query);
  if (row === undefined) return { state: 'failed', text: `${name} was deleted meanwhile` };
  if (row.generation <= target.row.generation)
    return { state: 'working', text: `restarting ${name}: sent` };
  const { state, text } = rollout(row);
  switch (state) {
    case 'done':
      return { state: 'done', text: `restarted ${name}` };
    case 'failed':
      return { state: 'failed', text: `restart of ${name} ${text}` };
    case 'paused':
    case 'progressing':
      return { state: 'working', text: `restarting ${name}: ${text}` };
  }
}

function stepOf(target: WorkloadTarget, ctx: ActionContext): Step {
  const { uid, namespace } = target.row;
  return {
    title: `Restart ${nameOf(target)}`,
    uid,
    command: ctx.kubectl(['rollout', 'restart', nameOf(target), '-n', namespace]),
    access: [{ kube: patchAccess(target) }],
    already: '',
    run: async () => {
      await ctx.kube.patch(refOfTarget(target), patchAt(target, ctx.now()));
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
  guard: (targets) =>
    firstReason(targets, departed) ||
    firstReason(targets, ({ row }) =>
      row.paused ? `${row.name} is paused: resume its rollout first` : '',
    ),
  plan: async (targets, _values, ctx) => {
    const [target] = targets;
    const pods = targets.flatMap((each) => livePods(each, ctx.query));
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
      warnings: targets.flatMap(warningsOf),
      refusals: await dryRun(targets, (each) => patchAt(each, ctx.now()), ctx),
      steps: targets.map((each) => stepOf(each, ctx)),
      chain: false,
      inverse: null,
    };
  },
});

import type { Cell } from '../../core/styled.ts';
import type { WorkloadRow } from '../../domain/rows.ts';
import type { Query } from '../../ports/query.ts';
import { defineAction, type ActionContext } from '../engine/define.ts';
import { dryRun } from '../targets/dry-run.ts';
import type { FormValues } from '../engine/form.ts';
import type { Progress, Step } from '../engine/plan.ts';
import { ownerWarning, planForBound, scaleForm } from './scale-owner.ts';
import { roomWarning } from './scale-room.ts';
import { podsThatEnd } from '../targets/victims.ts';
import {
  autoscalerOf,
  departed,
  firstReason,
  nameOf,
  present,
  refOfTarget,
  revertWarning,
  type WorkloadTarget,
  patchAccess,
  ROLLOUT_LIMIT,
} from '../targets/workload-target.ts';

/** Replicas wanted of a target: its own number where targets differ (undo), else the common one. */
function wantedOf({ row }: WorkloadTarget, values: FormValues): number {
  return Number(values[row.uid] ?? values['replicas'] ?? row.desired);
}

/** Sets the number where it is still the one that the plan shows. */
function patchOf(target: WorkloadTarget, values: FormValues) {
  const path = '/spec/replicas';
  return {
    type: 'json',
    body: [
      { op: 'test', path, value: target.row.desired },
      { op: 'replace', path, value: wantedOf(target, values) },
    ],
    subresource: 'scale',
  } as const;
}

function change(target: WorkloadTarget, wanted: number): Cell {
  const { desired } = target.row;
  return [
    [nameOf(target), 'strong'],
    [`  ${desired} → `, 'text'],
    [String(wanted), wanted === 0 ? 'bad' : 'accent'],
    [wanted === desired ? '  no change' : '', 'muted'],
  ];
}

function warningsOf(target: WorkloadTarget, wanted: number, query: Query): readonly string[] {
  const zero =
    wanted === 0 && target.row.desired > 0
      ? `${nameOf(target)} will have no pods: nothing answers`
      : '';
  return [zero, ownerWarning(target, wanted, query), revertWarning(target)].filter(Boolean);
}

function title(targets: readonly WorkloadTarget[], values: FormValues): string {
  const [target] = targets;
  if (target === undefined || targets.length > 1) return `Scale ${targets.length} workloads`;
  return `Scale ${nameOf(target)} from ${target.row.desired} to ${wantedOf(target, values)} replicas`;
}

/** How far it is: the number must have arrived, and the pods with it. */
function follow(target: WorkloadTarget, values: FormValues, { query }: ActionContext): Progress {
  const wanted = wantedOf(target, values);
  const name = nameOf(target);
  const row = present(target, query);
  if (row === undefined) return { state: 'failed', text: `${name} was deleted meanwhile` };
  if (row.desired !== wanted) return notArrived(target, row, wanted, query);
  if (row.current === wanted && row.available >= wanted && row.observedGeneration >= row.generation)
    return { state: 'done', text: `scaled ${name} ${target.row.desired} → ${wanted}` };
  const missing =
    row.current > wanted
      ? `${row.current - wanted} still to end`
      : `${row.available} of ${wanted} available`;
  const failure = row.failure === '' || row.current >= wanted ? '' : ` (${row.failure})`;
  return { state: 'working', text: `scaling ${name} to ${wanted}: ${missing}${failure}` };
}

/** Either the change is still on its way to us, or someone has changed the number since. */
function notArrived(
  target: WorkloadTarget,
  row: WorkloadRow,
  wanted: number,
  query: Query,
): Progress {
  const name = nameOf(target);
  if (row.generation <= target.row.generation)
    return { state: 'working', text: `scaling ${name} to ${wanted}: sent` };
  const hpa = autoscalerOf(target, query);
  const who = hpa ? `: hpa/${hpa.name} owns the number` : '';
  return { state: 'failed', text: `${name} is to have ${row.desired} again, not ${wanted}${who}` };
}

/** The number as the server has it now: what was just written may not have come back to us yet. */
async function asItIs(target: WorkloadTarget, { kube }: ActionContext): Promise<WorkloadTarget> {
  const { spec } = await kube.get(refOfTarget(target));
  const { replicas } = (spec ?? {}) as { readonly replicas?: unknown };
  if (typeof replicas !== 'number') return target;
  return { ...target, row: { ...target.row, desired: replicas } };
}

/** One target's part of the plan. */
function stepOf(target: WorkloadTarget, values: FormValues, ctx: ActionContext): Step {
  const wanted = wantedOf(target, values);
  const { desired, uid, namespace } = target.row;
  const name = nameOf(target);
  return {
    title: `Scale ${name} from ${desired} to ${wanted}`,
    uid,
    command: ctx.kubectl([
      ...['scale', name, `--current-replicas=${desired}`, `--replicas=${wanted}`],
      ...['-n', namespace],
    ]),
    access: [{ kube: patchAccess(target, 'scale') }],
    already: wanted === desired ? `${name} has ${desired} already` : '',
    run: async () => {
      await ctx.kube.patch(refOfTarget(target), patchOf(target, values));
    },
    follow: {
      tables: [target.table, 'pods', 'hpas'],
      limit: ROLLOUT_LIMIT,
      look: () => follow(target, values, ctx),
    },
  };
}

/** What would stay Pending of each target. */
async function roomWarnings(
  targets: readonly WorkloadTarget[],
  values: FormValues,
  ctx: ActionContext,
): Promise<readonly string[]> {
  const all = targets.map((target) => roomWarning(target, wantedOf(target, values), ctx));
  return (await Promise.all(all)).filter(Boolean);
}

const stateOf = (row: WorkloadRow): string => `${row.generation}/${row.desired}`;

export const scale = defineAction<WorkloadRow>({
  id: 'scale',
  title: 'Scale',
  description:
    'Sets the number of replicas; names the autoscaler that owns it and the pods that would end.',
  key: 's',
  appliesTo: ['deployments', 'statefulsets', 'replicasets'],
  danger: 1,
  many: true,
  needs: ['pods', 'hpas', 'nodes'],
  state: stateOf,
  access: (target) => [patchAccess(target, 'scale')],
  iam: [],
  guard: (targets) =>
    firstReason(targets, departed) ||
    firstReason(targets, ({ row }) =>
      row.kind === 'ReplicaSet' && row.ownerName !== ''
        ? `${row.ownerKind} ${row.ownerName} owns the number of ${row.name}: scale that instead`
        : '',
    ),
  form: (targets, values, { query }) => scaleForm(targets, values, query),
  preview: async (targets, values, ctx) => {
    if (values['what'] === 'min' || values['what'] === 'max') return [];
    const room = await roomWarnings(targets, values, ctx);
    return room.map((line): Cell => [[line, 'warn']]);
  },
  plan: async (marked, values, ctx) => {
    const ofBound = planForBound(marked, values, ctx);
    if (ofBound !== null) return ofBound;
    const targets = await Promise.all(marked.map((target) => asItIs(target, ctx)));
    const wanted = targets.map((target) => [target, wantedOf(target, values)] as const);
    const ending = wanted.map(([target, number]) => podsThatEnd(target, number, ctx.query));
    const victimCount = ending.reduce((sum, { count }) => sum + count, 0);
    const spared =
      victimCount > 0
        ? ['PodDisruptionBudgets do not hold back pods that end by scaling down']
        : [];
    const toZero = wanted.some(([{ row }, number]) => number === 0 && row.desired > 0);
    return {
      title: title(targets, values),
      changes: wanted.map(([target, number]) => change(target, number)),
      victims: ending.flatMap(({ lines }) => lines),
      victimCount,
      ...(toZero && { danger: 2 as const }),
      warnings: [
        ...wanted.flatMap(([target, number]) => warningsOf(target, number, ctx.query)),
        ...spared,
        ...(await roomWarnings(targets, values, ctx)),
      ],
      refusals: await dryRun(
        targets
          .filter((target) => wantedOf(target, values) !== target.row.desired)
          .map((target) => [refOfTarget(target), patchOf(target, values)]),
        ctx,
      ),
      steps: targets.map((target) => stepOf(target, values, ctx)),
      chain: false,
      inverse: {
        action: 'scale',
        values: Object.fromEntries(targets.map(({ row }) => [row.uid, String(row.desired)])),
      },
    };
  },
});

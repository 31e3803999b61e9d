import type { Cell } from '../core/styled.ts';
import type { HpaRow, WorkloadRow } from '../domain/rows.ts';
import type { Query } from '../ports/query.ts';
import { defineAction, type ActionContext, type FormValues, type Progress } from './define.ts';
import { dryRun } from './dry-run.ts';
import { podsThatEnd } from './victims.ts';
import {
  autoscalerOf,
  departed,
  firstReason,
  kubectlCommands,
  nameOf,
  present,
  refOfTarget,
  revertWarning,
  type WorkloadTarget,
  patchAccess,
} from './workload-target.ts';

/** Replicas wanted of a target: its own number where targets differ (undo), else the common one. */
function wantedOf({ row }: WorkloadTarget, values: FormValues): number {
  return Number(values[row.uid] ?? values['replicas'] ?? row.desired);
}

function patchOf(target: WorkloadTarget, values: FormValues) {
  return {
    type: 'merge',
    body: { spec: { replicas: wantedOf(target, values) } },
    subresource: 'scale',
  } as const;
}

/** More than one would ever type on purpose. */
const MOST = 10_000;

function checkReplicas(value: string): string {
  const text = value.trim();
  if (text === '') return 'how many replicas?';
  if (!/^\d+$/.test(text)) return 'a whole number, 0 or more';
  return Number(text) > MOST ? `at most ${MOST}` : '';
}

/** The number that all have now, empty where they differ. */
function presentNumber(targets: readonly WorkloadTarget[]): string {
  const numbers = new Set(targets.map(({ row }) => row.desired));
  return numbers.size === 1 ? String([...numbers][0]) : '';
}

/** What the form says beside the field: who owns the number. */
function fieldLabel(targets: readonly WorkloadTarget[], query: Query): string {
  const [target] = targets;
  const hpa = target && targets.length === 1 ? autoscalerOf(target, query) : undefined;
  return hpa ? `Replicas (hpa/${hpa.name} owns them: ${hpa.min}–${hpa.max})` : 'Replicas';
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

/** A ScaledObject of KEDA makes the HPA that scales its target. */
const KEDA = 'scaledobject.keda.sh/name';

function ownerWarning(target: WorkloadTarget, hpa: HpaRow, wanted: number): string {
  const name = nameOf(target);
  const keda = hpa.labels[KEDA];
  if (keda !== undefined)
    return `KEDA scales ${name} by scaledobject/${keda}: pause it by its annotation autoscaling.keda.sh/paused-replicas, or it sets the number back`;
  if (wanted === 0)
    return `scaling ${name} to 0 disables hpa/${hpa.name} until it has replicas again`;
  if (target.row.desired === 0)
    return `hpa/${hpa.name} wakes up and keeps ${name} within ${hpa.min}–${hpa.max}`;
  return `hpa/${hpa.name} owns the replicas of ${name} (${hpa.min}–${hpa.max}) and sets them by its metrics again: change its minimum or maximum instead`;
}

function warningsOf(target: WorkloadTarget, wanted: number, query: Query): readonly string[] {
  const hpa = autoscalerOf(target, query);
  const zero =
    wanted === 0 && target.row.desired > 0
      ? `${nameOf(target)} will have no pods: nothing answers`
      : '';
  return [zero, hpa ? ownerWarning(target, hpa, wanted) : '', revertWarning(target)].filter(
    Boolean,
  );
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
  needs: ['pods', 'hpas'],
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
  form: (targets, { query }) => [
    {
      id: 'replicas',
      label: fieldLabel(targets, query),
      type: 'number',
      initial: presentNumber(targets),
      check: checkReplicas,
    },
  ],
  plan: async (targets, values, ctx) => {
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
      ],
      commands: kubectlCommands(
        targets,
        (target, name) => ['scale', name, `--replicas=${wantedOf(target, values)}`],
        ctx,
      ),
      refusals: await dryRun(targets, (target) => patchOf(target, values), ctx),
      versions: Object.fromEntries(targets.map(({ row }) => [row.uid, stateOf(row)])),
    };
  },
  run: async (target, values, ctx) => {
    await ctx.kube.patch(refOfTarget(target), patchOf(target, values));
  },
  follow: (target, values, _startedAt, ctx) => follow(target, values, ctx),
  undo: ({ row }) => ({ [row.uid]: String(row.desired) }),
});

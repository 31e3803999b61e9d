import { at } from '../../core/json.ts';
import type { Cell } from '../../core/styled.ts';
import { refOf } from '../../domain/ref.ts';
import type { HpaRow } from '../../domain/rows.ts';
import type { AccessRequest, KubeObject } from '../../ports/kube.ts';
import type { Query } from '../../ports/query.ts';
import { patchAsPlanned } from '../targets/as-planned.ts';
import { defineAction, type ActionContext, type ActionTarget } from '../engine/define.ts';
import { dryRun, type KubePatch } from '../targets/dry-run.ts';
import { numberField, type FormValues } from '../engine/form.ts';
import type { Inverse, Plan, Progress, Step } from '../engine/plan.ts';
import { podsThatEnd } from '../targets/victims.ts';
import type { WorkloadTarget } from '../targets/workload-target.ts';

/** The numbers between which an autoscaler keeps its target. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** A ScaledObject of KEDA makes the HPA that scales its target, and sets it back. */
const KEDA = 'scaledobject.keda.sh/name';

/** The ScaledObject that makes an autoscaler; empty where none does. */
export const scaledObjectOf = ({ labels }: HpaRow): string => labels[KEDA] ?? '';

/** More than one would ever type on purpose. */
const MOST = 10_000;
/** How long (ms) the first pods are waited for: autoscalers look every 15 seconds. */
const LIMIT = 5 * 60_000;

const nameOf = ({ name }: HpaRow): string => `hpa/${name}`;

/** The right to change an autoscaler. */
function boundsAccess({ namespace, name }: HpaRow): AccessRequest {
  return {
    verb: 'patch',
    group: 'autoscaling',
    resource: 'horizontalpodautoscalers',
    namespace,
    name,
  };
}

/** As the server has it now: what was just written may not have come back to us yet. */
function boundsOf(object: KubeObject): Bounds {
  const [min, max] = [at(object, 'spec', 'minReplicas'), at(object, 'spec', 'maxReplicas')];
  return { min: typeof min === 'number' ? min : 1, max: Number(max) };
}

function patchOf({ min, max }: Bounds): KubePatch {
  return {
    type: 'json',
    body: [
      { op: 'add', path: '/spec/minReplicas', value: min },
      { op: 'add', path: '/spec/maxReplicas', value: max },
    ],
  };
}

/** The workload that an autoscaler scales, where it is of a kind that is known. */
function scaled(hpa: HpaRow, query: Query): WorkloadTarget | undefined {
  const tables = { Deployment: 'deployments', StatefulSet: 'statefulsets' } as const;
  const { targetKind, targetName, namespace } = hpa;
  if (targetKind !== 'Deployment' && targetKind !== 'StatefulSet') return undefined;
  const table = tables[targetKind];
  const row = query.named(table, namespace, targetName);
  return row === undefined || row.gone > 0 ? undefined : { resource: table, table, row };
}

function warningsOf(hpa: HpaRow, wanted: Bounds): readonly string[] {
  const fixed =
    wanted.min === wanted.max
      ? `${nameOf(hpa)} can choose nothing any more: ${wanted.min} replicas, whatever the load`
      : '';
  const down =
    hpa.current > wanted.max
      ? `${hpa.current} replicas are more than the new maximum: the others end within half a minute, without regard for PodDisruptionBudgets`
      : '';
  return [fixed, down].filter(Boolean);
}

function follow(hpa: HpaRow, wanted: Bounds, query: Query): Progress {
  const name = nameOf(hpa);
  const range = `${wanted.min}–${wanted.max}`;
  const row = query.get('hpas', hpa.uid);
  if (row === undefined || row.gone > 0)
    return { state: 'failed', text: `${name} was deleted meanwhile` };
  if (row.min !== wanted.min || row.max !== wanted.max)
    return { state: 'working', text: `${name} to ${range}: sent` };
  const off = row.conditions.find(({ type }) => type === 'ScalingActive');
  if (off?.reason === 'ScalingDisabled')
    return { state: 'done', text: `${name} keeps ${range} once its target has replicas` };
  if (row.current < wanted.min || row.current > wanted.max)
    return { state: 'working', text: `${name} to ${range}: ${row.current} replicas so far` };
  return { state: 'done', text: `${name} keeps ${range}` };
}

/**
 * A plan that gives an autoscaler other bounds.
 * @param wanted of the bounds there are then; the server is asked for them
 * @param uid the row under it
 * @param inverseOf how it is taken back to the bounds of before
 */
export async function boundsPlan(
  hpa: HpaRow,
  wanted: (now: Bounds) => Bounds,
  uid: string,
  inverseOf: (before: Bounds) => Inverse,
  ctx: ActionContext,
): Promise<Plan> {
  const ref = refOf('hpas', hpa);
  const planned = await ctx.kube.get(ref);
  const now = boundsOf(planned);
  const next = wanted(now);
  const problem = next.min > next.max ? `the minimum ${next.min} is above the maximum` : '';
  if (problem !== '') throw new Error(`${problem} ${next.max} of ${nameOf(hpa)}`);
  const same = now.min === next.min && now.max === next.max;
  const target = scaled(hpa, ctx.query);
  const ending =
    target === undefined ? { count: 0, lines: [] } : podsThatEnd(target, next.max, ctx.query);
  const patch = patchOf(next);
  const spec = { minReplicas: next.min, maxReplicas: next.max };
  const step: Step = {
    title: `Let ${nameOf(hpa)} keep ${next.min}–${next.max} replicas`,
    uid,
    command: ctx.kubectl([
      ...['patch', nameOf(hpa), '-n', hpa.namespace, '--type=merge'],
      ...['-p', JSON.stringify({ spec })],
    ]),
    access: [{ kube: boundsAccess(hpa) }],
    already: same ? `${nameOf(hpa)} keeps ${now.min}–${now.max} already` : '',
    run: () => patchAsPlanned({ ref, planned, patch, relies: boundsOf }, ctx.kube),
    follow: { tables: ['hpas'], limit: LIMIT, look: () => follow(hpa, next, ctx.query) },
  };
  return {
    title: step.title,
    changes: [
      change('minimum', now.min, next.min, nameOf(hpa)),
      change('maximum', now.max, next.max, nameOf(hpa)),
      effect(hpa, next),
    ],
    victims: ending.lines,
    victimCount: ending.count,
    warnings: warningsOf(hpa, next),
    refusals: same ? [] : await dryRun([[ref, patch]], ctx),
    steps: [step],
    chain: false,
    inverse: inverseOf(now),
  };
}

function change(what: string, before: number, after: number, name: string): Cell {
  return [
    [`${what} of ${name}`, 'strong'],
    [before === after ? `  ${before}` : `  ${before} → `, 'text'],
    [before === after ? '' : String(after), 'accent'],
    [before === after ? '  no change' : '', 'muted'],
  ];
}

/** What the replicas that there are come to. */
function effect({ current, targetKind, targetName }: HpaRow, { min, max }: Bounds): Cell {
  const name = `${targetKind.toLowerCase()}/${targetName}`;
  const then = Math.min(max, Math.max(min, current));
  return [
    [name, 'strong'],
    [`  ${current} ${current === 1 ? 'replica' : 'replicas'} now`, 'text'],
    [then === current || current === 0 ? '' : `, ${then} soon`, 'warn'],
  ];
}

const wantedOf = (values: FormValues, row: HpaRow): Bounds => ({
  min: Number(values['min'] ?? row.min),
  max: Number(values['max'] ?? row.max),
});

export const bounds = defineAction<HpaRow>({
  id: 'bounds',
  title: 'Minimum and maximum',
  description: 'Sets between which numbers of replicas an autoscaler may choose.',
  key: 's',
  appliesTo: ['hpas'],
  danger: 1,
  many: false,
  needs: ['pods', 'deployments', 'statefulsets'],
  state: ({ min, max }) => `${min}–${max}`,
  access: ({ row }) => [boundsAccess(row)],
  iam: [],
  guard: ([target]: readonly ActionTarget<HpaRow>[]) => {
    if (target === undefined) return '';
    const { row } = target;
    if (row.gone > 0) return `${row.name} is gone`;
    if (row.deleting > 0) return `${row.name} is being deleted`;
    const owner = scaledObjectOf(row);
    return owner === ''
      ? ''
      : `KEDA makes hpa/${row.name} and sets it back: change minReplicaCount and maxReplicaCount of scaledobject/${owner}`;
  },
  form: ([target], values) => {
    if (target === undefined) return [];
    const { row } = target;
    const { min, max } = wantedOf(values, row);
    return [
      numberField({
        id: 'min',
        label: 'Minimum',
        initial: String(row.min),
        // 0 takes a feature gate: who has it has used it.
        min: Math.min(1, row.min),
        max: MOST,
        hint: `${row.current} replicas now`,
        check: (value) => (value > max ? `above the maximum ${max}` : ''),
      }),
      numberField({
        id: 'max',
        label: 'Maximum',
        initial: String(row.max),
        min: 1,
        max: MOST,
        hint: `${row.current} replicas now`,
        check: (value) => (value < min ? `below the minimum ${min}` : ''),
      }),
    ];
  },
  plan: async ([target], values, ctx) => {
    if (target === undefined) throw new Error('nothing is selected');
    const { row } = target;
    const inverse = ({ min, max }: Bounds): Inverse => ({
      action: 'bounds',
      values: { min: String(min), max: String(max) },
    });
    return boundsPlan(row, () => wantedOf(values, row), row.uid, inverse, ctx);
  },
});

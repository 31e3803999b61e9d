/** Who else has a say in a number of replicas, and how that is changed instead. */
import type { HpaRow } from '../../domain/rows.ts';
import type { Query } from '../../ports/query.ts';
import type { ActionContext } from '../engine/define.ts';
import { choiceField, numberField, type Form, type FormValues } from '../engine/form.ts';
import { boundsPlan, scaledObjectOf, type Bounds } from './hpa-bounds.ts';
import type { Plan } from '../engine/plan.ts';
import { autoscalerOf, nameOf, type WorkloadTarget } from '../targets/workload-target.ts';

/** More than one would ever type on purpose. */
const MOST = 10_000;

/** What is changed: the replicas, or a bound of the autoscaler that owns them. */
type What = 'replicas' | 'min' | 'max';

const LABELS: Readonly<Record<What, string>> = {
  replicas: 'Replicas',
  min: 'Minimum',
  max: 'Maximum',
};

const whatOf = ({ what }: FormValues): What =>
  what === 'min' || what === 'max' ? what : 'replicas';

/** The autoscaler whose bounds can be changed: of one target, and not KEDA's. */
function changeable(targets: readonly WorkloadTarget[], query: Query): HpaRow | undefined {
  const [target] = targets;
  if (target === undefined || targets.length > 1) return undefined;
  const hpa = autoscalerOf(target, query);
  return hpa !== undefined && scaledObjectOf(hpa) === '' ? hpa : undefined;
}

/** The number that all have now, empty where they differ. */
function presentNumber(targets: readonly WorkloadTarget[]): string {
  const numbers = new Set(targets.map(({ row }) => row.desired));
  return numbers.size === 1 ? String([...numbers][0]) : '';
}

/** The number that is asked for, and of what it is. */
export function scaleForm(
  targets: readonly WorkloadTarget[],
  values: FormValues,
  query: Query,
): Form {
  const hpa = changeable(targets, query);
  const [target] = targets;
  const replicas = numberField({
    id: 'replicas',
    label: LABELS.replicas,
    initial: presentNumber(targets),
    min: 0,
    max: MOST,
    hint: hpa ? `hpa/${hpa.name} owns them: ${hpa.min}–${hpa.max}` : '',
  });
  if (hpa === undefined || target === undefined) return [replicas];
  const what = whatOf(values);
  const bound = (id: 'min' | 'max') =>
    numberField({
      id,
      label: LABELS[id],
      initial: String(hpa[id]),
      min: Math.min(1, hpa.min),
      max: MOST,
      hint: `of hpa/${hpa.name}: ${hpa.min}–${hpa.max} now`,
      check: (value) =>
        id === 'min' && value > hpa.max
          ? `above the maximum ${hpa.max}`
          : id === 'max' && value < hpa.min
            ? `below the minimum ${hpa.min}`
            : '',
    });
  const option = (id: What, title: string, detail: string) => ({ id, title, detail, disabled: '' });
  return [
    what === 'replicas' ? replicas : bound(what),
    choiceField({
      id: 'what',
      label: 'Of what',
      options: [
        option(
          'replicas',
          nameOf(target),
          `the autoscaler sets it again, within ${hpa.min}–${hpa.max}`,
        ),
        option('min', `minimum of hpa/${hpa.name}`, `${hpa.min} now: never fewer`),
        option('max', `maximum of hpa/${hpa.name}`, `${hpa.max} now: never more`),
      ],
    }),
  ];
}

/** The plan for a bound of the autoscaler; null where replicas are what is changed. */
export function planForBound(
  targets: readonly WorkloadTarget[],
  values: FormValues,
  ctx: ActionContext,
): Promise<Plan> | null {
  const what = whatOf(values);
  if (what === 'replicas') return null;
  const [target] = targets;
  const hpa = changeable(targets, ctx.query);
  if (target === undefined || hpa === undefined)
    throw new Error('the autoscaler is not there any more: scale the replicas');
  const wanted = (now: Bounds): Bounds => ({ ...now, [what]: Number(values[what]) });
  const inverse = (before: Bounds) => ({
    action: 'scale',
    values: { what, [what]: String(before[what]) },
  });
  return boundsPlan(hpa, wanted, target.row.uid, inverse, ctx);
}

/** What the one who owns the number will do about it; empty where nobody does. */
export function ownerWarning(target: WorkloadTarget, wanted: number, query: Query): string {
  const hpa = autoscalerOf(target, query);
  if (hpa === undefined) return '';
  const name = nameOf(target);
  const keda = scaledObjectOf(hpa);
  if (keda !== '')
    return `KEDA scales ${name} by scaledobject/${keda}: pause it by its annotation autoscaling.keda.sh/paused-replicas, or it sets the number back`;
  if (wanted === 0)
    return `scaling ${name} to 0 disables hpa/${hpa.name} until it has replicas again`;
  if (target.row.desired === 0)
    return `hpa/${hpa.name} wakes up and keeps ${name} within ${hpa.min}–${hpa.max}`;
  return `hpa/${hpa.name} owns the replicas of ${name} (${hpa.min}–${hpa.max}) and sets them by its metrics again: change its minimum or maximum instead`;
}

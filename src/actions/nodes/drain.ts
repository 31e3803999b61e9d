import type { Cell, Tone } from '../../core/styled.ts';
import type { NodeRow } from '../../domain/rows.ts';
import { budgetsIn, forbidding, type Budgets } from './budgets.ts';
import { CORDONED_BEFORE, cordonStep, lastOnes, type NodeTarget } from './cordon.ts';
import { defineAction, type ActionContext } from '../engine/define.ts';
import { isOn, podsOf, podsToDrain, type DrainPod } from './drain-pods.ts';
import { evictAll } from './evicting.ts';
import { textField, yesNoField, type Form, type FormValues } from '../engine/form.ts';
import { departed, firstReason, nameOf, patchAccess, titleOf } from '../targets/object-target.ts';
import type { Step } from '../engine/plan.ts';

/** The longest time that can be typed (s): a day. */
const MOST = 86_400;

const secondsField = (id: string, label: string, hint: string) =>
  textField({
    id,
    label,
    hint,
    check: (value) => {
      const text = value.trim();
      if (text === '' || (/^\d+$/.test(text) && Number(text) <= MOST)) return '';
      return `a whole number of seconds up to ${MOST}, or nothing`;
    },
  });

const FORM: Form = [
  yesNoField({
    ...{ id: 'daemonsets', label: 'Ignore daemon sets', initial: 'yes' },
    ...{ yes: 'their pods stay', no: 'their pods block' },
  }),
  yesNoField({
    ...{ id: 'emptydir', label: 'Delete emptyDir data', initial: 'no' },
    ...{ yes: 'it is lost', no: 'pods that have it block' },
  }),
  yesNoField({
    ...{ id: 'force', label: 'Force', initial: 'no' },
    ...{ yes: 'unmanaged pods go for good', no: 'unmanaged pods block' },
  }),
  secondsField('grace', 'Grace seconds', 'time to end; empty: as each pod says itself'),
  secondsField('timeout', 'Timeout seconds', 'for each node; empty: as long as it takes'),
];

/** The values of the form where it was not shown. */
const complete = (values: FormValues): FormValues => ({ daemonsets: 'yes', ...values });

const seconds = (values: FormValues, id: string): number | null => {
  const text = (values[id] ?? '').trim();
  return text === '' ? null : Number(text);
};

/** A node with its pods, as they are when the plan is made. */
interface Drained {
  readonly target: NodeTarget;
  readonly pods: readonly DrainPod[];
}

function look(
  targets: readonly NodeTarget[],
  values: FormValues,
  ctx: ActionContext,
): Promise<readonly Drained[]> {
  return Promise.all(
    targets.map(async (target) => ({
      target,
      pods: await podsToDrain(target.row.name, values, ctx),
    })),
  );
}

const of = (nodes: readonly Drained[], fate: DrainPod['fate']): readonly DrainPod[] =>
  nodes.flatMap(({ pods }) => pods.filter((pod) => pod.fate === fate));

const budgetsOf = (pods: readonly DrainPod[], ctx: ActionContext): Promise<Budgets> =>
  budgetsIn(
    pods.map(({ ref }) => ref.namespace),
    ctx,
  );

/** The budgets that hold a pod back now: `pdb/api`. */
const heldBack = ({ evictable }: DrainPod, budgets: Budgets): string =>
  forbidding(evictable, budgets)
    .map(({ name }) => name)
    .join(', ');

const MARKS: Readonly<Record<DrainPod['fate'], readonly [mark: string, tone: Tone]>> = {
  goes: ['→', 'text'],
  stays: ['·', 'muted'],
  blocks: ['✗', 'bad'],
};
const HELD = ['!', 'warn'] as const;

function lineOf(pod: DrainPod, budgets: Budgets): Cell {
  const held = pod.fate === 'goes' ? heldBack(pod, budgets) : '';
  const why = [pod.why, held === '' ? '' : `waits for ${held}`].filter(Boolean).join(', ');
  const [mark, tone] = held === '' ? MARKS[pod.fate] : HELD;
  return [
    [`${mark} ${pod.name}`, tone],
    [why === '' ? '' : `  ${why}`, 'muted'],
  ];
}

function commandOf({ row }: NodeTarget, values: FormValues, ctx: ActionContext): string {
  const grace = seconds(values, 'grace');
  const timeout = seconds(values, 'timeout');
  return ctx.kubectl([
    ...['drain', row.name],
    ...(isOn(values, 'daemonsets') ? ['--ignore-daemonsets'] : []),
    ...(isOn(values, 'emptydir') ? ['--delete-emptydir-data'] : []),
    ...(isOn(values, 'force') ? ['--force'] : []),
    ...(grace === null ? [] : [`--grace-period=${grace}`]),
    ...(timeout === null ? [] : [`--timeout=${timeout}s`]),
  ]);
}

/** One line for each pod that nothing can be done with as the form stands. */
const blocked = (pods: readonly DrainPod[]): string =>
  pods.map(({ name, why }) => `${name} ${why}`).join('; ');

function evictStep({ target, pods }: Drained, values: FormValues, ctx: ActionContext): Step {
  const { row } = target;
  const going = pods.filter(({ fate }) => fate === 'goes');
  const right = { verb: 'create', group: '', resource: 'pods', subresource: 'eviction' };
  return {
    title: `Evict ${going.length} ${going.length === 1 ? 'pod' : 'pods'} from ${nameOf(target)}`,
    uid: row.uid,
    command: commandOf(target, values, ctx),
    access: [...new Set(going.map(({ ref }) => ref.namespace))].map((namespace) => ({
      kube: { ...right, namespace },
    })),
    already: going.length === 0 ? 'it has no pods that go' : '',
    stoppable: true,
    run: async (signal, report) => {
      // What has come onto the node since the plan was made goes too.
      const now = await podsToDrain(row.name, values, ctx);
      const blocks = now.filter(({ fate }) => fate === 'blocks');
      if (blocks.length > 0)
        throw new Error(`nothing was evicted from ${nameOf(target)}: ${blocked(blocks)}`);
      await evictAll(
        {
          pods: now.filter(({ fate }) => fate === 'goes'),
          grace: seconds(values, 'grace'),
          limit: (seconds(values, 'timeout') ?? 0) * 1000,
          signal,
          report,
          left: () => podsOf(row.name, ctx),
        },
        ctx,
      );
    },
  };
}

/** What is lost with which pods: a line for each sort of loss. */
function lossesOf(going: readonly DrainPod[]): readonly string[] {
  const names = new Map<string, string[]>();
  for (const { name, why } of going) {
    if (why !== '') names.set(why, [...(names.get(why) ?? []), name]);
  }
  return [...names].map(([why, pods]) =>
    pods.length > 1 ? `${why}: ${pods.length} pods: ${pods.join(', ')}` : `${why}: ${pods.join()}`,
  );
}

/** Empties nodes, as kubectl drain does. */
export const drain = defineAction<NodeRow>({
  id: 'drain',
  title: 'Drain',
  description: 'Cordons nodes and evicts their pods, as disruption budgets allow.',
  key: 'r',
  appliesTo: ['nodes'],
  danger: 2,
  many: true,
  needs: ['pods'],
  state: ({ cordoned }) => String(cordoned),
  access: (target) => [patchAccess(target)],
  iam: [],
  guard: (targets) => firstReason(targets, departed),
  form: () => FORM,
  preview: async (targets, values, ctx) => {
    const nodes = await look(targets, values, ctx);
    const going = of(nodes, 'goes');
    const blocking = of(nodes, 'blocks');
    const staying = of(nodes, 'stays');
    const budgets = await ctx.once('budgets', () => budgetsOf(going, ctx));
    return [
      [
        [`${going.length} go`, 'strong'],
        [`, ${staying.length} stay, `, 'text'],
        [`${blocking.length} block`, blocking.length > 0 ? 'bad' : 'text'],
      ],
      '',
      ...[...blocking, ...going, ...staying].map((pod) => lineOf(pod, budgets)),
    ];
  },
  plan: async (targets, typed, ctx) => {
    const values = complete(typed);
    const nodes = await look(targets, values, ctx);
    const blocks = of(nodes, 'blocks');
    if (blocks.length > 0) throw new Error(`it cannot be drained as it is: ${blocked(blocks)}`);
    const going = of(nodes, 'goes');
    const budgets = await budgetsOf(going, ctx);
    const held = going.flatMap((pod) => {
      const by = heldBack(pod, budgets);
      return by === '' ? [] : [`${pod.name} waits until ${by} allows it`];
    });
    const before = targets.filter(({ row }) => row.cordoned);
    return {
      title: titleOf('Drain', targets),
      changes: nodes.map(({ target, pods }): Cell => {
        const goes = pods.filter(({ fate }) => fate === 'goes').length;
        return [
          [nameOf(target), 'strong'],
          [`  ${goes} of ${pods.length} pods are evicted`, 'text'],
          [goes < pods.length ? ', the others stay' : '', 'muted'],
        ];
      }),
      victims: going.map(({ name }) => name),
      warnings: [
        ...held,
        ...lossesOf(going),
        ...lastOnes(targets, ctx),
        ...(budgets.unknown === '' ? [] : [budgets.unknown]),
      ],
      refusals: [],
      // All are cordoned first: no pod goes from one to the next.
      steps: [
        ...nodes.map(({ target }) => cordonStep('cordon', target, {}, ctx)),
        ...nodes.map((node) => evictStep(node, values, ctx)),
      ],
      chain: true,
      separate: true,
      inverse:
        before.length === targets.length
          ? null
          : {
              action: 'uncordon',
              values: Object.fromEntries(before.map(({ row }) => [row.uid, CORDONED_BEFORE])),
            },
    };
  },
});

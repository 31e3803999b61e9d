import type { Cell } from '../../core/styled.ts';
import { at, objects, text, texts } from '../../core/json.ts';
import { kindOf } from '../../domain/ref.ts';
import type { ObjectRow } from '../../domain/rows.ts';
import type { DeleteOptions, KubeError, KubeObject } from '../../ports/kube.ts';
import type { Query } from '../../ports/query.ts';
import { budgetsIn, type Budgets } from '../nodes/budgets.ts';
import { defineAction, type ActionContext } from '../engine/define.ts';
import { refusalsOf } from '../targets/dry-run.ts';
import { choiceField, textField, type Form, type FormValues } from '../engine/form.ts';
import {
  firstReason,
  inNamespace,
  nameOf,
  OBJECTS,
  present,
  refOfTarget,
  rightTo,
  titleOf,
  type ObjectTable,
  type ObjectTarget,
} from '../targets/object-target.ts';
import { followingOf, OWNED, silenced, type Following } from '../targets/owned.ts';
import type { Progress, Step } from '../engine/plan.ts';
import { revertWarning } from '../targets/workload-target.ts';

/** How long (ms) a deletion is followed, and how often it is asked what holds it. */
const LIMIT = 10 * 60_000;
const EVERY = 2000;
/** The longest grace that can be typed (s): a day. */
const MOST_GRACE = 86_400;

/** What is special about deleting some kinds. */
interface Trait {
  /** Its name has to be typed. */
  readonly typed?: true;
  /** It is given time to end, which can be cut short. */
  readonly graceful?: true;
  /** What to know first. */
  readonly know?: string;
}

const TRAITS: Partial<Record<ObjectTable, Trait>> = {
  pods: { graceful: true },
  namespaces: {
    typed: true,
    know: 'everything in it is deleted with it: also claims of volumes, secrets, and kinds that are not shown here',
  },
  nodes: {
    typed: true,
    know: 'only the Node object is deleted: the instance runs on, its pods are taken for lost without regard to disruption budgets; drain it first',
  },
};

const traitOf = ({ table }: ObjectTarget): Trait => TRAITS[table as ObjectTable] ?? {};

/** What becomes of what it owns; ids are kubectl's words. */
const PROPAGATION = [
  { id: 'background', title: 'background', detail: 'it goes, then what it owns', disabled: '' },
  { id: 'foreground', title: 'foreground', detail: 'what it owns goes first', disabled: '' },
  { id: 'orphan', title: 'orphan', detail: 'what it owns stays', disabled: '' },
] as const;

const POLICY: Readonly<Record<string, NonNullable<DeleteOptions['propagation']>>> = {
  background: 'Background',
  foreground: 'Foreground',
  orphan: 'Orphan',
};

const FORCE = [
  { id: 'no', title: 'no', detail: 'its node ends it first', disabled: '' },
  {
    id: 'yes',
    title: 'yes',
    detail: 'off the list at once, though it may still run',
    disabled: '',
  },
] as const;

function formOf(targets: readonly ObjectTarget[], values: FormValues): Form {
  const propagation = choiceField({
    id: 'propagation',
    label: 'What it owns',
    options: PROPAGATION,
  });
  if (!targets.every((target) => traitOf(target).graceful === true)) return [propagation];
  return [
    propagation,
    textField({
      id: 'grace',
      label: 'Grace seconds',
      hint: 'time to end; empty: as each pod says itself',
      check: (value) => graceProblem(value.trim(), values['force'] === 'yes'),
    }),
    choiceField({ id: 'force', label: 'Force', options: FORCE }),
  ];
}

function graceProblem(grace: string, force: boolean): string {
  if (grace === '') return '';
  if (!/^\d+$/.test(grace)) return 'a whole number of seconds, or nothing';
  if (Number(grace) > MOST_GRACE) return `at most ${MOST_GRACE}`;
  if (force && Number(grace) > 0) return 'force waits for nothing: 0, or leave it empty';
  return Number(grace) === 0 && !force ? '0 is what force does: choose it below' : '';
}

/** What is asked of the server for one of them: this very object, and no other of its name. */
function optionsOf({ row }: ObjectTarget, values: FormValues): DeleteOptions {
  const { propagation = '', grace = '', force } = values;
  const seconds = force === 'yes' ? 0 : grace.trim() === '' ? null : Number(grace);
  return {
    uid: row.uid,
    propagation: POLICY[propagation] ?? 'Background',
    ...(seconds !== null && { graceSeconds: seconds }),
  };
}

function commandOf(target: ObjectTarget, values: FormValues, ctx: ActionContext): string {
  const { propagation = 'background' } = values;
  const { graceSeconds } = optionsOf(target, values);
  return ctx.kubectl([
    ...['delete', nameOf(target), ...inNamespace(target)],
    ...(propagation === 'background' ? [] : [`--cascade=${propagation}`]),
    ...(graceSeconds === undefined ? [] : [`--grace-period=${graceSeconds}`]),
    ...(graceSeconds === 0 ? ['--force'] : []),
  ]);
}

/** What keeps an object that is being deleted, in its own words. */
function heldBy({ metadata, spec, status }: KubeObject): string {
  const finalizers = [...texts(metadata['finalizers']), ...texts(at(spec, 'finalizers'))];
  const held = finalizers.length === 0 ? '' : `held by ${finalizers.join(', ')}`;
  const said = objects(at(status, 'conditions'))
    .filter((each) => each['status'] === 'True' && /Remaining|Failure/.test(text(each['type'])))
    .map((each) => text(each['message']));
  const grace = Number(metadata['deletionGracePeriodSeconds'] ?? 0);
  const ending = finalizers.length === 0 && grace > 0 ? `it has ${grace}s to end` : '';
  return [held, ...said, ending].filter((part) => part !== '').join('; ');
}

async function look(target: ObjectTarget, { query, kube }: ActionContext): Promise<Progress> {
  const name = nameOf(target);
  const gone: Progress = { state: 'done', text: `deleted ${name}` };
  if (present(target, query) === undefined) return gone;
  try {
    const object = await kube.get(refOfTarget(target));
    if (object.metadata.uid !== target.row.uid) return gone;
    const why = heldBy(object);
    return { state: 'working', text: `deleting ${name}${why === '' ? '' : `: ${why}`}` };
  } catch (error) {
    if ((error as Partial<KubeError>).code === 404) return gone;
    throw error;
  }
}

function stepOf(target: ObjectTarget, values: FormValues, ctx: ActionContext): Step {
  const { table, row } = target;
  return {
    title: `Delete ${nameOf(target)}`,
    uid: row.uid,
    command: commandOf(target, values, ctx),
    access: [{ kube: rightTo('delete', target) }],
    already: '',
    run: async () => {
      try {
        await ctx.kube.delete(refOfTarget(target), optionsOf(target, values));
      } catch (error) {
        // Somebody else was faster: that is what was wanted.
        if ((error as Partial<KubeError>).code !== 404) throw error;
      }
    },
    follow: { tables: [table], limit: LIMIT, every: EVERY, look: () => look(target, ctx) },
  };
}

function change(target: ObjectTarget): Cell {
  const { namespace, deleting } = target.row;
  return [
    [nameOf(target), 'strong'],
    [namespace === '' ? '' : `  in ${namespace}`, 'muted'],
    [deleting > 0 ? ', being deleted already' : '', 'warn'],
  ];
}

const words = ({ table, count }: Following['owned'][number]): string =>
  `${count} ${count === 1 ? kindOf(table).kind.toLowerCase() : table}`;

/** What to know of one of them. */
function knownOf(target: ObjectTarget): readonly string[] {
  const { row } = target;
  const { know = '' } = traitOf(target);
  const owner = `${row.ownerKind.toLowerCase()}/${row.ownerName}`;
  return [
    know,
    row.ownerName === '' ? '' : `${owner} owns ${nameOf(target)} and may make another one`,
    'managedBy' in row && row.managedBy !== '' ? revertWarning(target as never) : '',
  ].filter((warning) => warning !== '');
}

function warningsOf(
  targets: readonly ObjectTarget[],
  { pods, owned }: Following,
  budgets: Budgets,
  query: Query,
  values: FormValues,
): readonly string[] {
  const others = owned.map(words).join(', ');
  const covering = budgets.list.filter(({ covers }) => pods.some(covers));
  return [
    ...new Set(targets.flatMap(knownOf)),
    others === '' ? '' : `with it: ${others}`,
    ...silenced(pods, query).map(
      (name) => `service ${name} has no other endpoints: it stops answering`,
    ),
    covering.length === 0
      ? ''
      : `deleting does not respect ${covering.map(({ name, allowed }) => `${name} (${allowed} allowed now)`).join(', ')}`,
    values['force'] === 'yes'
      ? 'force: nobody waits until it has ended; where its node is cut off it may still run and write'
      : '',
    budgets.unknown,
  ].filter((warning) => warning !== '');
}

/** Deletes objects of any kind. */
export const deleteObjects = defineAction<ObjectRow>({
  id: 'delete',
  title: 'Delete',
  description: 'Deletes objects; tells what goes with them, and what holds them.',
  key: 'ctrl-d',
  appliesTo: OBJECTS,
  danger: 2,
  many: true,
  needs: [...OWNED, 'endpointslices'],
  state: ({ deleting }) => String(deleting),
  access: (target) => [rightTo('delete', target)],
  iam: [],
  guard: (targets) =>
    firstReason(targets, ({ row }) => (row.gone > 0 ? `${row.name} is gone` : '')),
  form: formOf,
  plan: async (targets, values, ctx) => {
    const stays = values['propagation'] === 'orphan';
    const following: Following = stays
      ? followingOf(
          targets.filter(({ table }) => table === 'pods'),
          ctx.query,
        )
      : followingOf(targets, ctx.query);
    const { pods } = following;
    const budgets = await budgetsIn(
      pods.map(({ namespace }) => namespace),
      ctx,
    );
    return {
      title: titleOf('Delete', targets),
      changes: targets.map(change),
      victims: pods.map(({ namespace, name }) => `${namespace}/${name}`),
      ...(targets.some((target) => traitOf(target).typed === true) && { danger: 3 as const }),
      warnings: warningsOf(targets, following, budgets, ctx.query, values),
      refusals: await refusalsOf(targets, nameOf, async (target) => {
        await ctx.kube.delete(refOfTarget(target), { ...optionsOf(target, values), dryRun: true });
      }),
      steps: targets.map((target) => stepOf(target, values, ctx)),
      chain: false,
      inverse: null,
    };
  },
});

import { at, objects } from '../../core/json.ts';
import type { DiffLine } from '../../core/line-diff.ts';
import type { Cell, Tone } from '../../core/styled.ts';
import { sanitize } from '../../core/text.ts';
import type { BaseRow } from '../../domain/rows.ts';
import type { ObjectRef } from '../../domain/ref.ts';
import type { AccessRequest } from '../../ports/kube.ts';
import { check, refOfManifest, type Applying, type Checked } from './apply-check.ts';
import { defineAction, type ActionContext, type ActionTarget } from '../engine/define.ts';
import { choiceField, textField, yesNoField, type Form, type FormValues } from '../engine/form.ts';
import { objectsOf, type Manifest } from './manifests.ts';
import { OBJECTS } from '../targets/object-target.ts';
import type { Access, Plan, Step } from '../engine/plan.ts';

/** How long (ms) a kind that was just made is waited for, and how often it is asked for. */
const KIND_LIMIT = 60_000;
const EVERY = 1000;
/** Lines of all differences together: what is longer is cut, and said to be. */
const MOST_LINES = 3000;
/** Objects named in a preview. */
const NAMED = 40;

/** What is typed. */
interface Asked extends Applying {
  readonly path: string;
  readonly recursive: boolean;
  readonly goesOn: boolean;
}

function askedOf(values: FormValues): Asked {
  const { path = '', namespace = '', recursive, force, failing } = values;
  return {
    path: path.trim(),
    namespace: namespace.trim() || 'default',
    recursive: recursive === 'yes',
    force: force === 'yes',
    goesOn: failing === 'on',
  };
}

function formOf([target]: readonly ActionTarget[]): Form {
  return [
    textField({
      id: 'path',
      label: 'Path',
      hint: 'a file or a folder: YAML or JSON',
      check: (value) => (value.trim() === '' ? 'the path of a file or folder is missing' : ''),
    }),
    textField({
      id: 'namespace',
      label: 'Namespace',
      initial: target?.row.namespace || 'default',
      hint: 'of objects that name none',
      check: (value) =>
        /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(value.trim()) ? '' : 'no name of a namespace',
    }),
    yesNoField({
      id: 'recursive',
      label: 'Folders below',
      initial: 'no',
      yes: 'also what is in the folders below',
      no: 'only what is in the folder itself',
    }),
    yesNoField({
      id: 'force',
      label: 'Take over',
      initial: 'no',
      yes: 'fields that others manage become as they are here',
      no: 'where others manage a field that differs, the object is refused',
    }),
    choiceField({
      id: 'failing',
      label: 'Where one fails',
      options: [
        { id: 'stop', title: 'stop', detail: 'what comes after it is not begun', disabled: '' },
        { id: 'on', title: 'go on', detail: 'the others are applied all the same', disabled: '' },
      ],
    }),
  ];
}

const read = async ({ path, recursive }: Asked, { local }: ActionContext) =>
  objectsOf(await local.manifests(path, { recursive }));

async function previewOf(values: FormValues, ctx: ActionContext): Promise<readonly Cell[]> {
  const asked = askedOf(values);
  if (asked.path === '') return [];
  const manifests = await read(asked, ctx);
  const count = manifests.length === 1 ? '1 object' : `${manifests.length} objects`;
  const lines = manifests.slice(0, NAMED).map(({ kind, name, from }): Cell => [
    [sanitize(`${kind.toLowerCase()}/${name}`), 'text'],
    [`  ${sanitize(from)}`, 'muted'],
  ]);
  const more: Cell[] = manifests.length > NAMED ? [[['…', 'muted']]] : [];
  return [[[count, 'strong']], ...lines, ...more];
}

/** The server takes it only from who may do all of this. */
function rightsOf({ ref, comes }: Checked): readonly Access[] {
  if (ref === null) return [];
  const { group, resource, namespace, name } = ref;
  const right: AccessRequest = { verb: 'patch', group, resource, namespace, name };
  return [
    { kube: right },
    ...(comes === 'changed' || comes === 'unchanged'
      ? []
      : [{ kube: { ...right, verb: 'create' } }]),
  ];
}

/** The place of a kind that was not there when the plan was made. */
async function placeOf(
  manifest: Manifest,
  asked: Asked,
  ctx: ActionContext,
  signal: AbortSignal,
): Promise<ObjectRef> {
  const { apiVersion, kind } = manifest;
  for (let waited = 0; ; waited += EVERY) {
    const place = await ctx.kube.kindOf({ cluster: ctx.cluster, apiVersion, kind }, signal);
    if (place !== null) return refOfManifest(manifest, place, asked, ctx);
    if (waited >= KIND_LIMIT || signal.aborted)
      throw new Error(`this server has no kind ${kind} in ${apiVersion} yet`);
    await ctx.sleep(EVERY, signal);
  }
}

/**
 * Only fields of ours and of nobody are changed, or those that the plan says are taken over: so that
 * what others change meanwhile is safe without a precondition, which each change of a status would
 * fail.
 */
function stepOf(checked: Checked, asked: Asked, command: string, ctx: ActionContext): Step {
  const { manifest, name, ref, comes } = checked;
  const verbs = { created: 'Create', changed: 'Change', unchecked: 'Apply' } as const;
  return {
    title: `${comes === 'unchanged' || comes === 'refused' ? 'Apply' : verbs[comes]} ${name}`,
    uid: '',
    command,
    access: comes === 'unchanged' ? [] : rightsOf(checked),
    already: comes === 'unchanged' ? 'unchanged' : '',
    run: async (signal) => {
      const place = ref ?? (await placeOf(manifest, asked, ctx, signal));
      await ctx.kube.apply(place, manifest.object, { force: asked.force });
    },
    ...(manifest.kind === 'CustomResourceDefinition' && {
      follow: {
        tables: [],
        limit: KIND_LIMIT,
        every: EVERY,
        look: async () => {
          const found = ref === null ? null : await ctx.kube.get(ref);
          const isServed = objects(at(found, 'status', 'conditions')).some(
            ({ type, status }) => type === 'Established' && status === 'True',
          );
          return isServed
            ? { state: 'done', text: `${name} is served` }
            : { state: 'working', text: `${name}: not served yet` };
        },
      },
    }),
  };
}

/** What will become of it: nothing has been sent yet. */
const LOOK: Readonly<Record<Checked['comes'], readonly [mark: string, tone: Tone, words: string]>> =
  {
    created: ['+', 'good', 'to create'],
    changed: ['~', 'accent', 'to change'],
    unchanged: ['=', 'muted', 'unchanged'],
    unchecked: ['?', 'warn', 'unchecked'],
    refused: ['✗', 'bad', 'refused'],
  };

const countsText = (all: readonly Checked[]): string =>
  (Object.keys(LOOK) as Checked['comes'][])
    .map((comes) => [all.filter((each) => each.comes === comes).length, comes] as const)
    .filter(([count]) => count > 0)
    .map(([count, comes]) => `${count} ${LOOK[comes][2]}`)
    .join(', ');

function diffOf(all: readonly Checked[]): readonly DiffLine[] {
  const lines = all.flatMap(({ name, diff }): readonly DiffLine[] =>
    diff.length === 0 ? [] : [{ mark: '@', text: name }, ...diff],
  );
  if (lines.length <= MOST_LINES) return lines;
  const left = lines.length - MOST_LINES;
  return [...lines.slice(0, MOST_LINES), { mark: '@', text: `${left} more lines are not shown` }];
}

function warningsOf(all: readonly Checked[], { force }: Asked): readonly string[] {
  const unchecked = all.filter(({ comes }) => comes === 'unchecked').map(({ name }) => name);
  const refused = all.filter(({ comes }) => comes === 'refused').length;
  const some = unchecked.length > 3 ? ` and ${unchecked.length - 3} more` : '';
  return [
    ...all
      .filter(({ taken }) => taken.length > 0)
      .map(({ name, taken }) => {
        const fields = taken.map(({ field, manager }) => `${field} from ${manager}`).join(', ');
        return `${name} takes over ${sanitize(fields)}`;
      }),
    unchecked.length === 0
      ? ''
      : `not known before what they need is there: ${unchecked.slice(0, 3).join(', ')}${some}`,
    refused === 0 ? '' : `what is refused is left out; the others are applied`,
    refused === 0 || force
      ? ''
      : 'fields that others manage can be taken over: go back to the form',
  ].filter((warning) => warning !== '');
}

/**
 * kubectl takes a namespace for those that name none only where no other one is named: it refuses to
 * apply what is of another than `-n` says.
 */
function commandOf(all: readonly Checked[], asked: Asked, ctx: ActionContext): string {
  const { path, force, recursive, namespace } = asked;
  const named = all.flatMap(({ ref, manifest }) =>
    ref === null || ref.namespace !== '' ? [manifest.namespace] : [],
  );
  const isAsked = named.includes('');
  if (isAsked && named.some((each) => each !== '' && each !== namespace)) return '';
  return ctx.kubectl([
    ...['apply', '--server-side', '--field-manager=ekscope'],
    ...(force ? ['--force-conflicts'] : []),
    ...(recursive ? ['-R'] : []),
    ...(isAsked ? ['-n', namespace] : []),
    ...['-f', ctx.local.absolute(path)],
  ]);
}

async function plan(values: FormValues, ctx: ActionContext): Promise<Plan> {
  const asked = askedOf(values);
  const all = await check(await read(asked, ctx), asked, ctx);
  const sent = all.filter(({ comes }) => comes !== 'refused');
  const command = commandOf(all, asked, ctx);
  return {
    title: `Apply ${sanitize(asked.path)}: ${countsText(all)}`,
    subject: all.length === 1 ? (all[0]?.manifest.name ?? '') : `${all.length} objects`,
    changes: all.map(({ name, comes, manifest }): Cell => [
      [`${LOOK[comes][0]} ${LOOK[comes][2].padEnd(10)}`, LOOK[comes][1]],
      [name, 'text'],
      [`  ${sanitize(manifest.from)}`, 'muted'],
    ]),
    victims: [],
    warnings: warningsOf(all, asked),
    diff: diffOf(all),
    refusals: all.map(({ refusal }) => refusal).filter((refusal) => refusal !== ''),
    steps: sent.map((each) => stepOf(each, asked, command, ctx)),
    chain: !asked.goesOn,
    inverse: null,
  };
}

/** Applies what files describe. */
export const apply = defineAction<BaseRow>({
  id: 'apply',
  title: 'Apply',
  description:
    'Applies a file or folder of manifests (:apply PATH), with the difference shown first.',
  key: '',
  appliesTo: OBJECTS,
  danger: 1,
  many: true,
  anywhere: true,
  needs: [],
  state: () => '',
  access: () => [],
  iam: [],
  guard: () => '',
  form: formOf,
  preview: (_targets, values, ctx) => previewOf(values, ctx),
  plan: (_targets, values, ctx) => plan(values, ctx),
});

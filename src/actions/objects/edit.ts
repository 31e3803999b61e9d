import { isEqual } from '../../core/equal.ts';
import { at, object, without, type Json } from '../../core/json.ts';
import { diffCells, type DiffLine } from '../../core/line-diff.ts';
import {
  differences,
  merge,
  mergePatch,
  patchedPart,
  type Difference,
} from '../../core/merge-objects.ts';
import type { Cell } from '../../core/styled.ts';
import { reasonOf } from '../../core/words.ts';
import type { ObjectRow, WorkloadRow } from '../../domain/rows.ts';
import type { TableId } from '../../domain/tables/index.ts';
import type { KubeObject } from '../../ports/kube.ts';
import { patchAsPlanned } from '../targets/as-planned.ts';
import { defineAction, type ActionContext } from '../engine/define.ts';
import { refusalsOf, type KubePatch } from '../targets/dry-run.ts';
import { draftOf, editable, judge } from './edit-text.ts';
import { meanwhileText, otherwise, partOf, pathsText } from './edit-words.ts';
import type { DocumentField, Form, FormValues } from '../engine/form.ts';
import {
  departed,
  firstReason,
  inNamespace,
  nameOf,
  OBJECTS,
  refOfTarget,
  rightTo,
  type ObjectTarget,
} from '../targets/object-target.ts';
import type { Plan } from '../engine/plan.ts';
import { rolloutWarnings } from '../targets/rollout-warnings.ts';
import { objectDiff } from '../../core/object-diff.ts';
import { names, podsReplaced } from '../targets/victims.ts';
import { revertWarning, type WorkloadTarget } from '../targets/workload-target.ts';

/** The object as it is now. @throws where it is another one of that name */
async function read(target: ObjectTarget, { kube }: ActionContext): Promise<KubeObject> {
  const found = await kube.get(refOfTarget(target));
  if (found.metadata.uid !== target.row.uid)
    throw new Error(`${nameOf(target)} was deleted, and another one made: open it anew`);
  return found;
}

async function formOf(target: ObjectTarget, values: FormValues, ctx: ActionContext): Promise<Form> {
  const now = await read(target, ctx);
  const { kind, name } = refOfTarget(target);
  const path = values['document'] ?? '';
  const document = {
    type: 'document',
    id: 'document',
    label: 'Your text',
    hint: path === '' ? '' : `kept in ${ctx.local.drafts.shown(path)}`,
    initial: '',
    file: `${kind.toLowerCase()}-${name}.yaml`,
  } as const;
  const kept = path === '' ? null : await ctx.local.drafts.read(path);
  const field: DocumentField =
    kept === null
      ? {
          ...document,
          check: () => (path === '' ? '' : 'the file is not there any more'),
          draft: (said) =>
            draftOf(editable(now, { managedFields: values['managedFields'] === 'yes' }), said),
        }
      : { ...document, check: () => judge(kept, now).trouble, draft: judge(kept, now).draft };
  return [field];
}

/** What was changed since the text was begun, by others and in it. */
async function previewOf(
  target: ObjectTarget,
  values: FormValues,
  ctx: ActionContext,
): Promise<readonly Cell[]> {
  const kept = await ctx.local.drafts.read(values['document'] ?? '');
  if (kept === null) return [];
  const { before, theirs, mine } = judge(kept, await read(target, ctx));
  const spoken = (object: Json): Json => without(object, 'status');
  return [
    ...part('Changed by somebody else since', objectDiff(spoken(before), spoken(theirs))),
    ...part('Changed by you', mine === null ? [] : objectDiff(before, mine)),
  ];
}

const part = (title: string, lines: readonly DiffLine[]): readonly Cell[] =>
  lines.length === 0 ? [] : [[[title, 'strong']], ...diffCells(lines)];

/** What an edit makes of an object. */
interface Change {
  readonly now: KubeObject;
  readonly before: Json;
  readonly wanted: Json;
  /** What others changed since the text was begun. */
  readonly meanwhile: readonly Difference[];
}

/** @throws Error with a sentence where it cannot be sent */
async function changeOf(
  target: ObjectTarget,
  values: FormValues,
  ctx: ActionContext,
): Promise<Change> {
  const now = await read(target, ctx);
  const { former, after, document = '' } = values;
  if (former !== undefined && after !== undefined) return wayBack(target, former, after, now);
  const kept = await ctx.local.drafts.read(document);
  if (kept === null) throw new Error(`what you wrote is not there any more: ${document}`);
  const { trouble, wanted, meanwhile } = judge(kept, now);
  if (trouble !== '') throw new Error(trouble);
  const managedFields = at(JSON.parse(kept.origin), 'metadata', 'managedFields') !== undefined;
  return { now, before: editable(now, { managedFields }), wanted, meanwhile };
}

/** Back to how it was, where nobody has changed the same fields since. */
function wayBack(target: ObjectTarget, former: string, after: string, now: KubeObject): Change {
  const before = editable(now, { managedFields: false });
  const { value, clashes } = merge(JSON.parse(after), JSON.parse(former), before);
  const [clash] = clashes;
  if (clash !== undefined)
    throw new Error(
      `${clash.path} of ${nameOf(target)} was changed by somebody since: it is not set back`,
    );
  return { now, before, wanted: object(value), meanwhile: [] };
}

/**
 * Only what was changed is sent, as `kubectl edit` does it and a PUT does not: fields that others
 * change meanwhile (a controller the status, an autoscaler the replicas) stay as they make them, and
 * so does what does not survive the way through our text (numbers beyond 2^53). Other than kubectl
 * edit, the patch holds for the very version that the plan was made of, because a list is replaced
 * as a whole: where another version has the same values in what is patched, it is sent for that one,
 * else the change is merged anew.
 */
function patchFor({ before, wanted }: Change): KubePatch & { readonly body: Json } {
  return { type: 'merge', body: mergePatch(before, wanted), strict: true };
}

/** Whether pods are made anew of what changes. */
const rollsOut = (target: ObjectTarget, patch: Json): target is WorkloadTarget =>
  ROLLING.has(target.table) && at(patch, 'spec', 'template') !== undefined;

const ROLLING: ReadonlySet<TableId> = new Set(['deployments', 'statefulsets', 'daemonsets']);

function warningsOf(target: ObjectTarget, { meanwhile }: Change, patch: Json): readonly string[] {
  const { row } = target;
  const owner = `${row.ownerKind.toLowerCase()}/${row.ownerName}`;
  return [
    meanwhileText(meanwhile),
    ...(rollsOut(target, patch) ? rolloutWarnings(target) : []),
    row.ownerName === '' ? '' : `${owner} owns ${nameOf(target)} and may set it back`,
    'managedBy' in row ? revertWarning(target as ObjectTarget<WorkloadRow>) : '',
  ].filter((warning) => warning !== '');
}

/** What the server says to a dry run, and what it would make of the object. */
async function tried(target: ObjectTarget, patch: KubePatch, { kube }: ActionContext) {
  const made: KubeObject[] = [];
  const refusals = await refusalsOf([target], nameOf, async () => {
    made.push(await kube.patch(refOfTarget(target), { ...patch, dryRun: true }));
  });
  return { refusals, made: made[0] ?? null };
}

async function plan(target: ObjectTarget, values: FormValues, ctx: ActionContext): Promise<Plan> {
  const change = await changeOf(target, values, ctx);
  const { now, before, wanted } = change;
  const name = nameOf(target);
  const ref = refOfTarget(target);
  const patch = patchFor(change);
  const isSame = Object.keys(patch.body).length === 0;
  const { refusals, made } = isSame
    ? { refusals: [], made: null }
    : await tried(target, patch, ctx);
  const isIdle =
    made !== null && isEqual(partOf(made, patch.body), patchedPart(before, patch.body));
  const replaces = rollsOut(target, patch.body) && !target.row.paused;
  const pods = replaces ? podsReplaced(target, () => false, ctx.query) : [];
  const changed = differences(before, wanted);
  const path = values['document'] ?? '';
  return {
    title: `Edit ${name}: ${isSame ? 'nothing' : pathsText(changed)}`,
    changes: [],
    victims: names(pods, 16),
    victimCount: replaces ? Math.max(pods.length, target.row.current) : 0,
    warnings: [
      ...warningsOf(target, change, patch.body),
      otherwise(wanted, made, patch.body),
    ].filter((warning) => warning !== ''),
    diff: objectDiff(before, wanted),
    refusals,
    steps: [
      {
        title: `Edit ${name}`,
        uid: target.row.uid,
        command: ctx.kubectl(['edit', name, ...inNamespace(target)]),
        access: [{ kube: rightTo('patch', target) }],
        already: isSame
          ? `${name} is as you want it already`
          : isIdle
            ? `the server takes nothing of what you changed: ${pathsText(changed)}`
            : '',
        run: async () => {
          try {
            const relies = (found: KubeObject): unknown => partOf(found, patch.body);
            await patchAsPlanned({ ref, planned: now, patch, relies }, ctx.kube);
          } catch (error) {
            if (path === '') throw error;
            throw new Error(
              `${reasonOf(error)}; what you wrote is kept in ${ctx.local.drafts.shown(path)}`,
              {
                cause: error,
              },
            );
          }
          // It is done: that a file stays behind is no failure of it.
          if (path !== '') await ctx.local.drafts.drop(path).catch(() => undefined);
        },
      },
    ],
    chain: false,
    inverse:
      made === null
        ? null
        : {
            action: 'edit',
            values: {
              former: JSON.stringify(editable(now, { managedFields: false })),
              after: JSON.stringify(editable(made, { managedFields: false })),
            },
          },
  };
}

/** Edits an object in the user's editor. */
export const editObject = defineAction<ObjectRow>({
  id: 'edit',
  title: 'Edit',
  description: 'Edits the YAML in your editor; shows what changes before anything is sent.',
  key: 'e',
  appliesTo: [...OBJECTS, 'containers'],
  danger: 1,
  many: false,
  needs: [],
  state: () => '',
  access: (target) => [rightTo('get', target), rightTo('patch', target)],
  iam: [],
  unaudited: ['former', 'after'],
  guard: (targets) =>
    firstReason(targets, (target) => (target.row.gone > 0 ? departed(target) : '')),
  form: ([target], values, ctx) => (target === undefined ? [] : formOf(target, values, ctx)),
  preview: ([target], values, ctx) => (target === undefined ? [] : previewOf(target, values, ctx)),
  plan: ([target], values, ctx) =>
    target === undefined
      ? Promise.reject(new Error('nothing is selected'))
      : plan(target, values, ctx),
});

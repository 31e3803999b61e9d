/** What an apply would come to for each object, as the server says it in a dry run. */
import { isEqual } from '../../core/equal.ts';
import { at, object, without, type Json } from '../../core/json.ts';
import type { DiffLine } from '../../core/line-diff.ts';
import { sanitize } from '../../core/text.ts';
import { reasonOf } from '../../core/words.ts';
import type { KindRef, ObjectRef } from '../../domain/ref.ts';
import type { KubeError, KubeErrorCause, KubeObject } from '../../ports/kube.ts';
import type { ActionContext } from '../engine/define.ts';
import { editable } from './edit-text.ts';
import type { Manifest } from './manifests.ts';
import { objectDiff } from '../../core/object-diff.ts';

/** Objects that are asked about at the same time. */
const AT_ONCE = 8;

/** What becomes of an object. */
export interface Checked {
  readonly manifest: Manifest;
  /** `deployment/api`, and where: for sentences. */
  readonly name: string;
  /** Null where its kind comes with another of these objects. */
  readonly ref: ObjectRef | null;
  /** `unchecked`: what it needs is made before it, so that nothing could be asked yet. */
  readonly comes: 'created' | 'changed' | 'unchanged' | 'unchecked' | 'refused';
  readonly diff: readonly DiffLine[];
  /** In the server's words, where it is refused. */
  readonly refusal: string;
  /** Fields that are taken over from other managers. */
  readonly taken: readonly KubeErrorCause[];
}

/** How objects are applied. */
export interface Applying {
  /** Of objects that say none. */
  readonly namespace: string;
  /** Whether fields of other managers are taken over. */
  readonly force: boolean;
}

/** Asks about all of them. Rejects where there was no answer at all. */
export async function check(
  manifests: readonly Manifest[],
  applying: Applying,
  ctx: ActionContext,
): Promise<readonly Checked[]> {
  const checked: Checked[] = [];
  const context: Checking = { ctx, applying, manifests };
  for (let i = 0; i < manifests.length; i += AT_ONCE) {
    const some = manifests.slice(i, i + AT_ONCE);
    checked.push(...(await Promise.all(some.map((each) => checkOne(each, context)))));
  }
  return checked;
}

interface Checking {
  readonly ctx: ActionContext;
  readonly applying: Applying;
  readonly manifests: readonly Manifest[];
}

async function checkOne(
  manifest: Manifest,
  { ctx, applying, manifests }: Checking,
): Promise<Checked> {
  const { apiVersion, kind } = manifest;
  const place = await ctx.once(`kind ${apiVersion} ${kind}`, () =>
    ctx.kube.kindOf({ cluster: ctx.cluster, apiVersion, kind }),
  );
  const ref = place === null ? null : refOfManifest(manifest, place, applying, ctx);
  const name = nameOf(manifest, ref);
  const none: Checked = {
    ...{ manifest, name, ref, comes: 'unchecked', diff: [], refusal: '', taken: [] },
  };
  if (ref === null) {
    if (manifests.some((each) => defines(each, manifest))) return none;
    return {
      ...none,
      comes: 'refused',
      refusal: `${name}: this server has no kind ${sanitize(kind)} in ${sanitize(apiVersion)}`,
    };
  }
  const isMade = manifests.some((each) => each.kind === 'Namespace' && each.name === ref.namespace);
  try {
    const before = await existing(ref, ctx);
    const { made, taken } = await dryRun(ref, manifest, applying, ctx);
    return { ...none, ...outcome(before, made), taken };
  } catch (error) {
    const { code = 0 } = error as Partial<KubeError>;
    // 401 is a matter of logging in; without an answer nothing is known.
    if (code < 400 || code === 401) throw error;
    if (code === 404 && isMade) return none;
    return { ...none, comes: 'refused', refusal: `${name}: ${reasonOf(error)}` };
  }
}

/** Where the server keeps it. */
export function refOfManifest(
  { name, namespace }: Manifest,
  { namespaced, ...place }: KindRef,
  applying: Applying,
  { cluster }: ActionContext,
): ObjectRef {
  const where = namespaced ? namespace || applying.namespace : '';
  return { ...place, cluster, namespace: where, name };
}

function nameOf({ kind, name, namespace }: Manifest, ref: ObjectRef | null): string {
  const where = ref?.namespace ?? namespace;
  return sanitize(`${kind.toLowerCase()}/${name}${where === '' ? '' : ` in ${where}`}`);
}

/** Whether one of them brings the kind of the other. */
function defines({ kind, object: crd }: Manifest, other: Manifest): boolean {
  return (
    kind === 'CustomResourceDefinition' &&
    at(crd, 'spec', 'group') === other.apiVersion.split('/')[0] &&
    at(crd, 'spec', 'names', 'kind') === other.kind
  );
}

async function existing(ref: ObjectRef, { kube }: ActionContext): Promise<KubeObject | null> {
  try {
    return await kube.get(ref);
  } catch (error) {
    if ((error as Partial<KubeError>).code === 404) return null;
    throw error;
  }
}

/** What the server would make of it, and what it takes over where that is wanted. */
async function dryRun(
  ref: ObjectRef,
  { object: wanted }: Manifest,
  { force }: Applying,
  { kube }: ActionContext,
): Promise<{ readonly made: KubeObject; readonly taken: readonly KubeErrorCause[] }> {
  try {
    return { made: await kube.apply(ref, wanted, { dryRun: true }), taken: [] };
  } catch (error) {
    const { causes = [] } = error as Partial<KubeError>;
    const taken = causes.filter(({ manager }) => manager !== '');
    if (!force || taken.length === 0) throw error;
    return { made: await kube.apply(ref, wanted, { dryRun: true, force }), taken };
  }
}

function outcome(before: KubeObject | null, made: KubeObject): Pick<Checked, 'comes' | 'diff'> {
  const after = spoken(made);
  if (before === null) return { comes: 'created', diff: objectDiff({}, after) };
  const was = spoken(before);
  return isEqual(was, after)
    ? { comes: 'unchanged', diff: [] }
    : { comes: 'changed', diff: objectDiff(was, after) };
}

/** Of an object, what is wanted of it: not what the server says of it. */
function spoken(found: KubeObject): Json {
  const whole = without(editable(found, { managedFields: false }), 'status');
  const metadata = without(without(object(whole['metadata']), 'uid'), 'creationTimestamp');
  return { ...whole, metadata };
}

/**
 * The revisions of a workload that the API server keeps: the replica sets of a deployment, the
 * controller revisions of stateful and daemon sets.
 */
import { isEqual } from '../core/equal.ts';
import { at, moment, object, objects, text, without, type Json } from '../core/json.ts';
import { parseQuantity } from '../core/quantity.ts';
import { sanitize } from '../core/text.ts';

/** An object as the API server has it. */
interface Manifest {
  readonly metadata: {
    readonly name: string;
    readonly creationTimestamp?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly [key: string]: unknown;
  };
  readonly [key: string]: unknown;
}

/** A pod template that a workload had. */
export interface KeptTemplate {
  /** Of the replica set or controller revision that keeps it. */
  readonly name: string;
  readonly number: number;
  /** The numbers that it had before, where it was gone back to and that is told. */
  readonly past: readonly number[];
  /** When it was first rolled out (ms). */
  readonly created: number;
  /** kubernetes.io/change-cause; may be empty. */
  readonly cause: string;
  readonly template: Json;
}

const CAUSE = 'kubernetes.io/change-cause';
/** Where a deployment and its replica sets have the number of a revision. */
export const REVISION = 'deployment.kubernetes.io/revision';
const PAST = 'deployment.kubernetes.io/revision-history';
/** The label by which the replica sets of a deployment tell their pods apart. */
export const HASH = 'pod-template-hash';

/** What revisions are kept in. */
export type Keeper = 'replicasets' | 'controllerrevisions';

/** What the revisions of a kind of workload are kept in. */
export const keeperOf = (kind: string): Keeper =>
  kind === 'Deployment' ? 'replicasets' : 'controllerrevisions';

/** A value with others in the place of its leaves, and without those that are null. */
function mapped(
  value: unknown,
  leaf: (value: unknown, path: string) => unknown,
  path = '',
): unknown {
  if (Array.isArray(value)) return value.map((each) => mapped(each, leaf, path));
  if (typeof value !== 'object' || value === null) return leaf(value, path);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null)
      .map(([key, inner]) => [key, mapped(inner, leaf, `${path}/${key}`)]),
  );
}

/**
 * The pod template of a workload, a replica set, or what a controller revision keeps. Servers before
 * 1.34 write `creationTimestamp: null` into each, and a revision keeps it though the server is newer.
 */
export const templateOf = (workload: unknown): Json =>
  object(mapped(at(workload, 'spec', 'template'), (leaf) => leaf));

/** Whether that object controls it. */
export function isControlledBy({ metadata }: Manifest, uid: string): boolean {
  return objects(metadata['ownerReferences']).some(
    (owner) => owner['controller'] === true && owner['uid'] === uid,
  );
}

/** The template without the label by which the controller tells its pods apart. */
export function withoutHash(template: Json): Json {
  const metadata = object(template['metadata']);
  const labels = without(object(metadata['labels']), HASH);
  return { ...template, metadata: { ...metadata, labels } };
}

/**
 * What a replica set or a controller revision keeps; null where the deployment's controller has not
 * numbered it: kubectl does not count it either.
 * @param keeper what it is one of
 */
export function keptTemplate(keeper: Keeper, kept: Manifest): KeptTemplate | null {
  const { name, creationTimestamp, annotations = {} } = kept.metadata;
  const of = {
    name,
    created: moment(creationTimestamp),
    cause: sanitize(annotations[CAUSE] ?? ''),
  };
  if (keeper === 'controllerrevisions') {
    // What it keeps is a patch.
    const template = without(templateOf(kept['data']), '$patch');
    return { ...of, number: Number(text(kept['revision'])), past: [], template };
  }
  const number = Number(annotations[REVISION]);
  if (!Number.isInteger(number)) return null;
  const past = (annotations[PAST] ?? '').split(',').filter((each) => each !== '');
  return { ...of, number, past: past.map(Number), template: withoutHash(templateOf(kept)) };
}

/** Where the quantities of a pod template are, by the keys that lead there. */
const QUANTITY =
  /\/resources\/(?:limits|requests)\/|^\/spec\/overhead\/|\/(?:emptyDir\/sizeLimit|resourceFieldRef\/divisor)$/;

const byValue = (template: Json): Json =>
  object(
    mapped(template, (leaf, path) =>
      QUANTITY.test(path) ? (parseQuantity(text(leaf)) ?? leaf) : leaf,
    ),
  );

/**
 * Whether two pod templates are the same to the controller and to kubectl, which goes back to none
 * that is so already. To those of deployments 1Gi is 1073741824; the others compare what is written.
 */
export const isSameTemplate = (keeper: Keeper, a: Json, b: Json): boolean =>
  keeper === 'replicasets' ? isEqual(byValue(a), byValue(b)) : isEqual(a, b);

/**
 * The one that a change names: by the number that it has or had, or by the name of what keeps it.
 * Of those that had a number the latest one counts.
 */
export function keptAs(all: readonly KeptTemplate[], revision: string): KeptTemplate | undefined {
  return (
    all.find(({ name, number }) => name === revision || String(number) === revision) ??
    all.find(({ past }) => past.some((each) => String(each) === revision))
  );
}

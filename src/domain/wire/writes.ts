/** Who wrote an object, as its managedFields tell. */
import { WireType } from '@bufbuild/protobuf/wire';
import { part, parts, time, word } from './field.ts';
import { intern } from './intern.ts';
import { isObject, message, type Field, type Read } from './message.ts';
import { metadataFields } from './metadata.ts';

/** Somebody's last write. */
export interface Write {
  /** The field manager: what the program that wrote it calls itself, e.g. `kubectl-edit`, `helm`. */
  readonly by: string;
  /** When it last wrote (ms; the API keeps whole seconds, and none of scalings: 0). */
  readonly at: number;
  /** `scale` where the number of replicas was written by itself; else empty. */
  readonly subresource: string;
}

/** Who last wrote an object, and two parts of it; null where nobody is named. */
export interface Writes {
  /** Anything but its status. */
  readonly any: Write | null;
  /** spec.replicas: who gave it the value that it has. */
  readonly replicas: Write | null;
  /** spec.template. */
  readonly template: Write | null;
}

/** Nobody is known to have written it. */
export const NO_WRITES: Writes = { any: null, replicas: null, template: null };

/** The parts whose writers are told apart: the spec, and some of what is in it. */
type Owned = Readonly<Record<'spec' | 'replicas' | 'template' | 'unschedulable', boolean>>;

const OWNS_NONE: Owned = { spec: false, replicas: false, template: false, unschedulable: false };
const NEEDLES: Readonly<Record<keyof Owned, Buffer>> = {
  spec: Buffer.from('"f:spec":'),
  replicas: Buffer.from('"f:replicas":'),
  template: Buffer.from('"f:template":'),
  unschedulable: Buffer.from('"f:unschedulable":'),
};

/** The set of fields is JSON in either encoding; of entries about no status these are in the spec. */
const RAW: Field<Owned> = {
  number: 1,
  wireType: WireType.LengthDelimited,
  absent: OWNS_NONE,
  read(wire) {
    const fields = Buffer.from(wire.bytes());
    return {
      spec: fields.includes(NEEDLES.spec),
      replicas: fields.includes(NEEDLES.replicas),
      template: fields.includes(NEEDLES.template),
      unschedulable: fields.includes(NEEDLES.unschedulable),
    };
  },
  json: (_, fields) => {
    const spec = isObject(fields) ? fields['f:spec'] : undefined;
    if (!isObject(spec)) return OWNS_NONE;
    return {
      spec: true,
      replicas: 'f:replicas' in spec,
      template: 'f:template' in spec,
      unschedulable: 'f:unschedulable' in spec,
    };
  },
};

const ENTRIES = parts(
  17,
  message({
    manager: word(1),
    time: time(4),
    fieldsV1: part(7, message({ raw: RAW })),
    subresource: word(8),
  }),
);

type Entry = Read<typeof WRITTEN_METADATA>['managedFields'][number];

/** metav1.ObjectMeta with who wrote the object; for kinds of which there are not too many. */
export const writtenMetadata = (annotations: readonly string[] = []) =>
  message({ ...metadataFields(annotations), managedFields: ENTRIES });

/** {@link writtenMetadata} of a kind whose row is made of no annotation. */
export const WRITTEN_METADATA = writtenMetadata();

/** The last writers that the entries name. */
export function writesOf(entries: readonly Entry[]): Writes {
  let any: Write | null = null;
  let replicas: Write | null = null;
  let template: Write | null = null;
  for (const { manager, time: at, fieldsV1, subresource } of entries) {
    if (manager === '' || subresource === 'status') continue;
    const write: Write = { by: manager, at, subresource: intern(subresource) };
    const { raw } = fieldsV1;
    // Who changes a number takes it from all others: those of the scale, which have no time, first.
    const isScale = subresource === 'scale';
    if (raw.replicas && (isScale || isLater(write, replicas))) replicas = write;
    if (isScale || at === 0) continue;
    if (isLater(write, any)) any = write;
    if (raw.template && isLater(write, template)) template = write;
  }
  return any === null && replicas === null ? NO_WRITES : { any, replicas, template };
}

/** Who last wrote that part, if it is there; null: nobody is named. */
export function writerOf(entries: readonly Entry[], part: keyof Owned): Write | null {
  let last: Write | null = null;
  for (const { manager, time: at, fieldsV1, subresource } of entries) {
    if (manager === '' || subresource === 'status' || !fieldsV1.raw[part]) continue;
    if (last === null || at >= last.at)
      last = { by: manager, at, subresource: intern(subresource) };
  }
  return last;
}

const isLater = (one: Write, other: Write | null): boolean =>
  other === null || (other.subresource !== 'scale' && one.at >= other.at);

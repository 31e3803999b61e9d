import { apiVersionOf } from '../world/kinds.ts';
import type { Kind } from '../world/kinds.ts';
import type { KubeObject } from '../world/objects.ts';
import { managedFieldsOf } from './managed-fields.ts';

/** Objects never change, so their encodings are kept as long as they live. */
const bodies = new WeakMap<KubeObject, string>();
const metadatas = new WeakMap<KubeObject, string>();
/** Of kinds with a conversion: the object that is told, by the stored one. */
const converted = new WeakMap<KubeObject, KubeObject>();

/** The object as it is told in a kind's version. */
export function shownAs({ conversion }: Kind, object: KubeObject): KubeObject {
  if (conversion === undefined) return object;
  const shown = converted.get(object) ?? conversion.shown(object);
  converted.set(object, shown);
  return shown;
}

/** What a client sent in a kind's version, as it is stored. */
export function storedAs({ conversion }: Kind, sent: KubeObject): KubeObject {
  return conversion?.stored(sent) ?? sent;
}

/** The object as an item of a list: without kind and apiVersion, as API servers write them. */
export function encodeItem(kind: Kind, stored: KubeObject): string {
  const object = shownAs(kind, stored);
  const known = bodies.get(object);
  if (known !== undefined) return known;
  const tail = JSON.stringify({ ...object, metadata: undefined });
  const text = `{"metadata":${encodeMetadata(kind, object)}${tail === '{}' ? '}' : `,${tail.slice(1)}`}`;
  bodies.set(object, text);
  return text;
}

/** The object by itself: in an answer to a get, or in a watch. */
export function encodeObject(kind: Kind, object: KubeObject): string {
  return `{"kind":"${kind.kind}","apiVersion":"${apiVersionOf(kind)}",${encodeItem(kind, object).slice(1)}`;
}

/** The object as PartialObjectMetadata. */
export function encodePartial(kind: Kind, object: KubeObject): string {
  return `{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":${encodeMetadata(kind, object)}}`;
}

function encodeMetadata(kind: Kind, object: KubeObject): string {
  const known = metadatas.get(object);
  if (known !== undefined) return known;
  const m = object.metadata;
  // In the order of the fields of ObjectMeta, which is the order on the wire.
  const text = JSON.stringify({
    name: m.name,
    generateName: m.generateName,
    namespace: m.namespace,
    uid: m.uid,
    resourceVersion: m.resourceVersion,
    generation: m.generation,
    creationTimestamp: m.creationTimestamp,
    deletionTimestamp: m.deletionTimestamp,
    deletionGracePeriodSeconds: m.deletionGracePeriodSeconds,
    labels: m.labels,
    annotations: m.annotations,
    ownerReferences: m.ownerReferences,
    finalizers: m.finalizers,
    managedFields: managedFieldsOf(kind, object),
  });
  metadatas.set(object, text);
  return text;
}

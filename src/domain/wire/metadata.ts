import type { ObjectRow } from '../row.ts';
import { NO_CLUSTER } from '../cluster-key.ts';

import { bool, count, int, map, parts, text, time, word } from './field.ts';
import { message, type Read } from './message.ts';
import { internSet } from './intern.ts';

/** The fields of metav1.ObjectMeta that every row has of it. */
export const metadataFields = (annotations: readonly string[]) => ({
  name: text(1),
  namespace: word(3),
  uid: text(5),
  resourceVersion: text(6),
  generation: int(7),
  creationTimestamp: time(8),
  deletionTimestamp: time(9),
  deletionGracePeriodSeconds: count(10),
  labels: map(11),
  annotations: map(12, annotations),
  ownerReferences: parts(13, message({ kind: word(1), name: word(3), controller: bool(6) })),
});

/**
 * metav1.ObjectMeta, what every row has of it. managedFields (17) are passed over: a third of what
 * is read of a pod (writes.ts reads them where who wrote an object matters).
 * @param annotations those that the row is made of; all others are passed over
 */
export const metadata = (annotations: readonly string[] = []) =>
  message(metadataFields(annotations));

/** {@link metadata} of a kind whose row is made of no annotation. */
export const METADATA = metadata();

export type Metadata = Read<typeof METADATA>;

/** What the row of any object begins with. */
export function objectRow(meta: Metadata): ObjectRow {
  const owner = meta.ownerReferences.find(({ controller }) => controller);
  return {
    // An object without a uid is malformed; its name still tells it apart.
    uid: meta.uid || `${meta.namespace}/${meta.name}`,
    name: meta.name,
    namespace: meta.namespace,
    created: meta.creationTimestamp,
    gone: 0,
    cluster: NO_CLUSTER,
    labels: internSet(meta.labels),
    resourceVersion: meta.resourceVersion,
    deleting: meta.deletionTimestamp,
    ownerKind: owner?.kind ?? '',
    ownerName: owner?.name ?? '',
  };
}

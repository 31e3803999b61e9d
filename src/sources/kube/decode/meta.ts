import { NO_CLUSTER } from '../../../domain/cluster-key.ts';
import type { ObjectRow } from '../../../domain/rows.ts';
import { bool, int, map, parts, text, time, word } from './field.ts';
import { message, type Read } from './message.ts';
import { internSet } from './intern.ts';

/** The annotations that some row is made of; all others are passed over. */
const ANNOTATIONS = [
  'deployment.kubernetes.io/revision',
  'deprecated.daemonset.template.generation',
  'eks.amazonaws.com/role-arn',
  'service.beta.kubernetes.io/aws-load-balancer-type',
  'service.beta.kubernetes.io/aws-load-balancer-scheme',
  'service.beta.kubernetes.io/aws-load-balancer-internal',
  'argocd.argoproj.io/tracking-id',
  'meta.helm.sh/release-name',
  'cronjob.kubernetes.io/instantiate',
] as const;

/** metav1.ObjectMeta, what every row has of it. managedFields (17) are passed over. */
export const METADATA = message({
  name: text(1),
  namespace: word(3),
  uid: text(5),
  resourceVersion: text(6),
  generation: int(7),
  creationTimestamp: time(8),
  deletionTimestamp: time(9),
  labels: map(11),
  annotations: map(12, ANNOTATIONS),
  ownerReferences: parts(13, message({ kind: word(1), name: word(3), controller: bool(6) })),
});

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

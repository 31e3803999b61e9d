/** What becomes of an object that is there, once it is known what a client wants of it. */
import { settleFinalizers } from '../controllers/garbage.ts';
import { canonicalJson } from '../world/canonical.ts';
import { withDefaults } from '../world/defaults.ts';
import { hasOwnStatus, type Kind } from '../world/kinds.ts';
import type { KubeObject } from '../world/objects.ts';
import { omit } from '../world/omit.ts';
import type { World } from '../world/world.ts';
import type { ApiRequest, Target } from './request.ts';
import { conflict, invalid, otherUid } from './status.ts';
import { checkBody } from './validation.ts';

/** Stores it, or in a dry run only says what would have been stored. */
export function storeOver(
  world: World,
  kind: Kind,
  before: KubeObject,
  next: KubeObject,
  request: ApiRequest,
): KubeObject {
  const counts = countsAnnotations(kind, before, next);
  if (!isDry(request)) {
    const { deletionTimestamp, finalizers = [] } = next.metadata;
    if (kind.resource === 'pods' || deletionTimestamp === undefined || finalizers.length > 0) {
      return world.store.update(kind.resource, next, counts);
    }
    // Its last finalizer was taken off.
    settleFinalizers(world, kind.resource, next);
    return next;
  }
  const { resourceVersion } = before.metadata;
  const stamped = world.store.restamp(kind.resource, next, before, counts);
  return { ...stamped, metadata: { ...stamped.metadata, resourceVersion } };
}

/** Of deployments other annotations are a new generation, but where their controller writes them. */
function countsAnnotations({ resource }: Kind, before: KubeObject, next: KubeObject): boolean {
  const told = ({ metadata }: KubeObject): string => canonicalJson(metadata.annotations ?? {});
  return resource === 'deployments' && told(before) !== told(next);
}

/**
 * Whether the object is the one that the client has seen: by the version and the uid that it sends.
 * @param immutable whether another uid is taken for a change of the field, as patches are
 * @throws {ApiError} 409, or 422 where it is so taken
 */
export function checkPreconditions(
  kind: Kind,
  before: KubeObject,
  sent: KubeObject,
  immutable = false,
): void {
  const { resourceVersion, uid } = sent.metadata as Partial<KubeObject['metadata']>;
  const { name } = before.metadata;
  if (resourceVersion && resourceVersion !== before.metadata.resourceVersion) {
    throw conflict(kind, name);
  }
  if (!uid || uid === before.metadata.uid) return;
  if (!immutable) throw otherUid(kind, name, uid, before.metadata.uid);
  const message = `Invalid value: ${JSON.stringify(uid)}: field is immutable`;
  throw invalid(kind, name, 'metadata.uid', message);
}

/** What a client may change: spec and labels by the main resource, the status by its own. */
export function combine(
  kind: Kind,
  target: Target,
  before: KubeObject,
  sent: KubeObject,
): KubeObject {
  const rest: KubeObject = omit(sent, 'kind', 'apiVersion');
  const { status } = hasOwnStatus(kind) ? before : sent;
  if (target.subresource === 'status') {
    return { ...before, ...(rest.status && { status: rest.status }) };
  }
  const { labels, annotations, finalizers, ownerReferences } = rest.metadata;
  const next = {
    ...rest,
    metadata: {
      ...omit(before.metadata, 'labels', 'annotations', 'finalizers', 'ownerReferences'),
      ...(labels && { labels }),
      ...(annotations && { annotations }),
      ...(ownerReferences && { ownerReferences }),
      ...(finalizers && { finalizers }),
    },
    ...(status && { status }),
  };
  checkBody(kind, next);
  return withDefaults(kind.resource, next);
}

/** Whether nothing is to be stored. */
export function isDry({ query }: ApiRequest): boolean {
  return query.get('dryRun') === 'All';
}

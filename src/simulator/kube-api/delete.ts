import { linger, removeLast, removeObject } from '../controllers/garbage.ts';
import { evict, forbidding } from '../controllers/disruption.ts';
import type { Kind } from '../world/kinds.ts';
import type { KubeObject, Pod } from '../world/objects.ts';
import type { Pdb } from '../world/workload-objects.ts';
import type { World } from '../world/world.ts';
import { predicateOf } from './list.ts';
import { parseObject, readBody, sendJson } from './request.ts';
import type { ApiRequest, Target } from './request.ts';
import { ApiError, conflict } from './status.ts';
import { isDry } from './replace.ts';
import { existing, sendObject } from './write.ts';

interface DeleteOptions {
  readonly gracePeriodSeconds?: number;
  readonly propagationPolicy?: string;
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
  readonly dryRun?: readonly string[];
}

/** Answers a DELETE of one object. */
export async function remove(
  world: World,
  kind: Kind,
  target: Target,
  request: ApiRequest,
): Promise<void> {
  const options = await optionsOf(request);
  const object = existing(world, kind, target);
  checkDeletion(kind, object, options);
  if (!isDry(request) && !options.dryRun?.includes('All')) {
    removeWith(world, kind, object, options);
  }
  const left = world.store.get(kind.resource, target.namespace, target.name);
  // What leaves gracefully is answered as it is now; what is gone, by a word.
  if (left?.metadata.deletionTimestamp) sendObject(world, kind, left, request);
  else {
    sendJson(request.response, 200, {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Success',
      details: {
        name: target.name,
        ...(kind.group && { group: kind.group }),
        kind: kind.plural,
        uid: object.metadata.uid,
      },
    });
  }
}

/** Answers a DELETE of a collection. */
export async function removeAll(
  world: World,
  kind: Kind,
  target: Target,
  request: ApiRequest,
): Promise<void> {
  const options = await optionsOf(request);
  const matches = predicateOf(kind, request.query);
  const objects = world.store.list(kind.resource, target.namespace).filter(matches);
  if (!isDry(request)) for (const each of objects) removeWith(world, kind, each, options);
  sendJson(request.response, 200, {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
  });
}

/** Answers a POST to a pod's eviction. */
export async function evictPod(
  world: World,
  kind: Kind,
  target: Target,
  request: ApiRequest,
): Promise<void> {
  const { deleteOptions: options = {} } = parseObject(await readBody(request.http)) as {
    readonly deleteOptions?: DeleteOptions;
  };
  const pod = existing(world, kind, target) as Pod;
  checkDeletion(kind, pod, options);
  const refused = forbidding(world, pod);
  if (refused) throw budgetError(refused);
  if (!isDry(request) && !options.dryRun?.includes('All')) {
    evict(world, pod, options.gracePeriodSeconds);
  }
  sendJson(request.response, 201, {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    code: 201,
  });
}

function budgetError({ metadata, status }: Pdb): ApiError {
  const { desiredHealthy, currentHealthy } = status;
  return new ApiError(
    429,
    'TooManyRequests',
    "Cannot evict pod as it would violate the pod's disruption budget.",
    {
      causes: [
        {
          reason: 'DisruptionBudget',
          message: `The disruption budget ${metadata.name} needs ${desiredHealthy} healthy pods and has ${currentHealthy} currently`,
        },
      ],
    },
  );
}

/** @throws {ApiError} 409 where it is another object than the client means */
function checkDeletion(kind: Kind, { metadata }: KubeObject, options: DeleteOptions): void {
  const { uid, resourceVersion } = options.preconditions ?? {};
  const { name } = metadata;
  if (uid !== undefined && uid !== '' && uid !== metadata.uid) {
    throw new ApiError(
      409,
      'Conflict',
      `Operation cannot be fulfilled on ${kind.kind}${kind.group && `.${kind.group}`} "${name}": the UID in the precondition (${uid}) does not match the UID in record (${metadata.uid}). The object might have been deleted and then recreated`,
      { name, ...(kind.group && { group: kind.group }), kind: kind.kind },
    );
  }
  if (resourceVersion && resourceVersion !== metadata.resourceVersion) throw conflict(kind, name);
}

function removeWith(world: World, kind: Kind, object: KubeObject, options: DeleteOptions): void {
  const { namespace = '', name } = object.metadata;
  if (options.propagationPolicy === 'Orphan') orphan(world, object.metadata.uid);
  if (kind.resource === 'namespaces') removeNamespace(world, object);
  else if (options.propagationPolicy === 'Foreground') removeLast(world, kind.resource, object);
  else if (object.metadata.finalizers?.length) linger(world, kind.resource, object, []);
  else removeObject(world, kind.resource, namespace, name, options.gracePeriodSeconds);
}

function orphan(world: World, owner: string): void {
  for (const { resource, object } of world.store.dependents(owner)) {
    const ownerReferences = object.metadata.ownerReferences?.filter((each) => each.uid !== owner);
    world.store.update(resource, {
      ...object,
      metadata: { ...object.metadata, ownerReferences },
    } as never);
  }
}

/** A namespace goes last, after all that is in it. */
function removeNamespace(world: World, namespace: KubeObject): void {
  const { name } = namespace.metadata;
  world.store.update('namespaces', {
    ...namespace,
    metadata: { ...namespace.metadata, deletionTimestamp: world.clock.stamp() },
    status: { phase: 'Terminating' },
  });
  for (const { resource, namespaced } of world.store.kinds.stored) {
    if (!namespaced) continue;
    for (const each of world.store.list(resource, name)) {
      removeObject(world, resource, name, each.metadata.name, 1);
    }
  }
  world.clock.after(6000, () => world.store.remove('namespaces', '', name));
}

async function optionsOf(request: ApiRequest): Promise<DeleteOptions> {
  const body = parseObject(await readBody(request.http)) as DeleteOptions;
  const grace = request.query.get('gracePeriodSeconds');
  const policy = request.query.get('propagationPolicy');
  return {
    ...body,
    ...(grace !== null && { gracePeriodSeconds: Number(grace) }),
    ...(policy !== null && { propagationPolicy: policy }),
  };
}

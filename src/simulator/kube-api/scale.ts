import type { Kind } from '../world/kinds.ts';
import type { KubeObject } from '../world/objects.ts';
import type { Deployment } from '../world/workload-objects.ts';
import { selectorText } from '../world/selectors.ts';
import type { World } from '../world/world.ts';
import { ownedAfterUpdate } from './field-owners.ts';
import { readBody, sendJson } from './request.ts';
import type { ApiRequest, Target } from './request.ts';
import { objectOf, objectPatched } from './schema/received.ts';
import { invalid } from './status.ts';
import { age, columns } from './tables/human.ts';
import { checkPreconditions, isDry } from './replace.ts';
import { applyPatchTo, checkContentType, existing, writerOf } from './write.ts';

/** Answers GET, PUT and PATCH of a workload's scale. */
export async function scale(
  world: World,
  kind: Kind,
  target: Target,
  request: ApiRequest,
): Promise<void> {
  const object = existing(world, kind, target) as Deployment;
  if (request.method === 'GET') {
    sendJson(request.response, 200, shownScale(world, object, request));
    return;
  }
  const sent = await sentScale(object, request);
  checkPreconditions(kind, object, sent);
  const { replicas = 0 } = (sent.spec ?? {}) as { replicas?: number };
  if (replicas < 0) {
    throw invalid(
      kind,
      target.name,
      'spec.replicas',
      `Invalid value: ${replicas}: must be greater than or equal to 0`,
    );
  }
  const scaled = { ...object, spec: { ...object.spec, replicas } };
  const writer = writerOf(world, target, request, 'Update');
  const next = ownedAfterUpdate(kind, object, scaled, writer) as Deployment;
  const stored = isDry(request)
    ? (world.store.restamp(kind.resource, next, object) as Deployment)
    : replicas === object.spec.replicas
      ? object
      : (world.store.update(kind.resource, next) as Deployment);
  sendJson(request.response, 200, scaleOf(stored));
}

const SCALE = { group: 'autoscaling', version: 'v1', kind: 'Scale' };

/** The scale that a PUT or a PATCH wants. */
async function sentScale(object: Deployment, request: ApiRequest): Promise<KubeObject> {
  const body = await readBody(request.http);
  if (request.method === 'PUT') return objectOf(SCALE, body, request) as unknown as KubeObject;
  const type = checkContentType(request, [
    'application/merge-patch+json',
    'application/json-patch+json',
    'application/strategic-merge-patch+json',
    'application/apply-patch+yaml',
  ]);
  const patch = { type, body: body.toString() };
  const patched = applyPatchTo(scaleOf(object), type, patch.body);
  return objectPatched(SCALE, patched, patch, request) as unknown as KubeObject;
}

const COLUMNS = columns('Name, Desired, Available, Age', ['Desired', 'Available']);

function shownScale(world: World, object: Deployment, { accept }: ApiRequest): object {
  if (accept.as !== 'Table') return scaleOf(object);
  const { metadata, spec, status } = object;
  const created = age(metadata.creationTimestamp, world.clock.date());
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: { resourceVersion: metadata.resourceVersion },
    columnDefinitions: COLUMNS.map((column) => ({ ...column, description: column.name })),
    rows: [
      {
        cells: [metadata.name, spec.replicas, status.replicas ?? 0, created],
        object: scaleOf(object),
      },
    ],
  };
}

function scaleOf({ metadata, spec, status }: Deployment): object {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = metadata;
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: spec.replicas },
    status: { replicas: status.replicas ?? 0, selector: selectorText(spec.selector) },
  };
}

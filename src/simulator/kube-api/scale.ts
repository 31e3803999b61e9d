import type { Kind } from '../world/kinds.ts';
import type { KubeObject } from '../world/objects.ts';
import type { Deployment } from '../world/workload-objects.ts';
import { selectorText } from '../world/selectors.ts';
import type { World } from '../world/world.ts';
import { ownedAfterUpdate } from './field-owners.ts';
import { parseObject, readBody, sendJson } from './request.ts';
import type { ApiRequest, Target } from './request.ts';
import { badRequest, invalid } from './status.ts';
import {
  applyPatchTo,
  checkContentType,
  checkPreconditions,
  existing,
  isDry,
  writerOf,
} from './write.ts';

/** Answers GET, PUT and PATCH of a workload's scale. */
export async function scale(
  world: World,
  kind: Kind,
  target: Target,
  request: ApiRequest,
): Promise<void> {
  const object = existing(world, kind, target) as Deployment;
  if (request.method === 'GET') {
    sendJson(request.response, 200, scaleOf(object));
    return;
  }
  const body = await readBody(request.http);
  const sent =
    request.method === 'PUT'
      ? (parseObject(body) as unknown as KubeObject)
      : applyPatchTo(
          scaleOf(object),
          checkContentType(request, [
            'application/merge-patch+json',
            'application/json-patch+json',
            'application/strategic-merge-patch+json',
            'application/apply-patch+yaml',
          ]),
          body.toString(),
        );
  checkPreconditions(kind, object, sent);
  const { replicas = 0 } = (sent.spec ?? {}) as { replicas?: unknown };
  if (typeof replicas !== 'number' || !Number.isInteger(replicas)) {
    throw badRequest('spec.replicas must be an integer');
  }
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

import type { ObjectAddress } from '../../domain/ref.ts';
import type { KubeObject, KubePort } from '../../ports/kube.ts';
import { RequestError } from './errors.ts';
import { pagedList } from './paged-list.ts';
import { doing, objectPath } from './paths.ts';
import { asJson } from './representation.ts';
import type { Transport } from './transport.ts';

/** Reads one object in full. */
export async function getObject(
  transport: Transport,
  ref: ObjectAddress,
  signal?: AbortSignal,
): Promise<KubeObject> {
  const object = await transport.json({
    doing: doing('get', `${ref.resource}/${ref.name}`, ref.namespace),
    path: objectPath(ref),
    signal,
  });
  return asObject(object, ref.resource);
}

/** Reads the objects of one kind that match, page by page, up to `limit`. */
export async function listObjects(
  transport: Transport,
  ref: Omit<ObjectAddress, 'name'>,
  options: Parameters<KubePort['list']>[1],
  signal?: AbortSignal,
): Promise<readonly KubeObject[]> {
  const { fieldSelector, labelSelector, limit } = options;
  const found: KubeObject[] = [];
  await pagedList({
    transport,
    kind: ref,
    namespace: ref.namespace,
    form: AS_IT_IS,
    signal,
    query: {
      ...(fieldSelector === undefined ? {} : { fieldSelector }),
      ...(labelSelector === undefined ? {} : { labelSelector }),
    },
    ...(limit === undefined ? {} : { limit }),
    begin: () => {
      found.length = 0;
    },
    row: (item) => {
      // Items of a list leave out what all have in common.
      found.push({ kind: ref.kind, apiVersion: apiVersion(ref), ...asObject(item, ref.resource) });
    },
  });
  return found;
}

const AS_IT_IS = asJson({ json: (item: unknown): unknown => item, protobuf: () => null });

/** As objects have it: `v1`, `apps/v1`. */
export function apiVersion({ group, version }: Pick<ObjectAddress, 'group' | 'version'>): string {
  return group === '' ? version : `${group}/${version}`;
}

/** @throws RequestError where an answer is no object */
export function asObject(value: unknown, resource: string): KubeObject {
  const metadata = (value as { metadata?: unknown } | null)?.metadata;
  if (typeof metadata !== 'object' || metadata === null) {
    throw new RequestError(0, `the server's answer about ${resource} is no Kubernetes object`);
  }
  return value as KubeObject;
}

import type { KindRef } from '../../domain/ref.ts';

/** The API's path of a kind, of one namespace or (empty) of all. */
export function collectionPath(
  kind: Pick<KindRef, 'group' | 'version' | 'resource'>,
  namespace: string,
): string {
  const root = kind.group === '' ? `/api/${kind.version}` : `/apis/${kind.group}/${kind.version}`;
  const scope = namespace === '' ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  return `${root}${scope}/${kind.resource}`;
}

/** The path of one object, or of a subresource of it. */
export function objectPath(
  ref: Pick<KindRef, 'group' | 'version' | 'resource'> & {
    readonly namespace: string;
    readonly name: string;
  },
  subresource = '',
): string {
  const path = `${collectionPath(ref, ref.namespace)}/${encodeURIComponent(ref.name)}`;
  return subresource === '' ? path : `${path}/${subresource}`;
}

/** e.g. `list pods in shop`, `watch nodes`: what a request does, as errors and hints name it. */
export function doing(verb: string, resource: string, namespace: string): string {
  return `${verb} ${resource}${namespace === '' ? '' : ` in ${namespace}`}`;
}

import { at, objects, text } from '../../core/json.ts';
import type { KindRef } from '../../domain/ref.ts';
import { RequestError } from './errors.ts';
import type { Transport } from './transport.ts';

/** Where the server keeps objects of a kind, by the discovery of its group; null: it has no such kind. */
export async function kindOf(
  transport: Transport,
  { apiVersion, kind }: { readonly apiVersion: string; readonly kind: string },
  signal?: AbortSignal,
): Promise<KindRef | null> {
  const [version = '', group = ''] = apiVersion.split('/').reverse();
  const parts = [group, version].filter(Boolean).map(encodeURIComponent);
  const root = group === '' ? '/api' : '/apis';
  let found: unknown;
  try {
    found = await transport.json({
      doing: `ask for the kinds of ${apiVersion}`,
      path: [root, ...parts].join('/'),
      signal,
    });
  } catch (error) {
    if (error instanceof RequestError && error.code === 404) return null;
    throw error;
  }
  // Subresources have a kind as well, and a slash in their names.
  const resource = objects(at(found, 'resources')).find(
    (each) => each['kind'] === kind && !text(each['name']).includes('/'),
  );
  if (resource === undefined) return null;
  return {
    group,
    version,
    resource: text(resource['name']),
    kind,
    namespaced: resource['namespaced'] === true,
  };
}

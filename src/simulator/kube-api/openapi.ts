/** OpenAPI 3: what `kubectl explain` reads, and what kubectl looks up before it writes. */
import { groups, SERVED } from './discovery.ts';
import { schemasOf } from './schema/openapi.ts';

/** `/openapi/v3`: where each group version's document is. */
export function openapiRoot(): object {
  const paths = [...groups()].flatMap(([group, versions]) =>
    versions.map((version) => {
      const path = group ? `apis/${group}/${version}` : `api/${version}`;
      return [path, { serverRelativeURL: `/openapi/v3/${path}` }] as const;
    }),
  );
  return { paths: Object.fromEntries(paths) };
}

/** Documents as they were first asked for: the core group's is a quarter of a megabyte. */
const documents = new Map<string, string>();

/**
 * One document of `/openapi/v3`, as JSON: the schemas of its kinds, and that each kind's PATCH takes
 * fieldValidation and dryRun. Null for a path that is none.
 */
export function openapiDocument(path: string): string | null {
  const known = documents.get(path) ?? documentOf(path);
  if (known !== null) documents.set(path, known);
  return known;
}

function documentOf(path: string): string | null {
  const [, group = '', version] = /^(?:apis\/([^/]+)|api)\/([^/]+)$/.exec(path) ?? [];
  const kinds = SERVED.filter((each) => each.group === group && each.version === version);
  if (kinds.length === 0) return null;
  const parameter = (name: string): object => ({ name, in: 'query', schema: { type: 'string' } });
  const paths = kinds.map((each): [path: string, item: object] => [
    `/${path}/${each.namespaced ? 'namespaces/{namespace}/' : ''}${each.resource}/{name}`,
    {
      // Without the media types of patches: kubectl's own types know how lists merge, ours do not.
      patch: {
        parameters: ['dryRun', 'fieldManager', 'fieldValidation'].map(parameter),
        responses: { 200: { description: 'OK' } },
        'x-kubernetes-action': 'patch',
        'x-kubernetes-group-version-kind': { group, kind: each.kind, version },
      },
    },
  ]);
  return JSON.stringify({
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'unversioned' },
    paths: Object.fromEntries(paths),
    components: { schemas: schemasOf(kinds) },
  });
}

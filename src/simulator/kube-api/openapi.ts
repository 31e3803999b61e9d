/** OpenAPI 3: what `kubectl explain` reads, and what kubectl looks up before it writes. */
import type { World } from '../world/world.ts';
import { groups, servedBy, type Served } from './discovery.ts';
import { customSchemas } from './schema/custom.ts';
import { schemasOf } from './schema/openapi.ts';

/** `/openapi/v3`: where each group version's document is. */
export function openapiRoot(world: World): object {
  const paths = [...groups(world)].flatMap(([group, versions]) =>
    versions.map((version) => {
      const path = group ? `apis/${group}/${version}` : `api/${version}`;
      return [path, { serverRelativeURL: `/openapi/v3/${path}` }] as const;
    }),
  );
  return { paths: Object.fromEntries(paths) };
}

/**
 * Documents of the kinds that every cluster has, as they were first asked for: the core group's is a
 * quarter of a megabyte.
 */
const documents = new Map<string, string>();

/**
 * One document of `/openapi/v3`, as JSON: the schemas of its kinds, and that each kind's PATCH takes
 * fieldValidation and dryRun. Null for a path that is none.
 */
export function openapiDocument(world: World, path: string): string | null {
  const known = documents.get(path);
  if (known !== undefined) return known;
  const kinds = kindsAt(world, path);
  const document = documentOf(path, kinds);
  if (document !== null && kinds.every(({ custom }) => custom === undefined)) {
    documents.set(path, document);
  }
  return document;
}

function kindsAt(world: World, path: string): readonly Served[] {
  const [, group = '', version] = /^(?:apis\/([^/]+)|api)\/([^/]+)$/.exec(path) ?? [];
  return servedBy(world).filter((each) => each.group === group && each.version === version);
}

function documentOf(path: string, kinds: readonly Served[]): string | null {
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
        'x-kubernetes-group-version-kind': {
          group: each.group,
          kind: each.kind,
          version: each.version,
        },
      },
    },
  ]);
  return JSON.stringify({
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'unversioned' },
    paths: Object.fromEntries(paths),
    components: { schemas: { ...schemasOf(kinds.filter(isBuiltIn)), ...customSchemas(kinds) } },
  });
}

const isBuiltIn = ({ custom }: Served): boolean => custom === undefined;

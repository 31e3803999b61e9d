import type { CustomResource } from '../../world/custom-resource-objects.ts';
import type { GroupVersionKind } from './openapi.ts';

/** The schemas of kinds that the cluster defines, as their definitions have them. */
export function customSchemas(
  kinds: readonly (GroupVersionKind & { readonly custom?: CustomResource | undefined })[],
): Readonly<Record<string, object>> {
  return Object.fromEntries(
    kinds.flatMap(({ group, version, kind, custom }) => {
      if (custom === undefined) return [];
      const { properties, ...rest } = custom.schema as { readonly properties?: object };
      // Domains are turned round, as Java packages are.
      const name = `${group.split('.').reverse().join('.')}.${version}.${kind}`;
      const schema = {
        type: 'object',
        ...rest,
        properties: { apiVersion: TEXT, kind: TEXT, metadata: { type: 'object' }, ...properties },
        'x-kubernetes-group-version-kind': [{ group, version, kind }],
      };
      return [[name, schema]];
    }),
  );
}

const TEXT = { type: 'string' };

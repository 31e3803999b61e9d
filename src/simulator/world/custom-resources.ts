/** Kinds that a cluster defines itself, by its custom resource definitions. */
import type { CustomResourceDefinition, CustomVersion } from './custom-resource-objects.ts';
import type { Kind, Subresource } from './kinds.ts';
import type { KubeObject } from './objects.ts';

/** What the server fills in of a definition. */
export function withDefinitionDefaults(definition: CustomResourceDefinition): KubeObject {
  const { spec } = definition;
  const { names } = spec;
  return {
    ...definition,
    spec: {
      ...spec,
      names: { listKind: `${names.kind}List`, singular: names.kind.toLowerCase(), ...names },
      conversion: spec.conversion ?? { strategy: 'None' },
    },
  };
}

/** The kind in each version that is served, the preferred one first. */
export function kindsDefinedBy({ metadata, spec }: CustomResourceDefinition): readonly Kind[] {
  const { plural, kind, singular = kind.toLowerCase(), shortNames, categories } = spec.names;
  return spec.versions
    .filter(({ served }) => served)
    .sort((a, b) => byPreference(a.name, b.name))
    .map((version): Kind => {
      const { name, schema, additionalPrinterColumns = [] } = version;
      return {
        // A definition is called by its plural and group.
        resource: metadata.name as `${string}.${string}`,
        plural,
        group: spec.group,
        version: name,
        kind,
        singular,
        shortNames: shortNames ?? [],
        namespaced: spec.scope === 'Namespaced',
        categories: categories ?? [],
        subresources: subresourcesOf(version),
        generation: true,
        custom: { columns: additionalPrinterColumns, schema: schema?.openAPIV3Schema ?? {} },
      };
    });
}

const subresourcesOf = ({ subresources }: CustomVersion): readonly Subresource[] =>
  subresources?.status === undefined ? [] : ['status'];

/** Released versions before beta before alpha, then the highest number; other names by themselves. */
function byPreference(a: string, b: string): number {
  const [left, right] = [rankOf(a), rankOf(b)];
  for (const [i, rank] of left.entries()) {
    const difference = (right[i] ?? 0) - rank;
    if (difference !== 0) return difference;
  }
  return a < b ? -1 : 1;
}

function rankOf(version: string): readonly [known: number, stage: number, number, number] {
  const [, major, stage, minor = '0'] = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version) ?? [];
  if (major === undefined) return [0, 0, 0, 0];
  return [1, stage === undefined ? 2 : stage === 'beta' ? 1 : 0, Number(major), Number(minor)];
}

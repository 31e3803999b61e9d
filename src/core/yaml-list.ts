import { parse } from 'yaml';

/** The objects of a list in YAML; none where it is no such list. */
export function yamlObjects(text: string): readonly Readonly<Record<string, unknown>>[] {
  let value: unknown;
  try {
    value = parse(text, { maxAliasCount: 0 });
  } catch {
    return [];
  }
  if (!Array.isArray(value)) return [];
  return value.filter(
    (item): item is Readonly<Record<string, unknown>> => typeof item === 'object' && item !== null,
  );
}

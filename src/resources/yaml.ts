import { stringify } from 'yaml';
import type { KubeObject } from '../ports/kube.ts';
import { masked } from '../core/mask.ts';

/**
 * An object as YAML, secrets masked unless `reveal`. Without `managedFields` the bookkeeping of who set which field
 * is left out. Long lines are not folded: the reader scrolls or wraps them.
 */
export function yamlOf(
  object: KubeObject,
  { managedFields, reveal = false }: { readonly managedFields: boolean; readonly reveal?: boolean },
): string {
  const { managedFields: fields, ...metadata } = object.metadata;
  const shown = managedFields ? { ...metadata, managedFields: fields } : metadata;
  const whole = { ...object, metadata: shown };
  return stringify(reveal ? whole : masked(whole), { lineWidth: 0 }).trimEnd();
}

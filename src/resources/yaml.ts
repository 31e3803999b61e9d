import { stringify } from 'yaml';
import type { KubeObject } from '../ports/kube.ts';
import { masked } from './mask.ts';

/**
 * An object as YAML, secrets masked. Without `managedFields` the bookkeeping of who set which field
 * is left out. Long lines are not folded: the reader scrolls or wraps them.
 */
export function yamlOf(
  object: KubeObject,
  { managedFields }: { readonly managedFields: boolean },
): string {
  const { managedFields: fields, ...metadata } = object.metadata;
  const shown = managedFields ? { ...metadata, managedFields: fields } : metadata;
  return stringify(masked({ ...object, metadata: shown }), { lineWidth: 0 }).trimEnd();
}

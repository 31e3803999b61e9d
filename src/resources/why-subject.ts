/** Of what it is asked why, as people type it. */
import type { Query } from '../ports/query.ts';
import type { AnyResource } from './define.ts';
import type { ResourceRegistry } from './registry.ts';
import { rowSubject, type RowSubject } from './row-subject.ts';

/**
 * What `pod/api-0`, `deploy api` or `api-0` means, where something tells why of it.
 * @param here what a name alone is looked for among
 */
export function whySubject(
  words: readonly string[],
  here: AnyResource,
  resources: ResourceRegistry,
  query: Query | null,
): RowSubject | { readonly error: string } {
  const subject = rowSubject('why', words, here, resources, query);
  if ('error' in subject || subject.resource.why !== undefined) return subject;
  const known = resources.all.filter(({ why }) => why !== undefined).map(({ id }) => id);
  return { error: `nothing tells why of ${subject.resource.id}: it does of ${known.join(', ')}` };
}

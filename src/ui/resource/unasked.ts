/** Why AWS cannot be asked about a row: which cluster it is of is not known. */
import type { Workspace } from '../workspace.ts';

/** In a few words. */
export function unasked({ session, resources }: Workspace): string {
  if (session.awsTrouble !== '') return session.awsTrouble;
  const { synced } = session.fleet.status(resources.fleet.table);
  return synced
    ? 'AWS does not tell of this cluster'
    : 'AWS has not told yet which cluster this is';
}

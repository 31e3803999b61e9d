import type { Impersonation } from './kubeconfig-user.ts';

/** Headers of a request; several values of one name are sent one by one. */
export type Headers = Readonly<Record<string, string | readonly string[]>>;

/**
 * Whom to act as: the kubeconfig's, in which the command line replaces what it names.
 * @param flags `--as` and `--as-group`
 */
export function actingAs(
  user: Impersonation,
  flags: { readonly user: string; readonly groups: readonly string[] } | undefined,
): Impersonation {
  return {
    ...user,
    user: flags?.user || user.user,
    groups: flags !== undefined && flags.groups.length > 0 ? flags.groups : user.groups,
  };
}

/** The headers that tell the server whom to act as. */
export function impersonationHeaders({ user, uid, groups, extra }: Impersonation): Headers {
  if (user === '') return {};
  const headers: Record<string, string | readonly string[]> = {
    'Impersonate-User': headerText(user),
  };
  if (uid !== '') headers['Impersonate-Uid'] = headerText(uid);
  if (groups.length > 0) headers['Impersonate-Group'] = groups.map(headerText);
  for (const [key, values] of Object.entries(extra)) {
    if (values.length > 0) headers[`Impersonate-Extra-${escaped(key)}`] = values.map(headerText);
  }
  return headers;
}

/** UTF-8 as Node wants it in a header: a character for each byte. */
export function headerText(text: string): string {
  return Buffer.from(text).toString('latin1');
}

/** What may not stand in a header's name, and the sign of the escape itself, as %XX of its bytes. */
function escaped(key: string): string {
  return Buffer.from(key)
    .toString('latin1')
    .replace(/[^A-Za-z0-9!#$&'*+.^_`|~-]/g, (byte) => {
      return `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
    });
}

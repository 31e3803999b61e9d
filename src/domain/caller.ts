/** Who calls AWS, as access entries and policies name it. */

/** The role of a session, by its name; null for what is no session of a role. */
export function sessionRole(
  arn: string,
): { readonly account: string; readonly name: string } | null {
  const session = /^arn:[^:]*:sts::(\d*):assumed-role\/([^/]+)\//.exec(arn);
  const [, account = '', name = ''] = session ?? [];
  return session === null ? null : { account, name };
}

/**
 * Whether a principal of IAM is who calls. A session's ARN leaves out the path of its role, which
 * that of the role has: of an account and a name there is one role.
 */
export function isCaller(principal: string, caller: string): boolean {
  const role = sessionRole(caller);
  if (role === null) return principal === caller;
  const found = /^arn:[^:]*:iam::(\d*):role\/(?:.*\/)?([^/]+)$/.exec(principal);
  return found?.[1] === role.account && found[2] === role.name;
}

import type { IncomingHttpHeaders } from 'node:http';
import type { AccessPolicy } from '../world/access.ts';
import { rbacPolicy, serviceAccountUser, type User } from '../world/rbac.ts';
import { verifyServiceAccountToken } from '../world/service-account-token.ts';
import type { World } from '../world/world.ts';
import { isEksToken } from './auth.ts';
import { ApiError, unauthorized } from './status.ts';
import { API_AUDIENCE } from './token-request.ts';

/** Who makes a request, and what they may do. */
export interface Caller {
  readonly user: User;
  readonly access: AccessPolicy;
}

export interface Credentials {
  /** The static bearer token of the generated kubeconfig. */
  readonly token: string;
  /** What the region's own user may do. */
  readonly access: AccessPolicy;
  /** A scenario may refuse credentials for a while. */
  readonly refusesCredentials: () => boolean;
}

/**
 * The caller by the headers of a request: the region's own user, a service account by its token, or
 * whom either impersonates.
 * @throws {ApiError} 401, 403
 */
export function callerOf(
  world: World,
  credentials: Credentials,
  headers: IncomingHttpHeaders,
): Caller {
  const caller = authenticate(world, credentials, headers.authorization);
  if (!caller) throw unauthorized();
  const [username] = [headers['impersonate-user']].flat();
  return username === undefined ? caller : impersonated(world, caller, username, headers);
}

function authenticate(
  world: World,
  { token: known, access, refusesCredentials }: Credentials,
  header: string | undefined,
): Caller | null {
  const token = /^Bearer (.+)$/i.exec(header ?? '')?.[1];
  if (token === undefined || refusesCredentials()) return null;
  const { region, cluster } = world;
  if (token === known || isEksToken(token, region, cluster.name, Date.now())) {
    const user = { username: region.caller.arn, groups: ['shop:operators', AUTHENTICATED] };
    return { user, access };
  }
  const user = serviceAccountOf(world, token);
  return user && { user, access: rbacPolicy(world.store, user) };
}

const AUTHENTICATED = 'system:authenticated';

/** The service account whose token it is, if it is for this server, lasts and the account is there. */
function serviceAccountOf(world: World, token: string): User | null {
  const claims = verifyServiceAccountToken(token);
  if (claims === null || claims.iss !== world.cluster.oidcIssuer) return null;
  const { aud, exp, 'kubernetes.io': bound } = claims;
  if (!aud.includes(API_AUDIENCE) || exp * 1000 < world.clock.date() || !bound) return null;
  const { namespace, serviceaccount } = bound;
  const account = world.store.get('serviceaccounts', namespace, serviceaccount.name);
  if (account?.metadata.uid !== serviceaccount.uid) return null;
  return serviceAccountUser(namespace, serviceaccount.name);
}

function impersonated(
  world: World,
  { user: by, access }: Caller,
  username: string,
  headers: IncomingHttpHeaders,
): Caller {
  const [, namespace = '', account] = /^system:serviceaccount:([^:]+):(.+)$/.exec(username) ?? [];
  const groups = [headers['impersonate-group'] ?? []].flat().flatMap((each) => each.split(', '));
  const may = (resource: string, name: string): void => {
    if (access.allows({ verb: 'impersonate', group: '', resource, namespace, name })) return;
    const where = namespace === '' ? 'at the cluster scope' : `in the namespace "${namespace}"`;
    throw new ApiError(
      403,
      'Forbidden',
      `${resource} "${name}" is forbidden: User "${by.username}" cannot impersonate resource "${resource}" in API group "" ${where}`,
      { name, kind: resource },
    );
  };
  if (account === undefined) may('users', username);
  else may('serviceaccounts', account);
  for (const group of groups) may('groups', group);
  const own =
    account === undefined ? [AUTHENTICATED] : serviceAccountUser(namespace, account).groups;
  const user = { username, groups: [...new Set([...groups, ...own])] };
  return { user, access: rbacPolicy(world.store, user) };
}

import { createHash } from 'node:crypto';
import type { Region, RoleSession } from '../region.ts';
import type { Caller } from './account.ts';
import { ApiError } from './api-error.ts';

/** Gives out credentials of roles, and knows whose key signed a request. */
export interface Sessions {
  open(role: string, sessionName: string, expires: number): RoleSession;
  /** The holder of an access key; `expired` where its session is over, null where unknown. */
  caller(accessKeyId: string, now: number): Caller | 'expired' | null;
}

/** The sessions of a region, which live in its state: the Kubernetes half knows them too. */
export function regionSessions(region: Region): Sessions {
  return {
    open(role, sessionName, expires) {
      const digest = createHash('sha256').update(`${role}/${sessionName}/${expires}`).digest('hex');
      const session: RoleSession = {
        accessKeyId: `ASIA${digest.slice(0, 16).toUpperCase()}`,
        secretAccessKey: digest.slice(16, 56),
        sessionToken: Buffer.from(`${role}/${sessionName}/${digest}`).toString('base64'),
        arn: `arn:${region.partition}:sts::${region.accountId}:assumed-role/${role}/${sessionName}`,
        userId: `AROA${digest.slice(40, 56).toUpperCase()}:${sessionName}`,
        expires,
      };
      region.sessions.set(session.accessKeyId, session);
      return session;
    },
    caller(accessKeyId, now) {
      if (accessKeyId === region.credentials.accessKeyId) return region.caller;
      const session = region.sessions.get(accessKeyId);
      if (!session) return null;
      return now < session.expires ? session : 'expired';
    },
  };
}

/** The credentials of a session, as STS gives them out. */
export function credentialsOf({
  accessKeyId,
  secretAccessKey,
  sessionToken,
  expires,
}: RoleSession) {
  return {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    SessionToken: sessionToken,
    Expiration: new Date(expires),
  };
}

/** What each service says of a key that it does not know. */
const UNKNOWN_KEY: Readonly<Record<string, readonly [code: string, status: number]>> = {
  eks: ['UnrecognizedClientException', 403],
  ec2: ['AuthFailure', 401],
};

/** The error for a key that is unknown, as the service words it. */
export function unknownKey(service: string): ApiError {
  const [code, status] = UNKNOWN_KEY[service] ?? ['InvalidClientTokenId', 403];
  return new ApiError(code, status, 'The security token included in the request is invalid.');
}

/** The error for credentials whose time is over, as the service words it. */
export function expiredToken(service: string): ApiError {
  const message = 'The security token included in the request is expired';
  if (service === 'eks') return new ApiError('ExpiredTokenException', 403, message);
  if (service === 'ec2') return new ApiError('RequestExpired', 400, message);
  return new ApiError('ExpiredToken', 403, message);
}

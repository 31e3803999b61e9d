import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** What a service account's token says; times in seconds since the epoch. */
export interface ServiceAccountClaims {
  /** The cluster's OIDC issuer. */
  readonly iss: string;
  /** `system:serviceaccount:NAMESPACE:NAME` */
  readonly sub: string;
  readonly aud: readonly string[];
  readonly iat: number;
  readonly nbf: number;
  readonly exp: number;
  readonly 'kubernetes.io'?: {
    readonly namespace: string;
    readonly serviceaccount: { readonly name: string; readonly uid: string };
    readonly pod?: { readonly name: string; readonly uid: string };
  };
}

/** Of this process: nobody else signs, and nobody else verifies. */
const KEY = randomBytes(32);
const HEADER = base64url({ alg: 'HS256', kid: 'simulated', typ: 'JWT' });

/** A signed token, as TokenRequest gives them. */
export function signServiceAccountToken(claims: ServiceAccountClaims): string {
  const signed = `${HEADER}.${base64url(claims)}`;
  return `${signed}.${signature(signed).toString('base64url')}`;
}

/**
 * What a token says, if it was signed here; null where it was not. Issuer, audience and time are
 * for whoever asks to check.
 */
export function verifyServiceAccountToken(token: string): ServiceAccountClaims | null {
  const [header = '', payload = '', given = ''] = token.split('.');
  const wanted = signature(`${header}.${payload}`);
  const bytes = Buffer.from(given, 'base64url');
  if (bytes.length !== wanted.length || !timingSafeEqual(bytes, wanted)) return null;
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as ServiceAccountClaims;
}

function signature(text: string): Buffer {
  return createHmac('sha256', KEY).update(text).digest();
}

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Region } from '../region.ts';

/** How long the authenticator of EKS takes a token, whatever its X-Amz-Expires says (ms). */
const TOKEN_LIFE = 15 * 60_000;
const PREFIX = 'k8s-aws-v1.';

/**
 * Whether a bearer token is an EKS token of an access key of this region for this cluster: base64url of
 * a pre-signed GetCallerIdentity in which the cluster's name is a signed header. AWS would be asked
 * by sending the request with that header; here the signature is computed again.
 */
export function isEksToken(token: string, region: Region, cluster: string, now: number): boolean {
  if (!token.startsWith(PREFIX) || token.length > 4096) return false;
  const text = Buffer.from(token.slice(PREFIX.length), 'base64url').toString();
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  const query = url.searchParams;
  const signed = (query.get('X-Amz-SignedHeaders') ?? '').split(';');
  const date = query.get('X-Amz-Date') ?? '';
  const scope = (query.get('X-Amz-Credential') ?? '').split('/');
  if (query.get('Action') !== 'GetCallerIdentity' || !signed.includes('x-k8s-aws-id')) return false;
  const secret = secretOf(scope[0] ?? '', region, now);
  if (secret === null) return false;
  const age = now - amzTime(date);
  if (!(age < TOKEN_LIFE && age > -TOKEN_LIFE)) return false;
  const headers: Readonly<Record<string, string>> = { host: url.host, 'x-k8s-aws-id': cluster };
  const given = Buffer.from(query.get('X-Amz-Signature') ?? '', 'hex');
  const wanted = signature(url, signed, headers, date, scope, secret);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** The secret of the region's own key or of a role's session that is not over. */
function secretOf(accessKeyId: string, region: Region, now: number): string | null {
  const { credentials, sessions } = region;
  if (accessKeyId === credentials.accessKeyId) return credentials.secretAccessKey;
  const session = sessions.get(accessKeyId);
  return session && now < session.expires ? session.secretAccessKey : null;
}

/** Signature Version 4 of a pre-signed GET without a body. */
function signature(
  url: URL,
  signed: readonly string[],
  headers: Readonly<Record<string, string>>,
  date: string,
  scope: readonly string[],
  secret: string,
): Buffer {
  const [, day = '', region = '', service = ''] = scope;
  const query = [...url.searchParams]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${escape(name)}=${escape(value)}`)
    .sort()
    .join('&');
  const canonical = [
    'GET',
    url.pathname,
    query,
    ...signed.map((name) => `${name}:${headers[name] ?? ''}`),
    '',
    signed.join(';'),
    createHash('sha256').digest('hex'),
  ].join('\n');
  const toSign = [
    'AWS4-HMAC-SHA256',
    date,
    scope.slice(1).join('/'),
    createHash('sha256').update(canonical).digest('hex'),
  ].join('\n');
  const hmac = (key: string | Buffer, text: string): Buffer =>
    createHmac('sha256', key).update(text).digest();
  const key = hmac(hmac(hmac(hmac(`AWS4${secret}`, day), region), service), 'aws4_request');
  return hmac(key, toSign);
}

/** RFC 3986, as Signature Version 4 wants it. */
function escape(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** `20261124T060000Z` in ms; NaN for anything else. */
function amzTime(text: string): number {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (!parts) return NaN;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts
    .slice(1)
    .map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

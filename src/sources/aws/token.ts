import { Sha256Node } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Credentials } from './access-key.ts';

/** A bearer token for an EKS API server and the moment to replace it (ms). */
export interface EksToken {
  readonly token: string;
  readonly expires: number;
}

/** EKS accepts a token for 15 minutes after it was signed; the aws CLI promises 14 as well. */
const LIFETIME_MS = 14 * 60_000;

/** The order in which botocore writes the query, so that tokens can be compared byte by byte. */
const QUERY = [
  'Action',
  'Version',
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Date',
  'X-Amz-Expires',
  'X-Amz-SignedHeaders',
  'X-Amz-Security-Token',
  'X-Amz-Signature',
];

/**
 * Signs a GetCallerIdentity request that names the cluster, as `aws eks get-token` does: the token
 * is its URL. EKS sends it to STS to learn who the caller is, and refuses a URL with any further
 * parameter.
 */
export async function signToken(request: {
  readonly cluster: string;
  readonly region: string;
  readonly credentials: Credentials;
  /** STS endpoint, with scheme and port. */
  readonly endpoint: URL;
  /** Signing time (ms). */
  readonly now: number;
}): Promise<EksToken> {
  const { cluster, region, credentials, endpoint, now } = request;
  const signer = new SignatureV4({
    service: 'sts',
    region,
    credentials,
    sha256: Sha256Node,
    applyChecksum: false,
  });
  const { query } = await signer.presign(
    {
      method: 'GET',
      protocol: endpoint.protocol,
      hostname: endpoint.hostname,
      path: endpoint.pathname,
      headers: { host: endpoint.host, 'x-k8s-aws-id': cluster },
      query: { Action: 'GetCallerIdentity', Version: '2011-06-15' },
    },
    {
      signingDate: new Date(now),
      expiresIn: 60,
      unhoistableHeaders: new Set(['x-k8s-aws-id']),
    },
  );
  const parameters = QUERY.flatMap((name) => {
    const value = query?.[name];
    return typeof value === 'string' ? [`${name}=${encodeURIComponent(value)}`] : [];
  });
  const url = `${endpoint.origin}${endpoint.pathname}?${parameters.join('&')}`;
  return {
    token: `k8s-aws-v1.${Buffer.from(url).toString('base64url')}`,
    expires: Math.min(now + LIFETIME_MS, credentials.expiration?.getTime() ?? Infinity),
  };
}

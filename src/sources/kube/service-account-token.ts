import type { ObjectAddress } from '../../domain/ref.ts';
import type { KubePort, ServiceAccountToken } from '../../ports/kube.ts';
import { RequestError } from './errors.ts';
import { objectPath } from './paths.ts';
import type { Transport } from './transport.ts';
import { asked, json, write } from './writes.ts';

/** Asks for a token of a service account. Neither logs nor errors ever hold it. */
export async function serviceAccountToken(
  transport: Transport,
  ref: ObjectAddress,
  { audience, seconds }: Parameters<KubePort['token']>[1],
): Promise<ServiceAccountToken> {
  const answer = (await write(transport, {
    ...asked('create', ref, 'token'),
    doing: `make a token for ${ref.resource}/${ref.name} in ${ref.namespace}`,
    method: 'POST',
    path: objectPath(ref, 'token'),
    body: json({
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: { audiences: [audience], expirationSeconds: seconds },
    }),
  })) as { status?: { token?: unknown; expirationTimestamp?: unknown } };
  const { token, expirationTimestamp } = answer.status ?? {};
  const expires = Date.parse(String(expirationTimestamp));
  if (typeof token !== 'string' || token === '' || Number.isNaN(expires)) {
    throw new RequestError(0, `the server's answer holds no token for ${ref.name}`);
  }
  return { token, expires };
}

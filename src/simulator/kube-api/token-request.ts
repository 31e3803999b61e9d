import { stampOf } from '../clock.ts';
import type { Kind } from '../world/kinds.ts';
import { signServiceAccountToken } from '../world/service-account-token.ts';
import type { World } from '../world/world.ts';
import { parseObject, readBody, sendJson } from './request.ts';
import type { ApiRequest, Target } from './request.ts';
import { invalid } from './status.ts';
import { existing } from './write.ts';

/** Whom tokens are for that name no audience: the API server. */
export const API_AUDIENCE = 'https://kubernetes.default.svc';

interface TokenRequest {
  readonly spec?: {
    readonly audiences?: readonly string[];
    readonly expirationSeconds?: number;
    readonly boundObjectRef?: object | null;
  };
}

const KIND = { kind: 'TokenRequest', group: 'authentication.k8s.io' } as const;

/** Answers a POST to a service account's token. */
export async function requestToken(
  world: World,
  kind: Kind,
  target: Target,
  request: ApiRequest,
): Promise<void> {
  const { metadata } = existing(world, kind, target);
  const { spec = {} } = parseObject(await readBody(request.http)) as TokenRequest;
  const { expirationSeconds: seconds = 3600, boundObjectRef = null } = spec;
  const { audiences = [] } = spec;
  if (!Number.isInteger(seconds) || seconds < 600) {
    throw invalid(
      { ...kind, ...KIND },
      '',
      'spec.expirationSeconds',
      `Invalid value: ${seconds}: may not specify a duration less than 10 minutes`,
    );
  }
  const aud = audiences.length > 0 ? audiences : [API_AUDIENCE];
  const now = Math.floor(world.clock.date() / 1000);
  const { name, namespace = '', uid } = metadata;
  const token = signServiceAccountToken({
    iss: world.cluster.oidcIssuer,
    sub: `system:serviceaccount:${namespace}:${name}`,
    aud,
    iat: now,
    nbf: now,
    exp: now + seconds,
    'kubernetes.io': { namespace, serviceaccount: { name, uid } },
  });
  sendJson(request.response, 201, {
    kind: 'TokenRequest',
    apiVersion: 'authentication.k8s.io/v1',
    metadata: { name, namespace, uid, creationTimestamp: stampOf(now * 1000) },
    spec: { audiences: aud, expirationSeconds: seconds, boundObjectRef },
    status: { token, expirationTimestamp: stampOf((now + seconds) * 1000) },
  });
}

/** IAM Identity Center: signing in by a code that somebody confirms, and credentials for a token. */
import {
  GetRoleCredentials$,
  type GetRoleCredentialsRequest,
  type GetRoleCredentialsResponse,
} from '@aws-sdk/client-sso';
import {
  CreateToken$,
  type CreateTokenRequest,
  type CreateTokenResponse,
  RegisterClient$,
  type RegisterClientRequest,
  type RegisterClientResponse,
  StartDeviceAuthorization$,
  type StartDeviceAuthorizationRequest,
  type StartDeviceAuthorizationResponse,
} from '@aws-sdk/client-sso-oidc';
import { randomBytes } from 'node:crypto';
import { ApiError } from '../api-error.ts';
import { type Operation, operation } from '../operation.ts';
import type { Sessions } from '../sessions.ts';

const REGISTERED_MS = 90 * 86_400_000;
const CODE_S = 600;
const TOKEN_S = 8 * 3_600;
const ROLE_MS = 3_600_000;
const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code';
const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ';

interface Pending {
  readonly userCode: string;
  readonly expires: number;
  confirmed: boolean;
}

/** What signing in asks, and the page on which it is confirmed. */
export interface IdentityCenter {
  readonly operations: readonly Operation[];
  /** Somebody confirms a code. False where there is none like it. */
  readonly confirm: (userCode: string) => boolean;
}

/** @param address where the page is that confirms a code */
export function identityCenter(sessions: Sessions, address: () => string): IdentityCenter {
  const clients = new Set<string>();
  const pending = new Map<string, Pending>();
  /** What renews a token, and tokens with the moment (ms) until which they hold. */
  const refreshing = new Set<string>();
  const tokens = new Map<string, number>();

  function issue(now: number): CreateTokenResponse {
    const [accessToken, refreshToken] = [random(), random()];
    tokens.set(accessToken, now + TOKEN_S * 1000);
    refreshing.add(refreshToken);
    return { accessToken, refreshToken, tokenType: 'Bearer', expiresIn: TOKEN_S };
  }

  const operations = [
    operation(RegisterClient$, (_: RegisterClientRequest, { now }): RegisterClientResponse => {
      const clientId = random();
      clients.add(clientId);
      return {
        clientId,
        clientSecret: random(),
        clientIdIssuedAt: Math.floor(now / 1000),
        clientSecretExpiresAt: Math.floor((now + REGISTERED_MS) / 1000),
      };
    }),
    operation(
      StartDeviceAuthorization$,
      (
        { clientId = '', startUrl = '' }: StartDeviceAuthorizationRequest,
        { now },
      ): StartDeviceAuthorizationResponse => {
        if (!clients.has(clientId)) throw refusal('InvalidClientException', 'Invalid client');
        if (!/^https:\/\/[^/]+\.awsapps\.com\/start/.test(startUrl))
          throw refusal('InvalidRequestException', 'Invalid start url provided');
        const [deviceCode, userCode] = [random(), codeOf(randomBytes(8))];
        pending.set(deviceCode, { userCode, expires: now + CODE_S * 1000, confirmed: false });
        const verificationUri = `${address()}/device`;
        return {
          deviceCode,
          userCode,
          verificationUri,
          verificationUriComplete: `${verificationUri}?user_code=${userCode}`,
          expiresIn: CODE_S,
          interval: 1,
        };
      },
    ),
    operation(CreateToken$, (input: CreateTokenRequest, { now }): CreateTokenResponse => {
      const { clientId = '', grantType = '', deviceCode = '', refreshToken = '' } = input;
      if (!clients.has(clientId)) throw refusal('InvalidClientException', 'Invalid client');
      if (grantType === 'refresh_token') {
        if (!refreshing.delete(refreshToken))
          throw refusal('InvalidGrantException', 'Invalid refresh token provided');
        return issue(now);
      }
      if (grantType !== DEVICE_CODE)
        throw refusal('UnsupportedGrantTypeException', 'Unsupported grant type');
      const code = pending.get(deviceCode);
      if (code === undefined) throw refusal('InvalidGrantException', 'Invalid device code');
      if (now >= code.expires) throw refusal('ExpiredTokenException', 'Device code expired');
      if (!code.confirmed) throw refusal('AuthorizationPendingException', 'Authorization pending');
      pending.delete(deviceCode);
      return issue(now);
    }),
    operation(
      GetRoleCredentials$,
      (input: GetRoleCredentialsRequest, { region, now }): GetRoleCredentialsResponse => {
        const { accessToken = '', accountId = '', roleName = '' } = input;
        if (!((tokens.get(accessToken) ?? 0) > now))
          throw new ApiError('UnauthorizedException', 401, 'Session token not found or invalid');
        if (accountId !== region.accountId)
          throw new ApiError('ForbiddenException', 403, 'No access');
        const role = sessions.open(roleName, 'operator', now + ROLE_MS);
        const { accessKeyId, secretAccessKey, sessionToken, expires } = role;
        const roleCredentials = { accessKeyId, secretAccessKey, sessionToken, expiration: expires };
        return { roleCredentials };
      },
    ),
  ];
  return {
    operations,
    confirm: (userCode) => {
      const code = [...pending.values()].find((each) => each.userCode === userCode);
      if (code !== undefined) code.confirmed = true;
      return code !== undefined;
    },
  };
}

const random = (): string => randomBytes(24).toString('base64url');

/** `BCDF-GHJK`, as people read it. */
const codeOf = (bytes: Buffer): string =>
  [...bytes]
    .map((byte) => LETTERS[byte % LETTERS.length])
    .join('')
    .replace(/^.{4}/, '$&-');

/** OAuth's errors have a name of their own beside AWS's. */
const refusal = (code: string, description: string): ApiError =>
  new ApiError(code, 400, description, {
    error: code
      .replace('Exception', '')
      .replaceAll(/(?!^)[A-Z]/g, '_$&')
      .toLowerCase(),
    error_description: description,
  });

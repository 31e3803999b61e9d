import {
  AssumeRoleWithWebIdentity$,
  type AssumeRoleWithWebIdentityRequest,
  type AssumeRoleWithWebIdentityResponse,
} from '@aws-sdk/client-sts';
import { knownTrust, type OidcProvider, type Role } from '../../iam.ts';
import {
  type ServiceAccountClaims,
  verifyServiceAccountToken,
} from '../../world/service-account-token.ts';
import type { AccountView } from '../account.ts';
import { ApiError } from '../api-error.ts';
import { type Operation, operation } from '../operation.ts';
import { trusts } from '../policy.ts';
import { credentialsOf, type Sessions } from '../sessions.ts';

const ACTION = 'sts:AssumeRoleWithWebIdentity';

/** Gives a session of a role for the token of a service account, by all that STS checks, in its words. */
export function assumeRoleWithWebIdentity(sessions: Sessions): Operation {
  return operation(
    AssumeRoleWithWebIdentity$,
    (input: AssumeRoleWithWebIdentityRequest, account): AssumeRoleWithWebIdentityResponse => {
      const { WebIdentityToken = '', RoleArn = '', RoleSessionName = '' } = input;
      const { DurationSeconds = 3_600 } = input;
      const claims = verified(WebIdentityToken);
      const provider = providerOf(account, claims);
      const audience = claims.aud.find((each) => provider.clientIds.includes(each));
      if (audience === undefined) throw refusedToken('Incorrect token audience');
      checkTime(claims, account.now);
      const role = roleFor(account, RoleArn, provider, claims, audience);
      const session = sessions.open(
        role.name,
        RoleSessionName,
        account.now + DurationSeconds * 1_000,
      );
      return {
        Credentials: credentialsOf(session),
        SubjectFromWebIdentityToken: claims.sub,
        AssumedRoleUser: { AssumedRoleId: `${role.id}:${RoleSessionName}`, Arn: session.arn },
        Provider: provider.arn,
        Audience: audience,
      };
    },
  );
}

const refusedToken = (message: string): ApiError =>
  new ApiError('InvalidIdentityToken', 400, message);

function verified(token: string): ServiceAccountClaims {
  if (!isJwt(token)) {
    throw refusedToken(
      'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)',
    );
  }
  const claims = verifyServiceAccountToken(token);
  if (claims) return claims;
  throw refusedToken(
    "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements",
  );
}

function isJwt(token: string): boolean {
  const [header = '', payload = '', signature, ...more] = token.split('.');
  if (signature === undefined || more.length > 0) return false;
  try {
    return [header, payload].every(
      (part) => typeof JSON.parse(Buffer.from(part, 'base64url').toString()) === 'object',
    );
  } catch {
    return false;
  }
}

function providerOf({ region }: AccountView, { iss }: ServiceAccountClaims): OidcProvider {
  const host = iss.replace(/^https:\/\//, '');
  const provider = [...region.iam.providers.values()].find(({ url }) => url === host);
  if (provider) return provider;
  throw refusedToken(`No OpenIDConnect provider found in your account for ${iss}`);
}

function checkTime({ exp }: ServiceAccountClaims, now: number): void {
  const seconds = Math.floor(now / 1_000);
  if (seconds < exp) return;
  throw new ApiError(
    'ExpiredTokenException',
    400,
    `Token expired: current date/time ${seconds} must be before the expiration date/time ${exp}`,
  );
}

function roleFor(
  { region, now }: AccountView,
  arn: string,
  provider: OidcProvider,
  { sub }: ServiceAccountClaims,
  aud: string,
): Role {
  if (!/^arn:[\w-]+:iam::\d{12}:role\/.+$/.test(arn)) {
    throw new ApiError('ValidationError', 400, 'Request ARN is invalid');
  }
  const role = [...region.iam.roles.values()].find((each) => each.arn === arn);
  const host = provider.url.toLowerCase();
  const trust = role && knownTrust(role, now);
  const trusted =
    typeof trust === 'string' &&
    trusts(trust, {
      principal: { kind: 'Federated', value: provider.arn },
      action: ACTION,
      context: { [`${host}:sub`]: sub, [`${host}:aud`]: aud },
    });
  if (role && trusted) return role;
  throw new ApiError('AccessDenied', 403, `Not authorized to perform ${ACTION}`);
}

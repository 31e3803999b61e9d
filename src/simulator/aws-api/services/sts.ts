import {
  AssumeRole$,
  type AssumeRoleRequest,
  type AssumeRoleResponse,
  GetCallerIdentity$,
  type GetCallerIdentityResponse,
} from '@aws-sdk/client-sts';
import { ApiError } from '../api-error.ts';
import { type Operation, operation } from '../operation.ts';
import { credentialsOf, type Sessions } from '../sessions.ts';
import { assumeRoleWithWebIdentity } from './sts-web-identity.ts';

const DEFAULT_SECONDS = 3_600;

/** What STS answers. */
export function stsOperations(sessions: Sessions): readonly Operation[] {
  return [
    assumeRoleWithWebIdentity(sessions),
    operation(GetCallerIdentity$, (_: object, { region, caller }): GetCallerIdentityResponse => ({
      Account: region.accountId,
      Arn: caller.arn,
      UserId: caller.userId,
    })),
    operation(AssumeRole$, (input: AssumeRoleRequest, { region, now }): AssumeRoleResponse => {
      const { RoleArn = '', RoleSessionName = '', DurationSeconds = DEFAULT_SECONDS } = input;
      const role = new RegExp(`^arn:aws:iam::${region.accountId}:role/(?:.*/)?([^/]+)$`).exec(
        RoleArn,
      );
      if (!role?.[1]) {
        throw new ApiError(
          'AccessDenied',
          403,
          `User: ${region.caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
        );
      }
      const session = sessions.open(role[1], RoleSessionName, now + DurationSeconds * 1_000);
      return {
        Credentials: credentialsOf(session),
        AssumedRoleUser: { AssumedRoleId: session.userId, Arn: session.arn },
      };
    }),
  ];
}

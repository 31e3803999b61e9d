import {
  AssumeRoleWithWebIdentityCommand,
  GetCallerIdentityCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { AwsFault } from '../../../domain/aws-fault.ts';
import type { AwsCalls } from '../../../ports/aws-calls.ts';
import type { ClientConfig } from '../client-config.ts';
import { answered } from '../explain.ts';
import { type Operations, single } from './operation.ts';
import { record, text } from './shape.ts';

type Assumed = AwsCalls['sts:AssumeRoleWithWebIdentity']['output'];

/** Everything but the credentials. */
const assumed = record<Assumed>({
  AssumedRoleUser: record<Assumed['AssumedRoleUser']>({ Arn: text, AssumedRoleId: text }),
  SubjectFromWebIdentityToken: text,
  Audience: text,
  Provider: text,
});

/** The shortest session that STS gives (s). */
const SHORTEST = 900;

/** The door's calls of STS. */
export function stsOperations(config: ClientConfig): Operations<'sts'> {
  const client = new STSClient(config);
  return {
    'sts:GetCallerIdentity': single(
      (input, options) => client.send(new GetCallerIdentityCommand(input), options),
      (answer) => ({
        Account: text(answer.Account),
        Arn: text(answer.Arn),
        UserId: text(answer.UserId),
      }),
    ),
    'sts:AssumeRoleWithWebIdentity': async (input, ask) => {
      const command = new AssumeRoleWithWebIdentityCommand({
        ...input,
        DurationSeconds: SHORTEST,
      });
      return assumed(
        await ask((options) =>
          client.send(command, options).catch((error: unknown) => {
            throw verdict(error) ?? error;
          }),
        ),
      );
    },
  };
}

/**
 * What STS says of the token and the role's trust, in its own words; null where it did not get to
 * that. An expired token or a refusal here says nothing of the caller's own credentials.
 */
function verdict(error: unknown): AwsFault | null {
  const answer = answered(error);
  if (answer === null || answer.status >= 500 || /Throttl/.test(answer.code)) return null;
  const action = 'sts:AssumeRoleWithWebIdentity';
  return new AwsFault('rejected', answer.message, '', { code: answer.code, action });
}

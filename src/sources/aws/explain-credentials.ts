import { shellWord } from '../../core/shell.ts';
import { isOptIn } from '../../domain/aws-regions.ts';
import { AwsFault } from '../../domain/aws-fault.ts';
import type { CallContext } from './call-context.ts';

const EXPIRED = /^(ExpiredToken\w*|RequestExpired|TokenRefreshRequired)$/;
const UNKNOWN_KEY =
  /^(InvalidClientTokenId|UnrecognizedClientException|InvalidAccessKeyId|AuthFailure|MissingAuthenticationToken\w*)$/;
const SSO = /SSO session|sso login/i;

/**
 * The words for missing, expired and refused credentials; null where the failure is another one.
 * The credential providers tell their failures apart by message only.
 */
export function explainCredentials(
  error: { readonly name: string; readonly message: string },
  context: CallContext,
): AwsFault | null {
  const { name, message } = error;
  const whose = context.profile ? `of profile ${context.profile}` : 'in use';
  if (EXPIRED.test(name)) {
    return new AwsFault('expired', `the AWS credentials ${whose} have expired`, renewal(context));
  }
  if (UNKNOWN_KEY.test(name)) {
    const { region } = context;
    const said = `AWS does not accept the access key ${whose}`;
    return isOptIn(region)
      ? new AwsFault(
          'expired',
          `${said} in ${region}`,
          `accounts have to enable ${region} first (account settings of the console); otherwise ${renewal(context)}`,
        )
      : new AwsFault('expired', said, renewal(context));
  }
  if (name !== 'CredentialsProviderError' && name !== 'TokenProviderError') return null;
  if (/aws login/.test(message)) {
    return new AwsFault(
      'expired',
      `the AWS login ${whose} has expired`,
      login('aws login', context),
    );
  }
  if (SSO.test(message)) {
    return new AwsFault(
      'expired',
      `the SSO session ${whose} has expired`,
      login('aws sso login', context),
    );
  }
  if (context.profile) {
    return new AwsFault(
      'expired',
      `profile ${context.profile} has no usable AWS credentials`,
      `check the profile in ~/.aws/config, or run ${login('aws sso login', context)}`,
    );
  }
  return new AwsFault(
    'expired',
    'no AWS credentials found',
    'set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run aws configure sso',
  );
}

/** How credentials that were refused are renewed. */
export function renewal(context: CallContext): string {
  return context.profile
    ? `renew the credentials of the profile, e.g. ${login('aws sso login', context)}`
    : 'renew the credentials in the environment';
}

function login(command: string, context: CallContext): string {
  return context.profile ? `${command} --profile ${shellWord(context.profile)}` : command;
}

import { fromNodeProviderChain, fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { memoize } from '@smithy/core/config';
import type { AwsScope } from '../../ports/aws.ts';
import { type AwsEnv, hasEnvironmentKeys } from './config.ts';
import type { ClientConfig } from './session.ts';

/** An access key, as the SDK takes it. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** Gives credentials that are good for some minutes at least. */
export type CredentialProvider = () => Promise<Credentials>;

/** Credentials are renewed this long before they end, so that no call starts with dying ones. */
const RENEW_BEFORE_MS = 5 * 60_000;

/**
 * The credentials of a scope: the keys in the variables where no profile is named, else the SDK's
 * chain (profile, SSO, process, web identity, container, instance). Kept until shortly before they
 * expire.
 */
export function credentialProvider(
  scope: AwsScope,
  env: AwsEnv,
  client: Pick<ClientConfig, 'requestHandler' | 'logger'>,
): CredentialProvider {
  if (!scope.profile && hasEnvironmentKeys(env)) {
    const identity: Credentials = {
      accessKeyId: env.AWS_ACCESS_KEY_ID ?? '',
      secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '',
      ...(env.AWS_SESSION_TOKEN ? { sessionToken: env.AWS_SESSION_TOKEN } : {}),
    };
    return () => Promise.resolve(identity);
  }
  const profile = scope.profile || env.AWS_PROFILE;
  const chain = fromNodeProviderChain({
    // The files may have been written by a login a moment ago.
    ignoreCache: true,
    logger: client.logger,
    clientConfig: client,
    // Not in clientConfig: there it would also move the SSO service to the wrong region.
    parentClientConfig: { region: scope.region },
    ...(profile ? { profile } : {}),
    ...(env.AWS_CONFIG_FILE ? { configFilepath: env.AWS_CONFIG_FILE } : {}),
    ...(env.AWS_SHARED_CREDENTIALS_FILE ? { filepath: env.AWS_SHARED_CREDENTIALS_FILE } : {}),
  });
  return () => chain();
}

/** The credentials of a role, assumed with those of `client`, as `aws eks get-token --role-arn` does. */
export function roleProvider(role: string, client: ClientConfig): CredentialProvider {
  const { credentials, ...clientConfig } = client;
  const assume = fromTemporaryCredentials({
    masterCredentials: credentials,
    params: { RoleArn: role, RoleSessionName: 'EKSGetTokenAuth' },
    clientConfig,
  });
  return memoize<Credentials>(
    () => assume(),
    ({ expiration }) => (expiration?.getTime() ?? Infinity) - Date.now() < RENEW_BEFORE_MS,
  );
}

import { fromHttp, fromInstanceMetadata, fromTokenFile } from '@aws-sdk/credential-providers';
import { memoize } from '@smithy/core/config';
import type { AwsScope } from '../../ports/aws.ts';
import type { CredentialProvider, Credentials } from './access-key.ts';
import {
  AwsConfigError,
  type AwsEnv,
  environmentProfile,
  loadAwsFiles,
  requireProfile,
} from './config.ts';
import { AwsFault } from '../../domain/aws-fault.ts';
import type { IniSection } from './ini.ts';
import { processCredentials } from './process-credentials.ts';
import { assumedRole, profileRole } from './role.ts';
import type { AssumeClient, Search } from './search.ts';
import { loginCredentials, ssoCredentials } from './sso.ts';

/** Credentials are renewed this long before they end, so that no call starts with dying ones. */
const RENEW_BEFORE_MS = 5 * 60_000;

/** Keeps credentials until shortly before they end. */
function keepCredentials(provide: CredentialProvider): CredentialProvider {
  return memoize<Credentials>(
    () => provide(),
    ({ expiration }) => (expiration?.getTime() ?? Infinity) - Date.now() < RENEW_BEFORE_MS,
    ({ expiration }) => expiration !== undefined,
  );
}

/**
 * The credentials of a scope, found in the order of the aws CLI: variables, where no profile is
 * asked for by name, then what the profile says (a role, web identity, SSO, keys, a login, a
 * process), then the container, then the instance. The files are read anew each time: a login may
 * have written them a moment ago. Nothing asks for an MFA code.
 *
 * Rejects with an {@link AwsConfigError}, an {@link AwsFault} or an error of the SDK.
 */
export function credentialProvider(
  scope: AwsScope,
  env: AwsEnv,
  client: AssumeClient,
): CredentialProvider {
  return keepCredentials(async () => {
    const keys = scope.profile ? null : environmentKeys(env);
    const named = scope.profile || environmentProfile(env);
    if (keys && !named) return keys;
    const files = await loadAwsFiles(env);
    if (named) requireProfile(named, files);
    if (keys) return keys;
    const search = { env, files, client };
    return (
      (await profileRole(named || 'default', search, sourceProfile, namedSource)) ??
      (scope.profile ? null : await environmentIdentity(search)) ??
      (await ownCredentials(named || 'default', search)) ??
      (await surroundings(search)) ??
      missing(scope.profile)
    );
  });
}

/** The credentials of a role, assumed with those of `source`, as `aws eks get-token --role-arn` does. */
export function roleProvider(
  role: string,
  source: CredentialProvider,
  client: AssumeClient,
): CredentialProvider {
  const params = { RoleArn: role, RoleSessionName: 'EKSGetTokenAuth' };
  return keepCredentials(async () => assumedRole(params, await source(), client));
}

/** @throws {AwsConfigError} where only one half of them is set, which is no reason to use others */
function environmentKeys(env: AwsEnv): Credentials | null {
  if (!env.AWS_ACCESS_KEY_ID) return null;
  if (!env.AWS_SECRET_ACCESS_KEY) {
    throw new AwsConfigError(
      'AWS_ACCESS_KEY_ID is set without AWS_SECRET_ACCESS_KEY',
      'set both, or unset both to use a profile',
    );
  }
  const sessionToken = env.AWS_SECURITY_TOKEN || env.AWS_SESSION_TOKEN;
  return keysOf(env.AWS_ACCESS_KEY_ID, env.AWS_SECRET_ACCESS_KEY, sessionToken);
}

function environmentIdentity({ env, client }: Search): Promise<Credentials> | null {
  if (!env.AWS_WEB_IDENTITY_TOKEN_FILE) return null;
  const { AWS_ROLE_ARN: role, AWS_ROLE_SESSION_NAME: name } = env;
  return webIdentity(env.AWS_WEB_IDENTITY_TOKEN_FILE, role, name, client);
}

function webIdentity(
  file: string,
  role: string | undefined,
  name: string | undefined,
  client: AssumeClient,
): Promise<Credentials> {
  if (!role) {
    throw new AwsConfigError(
      'a web identity token is configured without a role',
      'set AWS_ROLE_ARN, or role_arn in the profile',
    );
  }
  return fromTokenFile({
    webIdentityTokenFile: file,
    roleArn: role,
    ...(name ? { roleSessionName: name } : {}),
    clientConfig: client,
  })();
}

/** What a profile says itself, roles that it assumes apart; null where it says nothing. */
async function ownCredentials(name: string, search: Search): Promise<Credentials | null> {
  const section = search.files.profiles.get(name) ?? {};
  if (section.web_identity_token_file) {
    const { web_identity_token_file: file, role_arn: role, role_session_name: session } = section;
    return webIdentity(file, role, session, search.client);
  }
  return (
    (await ssoCredentials(name, section, search)) ??
    (search.files.keyed.has(name) ? profileKeys(name, section) : null) ??
    (await loginCredentials(section, search)) ??
    (await processCredentials(name, section, search.env)) ??
    profileKeys(name, section)
  );
}

function profileKeys(name: string, section: IniSection): Credentials | null {
  const { aws_access_key_id: id, aws_secret_access_key: secret } = section;
  if (!id) return null;
  if (!secret) {
    throw new AwsConfigError(
      `profile ${name} has an access key without its secret`,
      'add aws_secret_access_key to it in ~/.aws/credentials',
    );
  }
  return keysOf(id, secret, section.aws_security_token ?? section.aws_session_token);
}

function keysOf(accessKeyId: string, secretAccessKey: string, token: string | undefined) {
  return { accessKeyId, secretAccessKey, ...(token ? { sessionToken: token } : {}) };
}

/** The credentials of a profile that another names as its source. */
async function sourceProfile(
  name: string,
  search: Search,
  visited: readonly string[],
): Promise<Credentials> {
  const { aws_access_key_id: id, aws_secret_access_key: secret } = requireProfile(
    name,
    search.files,
  );
  // Keys of its own come first, so that a profile may be the source of its own role.
  const role =
    id || secret ? null : await profileRole(name, search, sourceProfile, namedSource, visited);
  return role ?? (await ownCredentials(name, search)) ?? missing(name);
}

/** The credentials that `credential_source` names. */
async function namedSource(source: string, search: Search): Promise<Credentials> {
  switch (source) {
    case 'Environment':
      return environmentKeys(search.env) ?? missing('');
    case 'EcsContainer':
      return (await container(search)) ?? missing('');
    case 'Ec2InstanceMetadata':
      return (await instance(search)) ?? missing('');
    default:
      throw new AwsConfigError(
        `there is no credential_source "${source}"`,
        'it is one of Environment, EcsContainer and Ec2InstanceMetadata',
      );
  }
}

/** What the container or the machine gives to all that run in it. */
async function surroundings(search: Search): Promise<Credentials | null> {
  return (await container(search)) ?? (await instance(search));
}

async function container({ env, client }: Search): Promise<Credentials | null> {
  const relative = env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI;
  const full = env.AWS_CONTAINER_CREDENTIALS_FULL_URI;
  if (!relative && !full) return null;
  return fromHttp({
    logger: client.logger,
    ...(relative ? { awsContainerCredentialsRelativeUri: relative } : {}),
    ...(full ? { awsContainerCredentialsFullUri: full } : {}),
    ...(env.AWS_CONTAINER_AUTHORIZATION_TOKEN
      ? { awsContainerAuthorizationToken: env.AWS_CONTAINER_AUTHORIZATION_TOKEN }
      : {}),
    ...(env.AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE
      ? { awsContainerAuthorizationTokenFile: env.AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE }
      : {}),
  })();
}

/** Null as well where this is no instance: nobody answers there. */
async function instance({ env, client }: Search): Promise<Credentials | null> {
  if (env.AWS_EC2_METADATA_DISABLED?.toLowerCase() === 'true') return null;
  const ask = fromInstanceMetadata({ logger: client.logger, timeout: 1000, maxRetries: 0 });
  return ask().catch(() => null);
}

function missing(profile: string): never {
  if (profile) {
    throw new AwsFault(
      'expired',
      `profile ${profile} has no usable AWS credentials`,
      'check the profile in ~/.aws/config',
    );
  }
  throw new AwsFault(
    'expired',
    'no AWS credentials found',
    'set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run aws configure sso',
  );
}

import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { shellWord } from '../../core/shell.ts';
import { cachedSession } from './cli-cache.ts';
import { AwsConfigError } from './config.ts';
import type { Credentials } from './access-key.ts';
import type { AssumeClient, Search } from './search.ts';
import { AwsFault } from '../../domain/aws-fault.ts';
import { requireSafeEndpoint } from './service-settings.ts';

/** What a role is assumed with, in the words of the API: what the aws CLI names its sessions by. */
interface RoleParameters {
  readonly RoleArn: string;
  readonly RoleSessionName?: string;
  readonly ExternalId?: string;
  readonly SerialNumber?: string;
  readonly DurationSeconds?: number;
}

/** The credentials of a profile that is the source of another; `visited` lead to it. */
type SourceProfile = (
  name: string,
  search: Search,
  visited: readonly string[],
) => Promise<Credentials>;

/**
 * The session of the role that a profile assumes: the one that the aws CLI keeps, else a new one;
 * null where the profile assumes none by itself.
 *
 * @throws {AwsFault} where a new one needs an MFA code, without asking anybody
 * @throws {AwsConfigError} where what the profile says makes no sense
 */
export async function profileRole(
  name: string,
  search: Search,
  sourceProfile: SourceProfile,
  namedSource: (source: string, search: Search) => Promise<Credentials>,
  visited: readonly string[] = [],
): Promise<Credentials | null> {
  const section = search.files.profiles.get(name) ?? {};
  if (!section.role_arn || section.web_identity_token_file) return null;
  const { source_profile: profile, credential_source: source } = section;
  if (Boolean(profile) === Boolean(source)) {
    throw new AwsConfigError(
      `profile ${name} names a role and ${profile ? 'two sources' : 'no source'} of credentials for it`,
      'give it either source_profile or credential_source',
    );
  }
  const params = roleParameters(section);
  const kept = await cachedSession({ ...params }, 'spaced', search.env);
  if (kept) return kept;
  if (params.SerialNumber) {
    throw new AwsFault(
      'expired',
      `the role of profile ${name} asks for an MFA code`,
      `run aws sts get-caller-identity --profile ${shellWord(name)} in a shell: its session is used`,
    );
  }
  const path = [...visited, name];
  // Named as its own source it means the keys that it has itself.
  if (profile && path.includes(profile) && profile !== name) {
    throw new AwsConfigError(
      `the source profiles of ${path[0] ?? name} go round: ${[...path, profile].join(' → ')}`,
      'one of them must have credentials of its own',
    );
  }
  const credentials = profile
    ? await sourceProfile(profile, search, path)
    : await namedSource(source ?? '', search);
  return assumedRole(params, credentials, search.client);
}

function roleParameters(section: Readonly<Record<string, string | undefined>>): RoleParameters {
  const { role_arn: role = '', role_session_name: session, external_id: external } = section;
  const { mfa_serial: mfa, duration_seconds: duration = '' } = section;
  return {
    ...(/^\d+$/.test(duration.trim()) ? { DurationSeconds: Number(duration) } : {}),
    ...(external === undefined ? {} : { ExternalId: external }),
    RoleArn: role,
    ...(session === undefined ? {} : { RoleSessionName: session }),
    ...(mfa === undefined ? {} : { SerialNumber: mfa }),
  };
}

/** A new session of a role. */
export async function assumedRole(
  params: RoleParameters,
  source: Credentials,
  clientConfig: AssumeClient,
): Promise<Credentials> {
  if (clientConfig.endpoint) requireSafeEndpoint(clientConfig.endpoint);
  return fromTemporaryCredentials({
    masterCredentials: source,
    params: { ...params, RoleSessionName: params.RoleSessionName ?? 'ekscope' },
    clientConfig,
    logger: clientConfig.logger,
  })();
}

import { nearest } from '../../core/nearest.ts';
import type { AwsScope } from '../../ports/aws.ts';

/** Environment variables by name, as the program was started with. */
export type AwsEnv = Readonly<Record<string, string | undefined>>;

/** One section of the AWS configuration files: its keys in lower case, nested ones as `eks.endpoint_url`. */
export type AwsSection = Readonly<Record<string, string | undefined>>;

/** What ~/.aws/config and ~/.aws/credentials hold. A file that is not there is empty. */
export interface AwsFiles {
  readonly profiles: ReadonlyMap<string, AwsSection>;
  /** `[services NAME]` sections: endpoints of single services. */
  readonly services: ReadonlyMap<string, AwsSection>;
}

/** A wrong or missing setting: `message` says what is wrong, `hint` what to set. */
export class AwsConfigError extends Error {
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.name = 'AwsConfigError';
    this.hint = hint;
  }
}

/** Reads the two files anew, from where AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE point. */
export async function loadAwsFiles(env: AwsEnv): Promise<AwsFiles> {
  const { loadSharedConfigFiles } = await import('@smithy/core/config');
  const { configFile, credentialsFile } = await loadSharedConfigFiles({
    ignoreCache: true,
    ...(env.AWS_CONFIG_FILE ? { configFilepath: env.AWS_CONFIG_FILE } : {}),
    ...(env.AWS_SHARED_CREDENTIALS_FILE ? { filepath: env.AWS_SHARED_CREDENTIALS_FILE } : {}),
  });
  const profiles = new Map<string, AwsSection>();
  const services = new Map<string, AwsSection>();
  for (const [name, section] of Object.entries(configFile)) {
    if (name.startsWith('services.')) services.set(name.slice('services.'.length), section);
    else if (!name.startsWith('sso-session.')) profiles.set(name, section);
  }
  for (const [name, section] of Object.entries(credentialsFile)) {
    profiles.set(name, { ...profiles.get(name), ...section });
  }
  return { profiles, services };
}

/** The names of all profiles, sorted, for completion and for "did you mean". */
export function profileNames(files: AwsFiles): readonly string[] {
  return [...files.profiles.keys()].sort();
}

/** The section of a profile; the empty name is what the default chain uses. */
export function profileSection(profile: string, env: AwsEnv, files: AwsFiles): AwsSection {
  return files.profiles.get(profile || env.AWS_PROFILE || 'default') ?? {};
}

/** Do the variables alone hold credentials? They then win over AWS_PROFILE, as in the aws CLI. */
export function hasEnvironmentKeys(env: AwsEnv): boolean {
  return Boolean(env.AWS_ACCESS_KEY_ID && env.AWS_SECRET_ACCESS_KEY);
}

/**
 * The profiles and regions to ask, every profile in every region. Without `profiles` the default
 * chain (AWS_PROFILE among it), without `regions` AWS_REGION, AWS_DEFAULT_REGION or the region of
 * each profile.
 *
 * @throws {AwsConfigError} for an unknown profile, or where no region is set
 */
export function awsScopes(options: {
  readonly profiles: readonly string[];
  readonly regions: readonly string[];
  readonly env: AwsEnv;
  readonly files: AwsFiles;
}): readonly AwsScope[] {
  const { env, files } = options;
  for (const profile of options.profiles) requireProfile(profile, files);
  const profiles = options.profiles.length > 0 ? options.profiles : [defaultProfile(env, files)];
  return profiles.flatMap((profile) =>
    regionsOf(profile, options.regions, env, files).map((region) => ({ profile, region })),
  );
}

function defaultProfile(env: AwsEnv, files: AwsFiles): string {
  const profile = env.AWS_PROFILE ?? '';
  if (!profile || hasEnvironmentKeys(env)) return '';
  return requireProfile(profile, files);
}

function requireProfile(profile: string, files: AwsFiles): string {
  if (files.profiles.has(profile)) return profile;
  const names = profileNames(files);
  const meant = nearest(profile, names);
  throw new AwsConfigError(
    `no AWS profile named "${profile}"`,
    meant
      ? `did you mean "${meant}"?`
      : names.length > 0
        ? `profiles: ${names.join(', ')}`
        : 'run aws configure sso to make one',
  );
}

function regionsOf(
  profile: string,
  wanted: readonly string[],
  env: AwsEnv,
  files: AwsFiles,
): readonly string[] {
  if (wanted.length > 0) return wanted.map(requireRegion);
  const region =
    env.AWS_REGION || env.AWS_DEFAULT_REGION || profileSection(profile, env, files).region;
  if (region) return [requireRegion(region)];
  throw new AwsConfigError(
    profile ? `no AWS region for profile "${profile}"` : 'no AWS region',
    'pass --region, set AWS_REGION, or give the profile a region in ~/.aws/config',
  );
}

/** A region becomes part of a host name, so it must be fit for one. */
function requireRegion(region: string): string {
  if (/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(region)) return region;
  throw new AwsConfigError(`not an AWS region: "${region}"`, 'regions look like eu-central-1');
}

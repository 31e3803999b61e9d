import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { nearest } from '../../core/nearest.ts';
import { ALL_PROFILES, ALL_REGIONS, partitionOf } from '../../domain/aws-regions.ts';
import type { AwsScope } from '../../ports/aws.ts';
import { type IniSection, parseIni, shellWords } from './ini.ts';
import { instanceRegion } from './instance-region.ts';

/** Environment variables by name, as the program was started with. */
export type AwsEnv = Readonly<Record<string, string | undefined>>;

/** What ~/.aws/config and ~/.aws/credentials hold. A file that cannot be read is empty. */
export interface AwsFiles {
  /** By name, a profile of both files with the keys of the credentials file on top. */
  readonly profiles: ReadonlyMap<string, IniSection>;
  /** `[services NAME]` sections: endpoints of single services. */
  readonly services: ReadonlyMap<string, IniSection>;
  readonly ssoSessions: ReadonlyMap<string, IniSection>;
  /** The names of the profiles whose access key is in the credentials file. */
  readonly keyed: ReadonlySet<string>;
}

/** No files at all. */
export const NO_FILES: AwsFiles = {
  profiles: new Map(),
  services: new Map(),
  ssoSessions: new Map(),
  keyed: new Set(),
};

/** A wrong or missing setting: `message` says what is wrong, `hint` what to set. */
export class AwsConfigError extends Error {
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.name = 'AwsConfigError';
    this.hint = hint;
  }
}

/** The folder of the AWS tools in the user's home, where they keep their caches too. */
export function awsFolder(env: AwsEnv): string {
  return join(env.HOME || homedir(), '.aws');
}

/** Reads the two files anew, from where AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE point. */
export async function loadAwsFiles(env: AwsEnv): Promise<AwsFiles> {
  const folder = awsFolder(env);
  const [config, credentials] = await Promise.all([
    sections(env.AWS_CONFIG_FILE || join(folder, 'config'), env),
    sections(env.AWS_SHARED_CREDENTIALS_FILE || join(folder, 'credentials'), env),
  ]);
  const profiles = new Map<string, IniSection>();
  const services = new Map<string, IniSection>();
  const ssoSessions = new Map<string, IniSection>();
  const kinds = [
    ['profile', profiles],
    ['sso-session', ssoSessions],
    ['services', services],
  ] as const;
  for (const [title, section] of config) {
    if (title === 'default') profiles.set(title, section);
    const into = kinds.find(([kind]) => title.startsWith(kind))?.[1];
    const [, name, more] = shellWords(title) ?? [];
    if (into && name !== undefined && more === undefined) into.set(name, section);
  }
  const keyed = new Set<string>();
  for (const [name, section] of credentials) {
    profiles.set(name, { ...profiles.get(name), ...section });
    if (section.aws_access_key_id) keyed.add(name);
  }
  return { profiles, services, ssoSessions, keyed };
}

async function sections(path: string, env: AwsEnv): Promise<ReadonlyMap<string, IniSection>> {
  const expanded = path
    .replace(/^~(?=\/|$)/, env.HOME || homedir())
    .replace(/\$(?:(\w+)|\{(\w+)\})/g, (whole, plain?: string, braced?: string) => {
      return env[plain ?? braced ?? ''] ?? whole;
    });
  // A file that may not be read holds nothing, as in the aws CLI.
  const text = await readFile(expanded, 'utf8').catch(() => '');
  return parseIni(text);
}

/** The names of all profiles, sorted, for completion and for "did you mean". */
export function profileNames(files: AwsFiles): readonly string[] {
  return [...files.profiles.keys()].sort();
}

/** The profile that the variables name, else empty. */
export function environmentProfile(env: AwsEnv): string {
  return env.AWS_PROFILE || env.AWS_DEFAULT_PROFILE || '';
}

/** The section of a profile; the empty name is what the default chain uses. */
export function profileSection(profile: string, env: AwsEnv, files: AwsFiles): IniSection {
  return files.profiles.get(profile || environmentProfile(env) || 'default') ?? {};
}

/**
 * A setting that is on or off, of the variable or else the profile.
 *
 * @param name of the key of a profile; the variable is spelled like it, with AWS_ before it
 */
export function isOn(name: string, section: IniSection, env: AwsEnv): boolean {
  return (env[`AWS_${name.toUpperCase()}`] ?? section[name])?.toLowerCase() === 'true';
}

/**
 * The region that the variables say, or else the profile; empty where neither does.
 *
 * @throws {AwsConfigError} where it is none
 */
export function configuredRegion(profile: string, env: AwsEnv, files: AwsFiles): string {
  const region =
    env.AWS_REGION || env.AWS_DEFAULT_REGION || profileSection(profile, env, files).region;
  return region ? requireRegion(region) : '';
}

/** Do the variables alone hold credentials? They then win over AWS_PROFILE, as in the aws CLI. */
export function environmentDecides(env: AwsEnv): boolean {
  return Boolean(env.AWS_ACCESS_KEY_ID || env.AWS_WEB_IDENTITY_TOKEN_FILE);
}

/**
 * The profiles and regions to ask, every profile in every region of its partition; `all` stands for
 * all profiles there are, and for all regions that an account has enabled. Without `profiles` the
 * default chain (AWS_PROFILE among it), without `regions` AWS_REGION, AWS_DEFAULT_REGION or the region of
 * each profile, and on an EC2 instance, where none of them says one, that of the instance.
 *
 * @throws {AwsConfigError} for an unknown profile, or where no region is set
 */
export async function awsScopes(options: {
  readonly profiles: readonly string[];
  readonly regions: readonly string[];
  readonly env: AwsEnv;
  readonly files: AwsFiles;
}): Promise<readonly AwsScope[]> {
  const { env, files } = options;
  const all = options.profiles.includes(ALL_PROFILES) && !files.profiles.has(ALL_PROFILES);
  const named = [...new Set(all ? profileNames(files) : options.profiles)];
  for (const profile of named) requireProfile(profile, files);
  const profiles = named.length > 0 ? named : [defaultProfile(env, files)];
  const wanted = options.regions.includes(ALL_REGIONS)
    ? [ALL_REGIONS]
    : [...new Set(options.regions)];
  const scopes = profiles.map(async (profile) => {
    const regions = await regionsOf(profile, wanted, env, files);
    return regions.map((region) => ({ profile, region }));
  });
  const pairs = (await Promise.all(scopes)).flat();
  const fit = pairs.filter((scope) => isOfItsPartition(scope, files));
  const lost = wanted.filter((region) => !fit.some((scope) => scope.region === region));
  // A region that none of the profiles can be of is asked all the same: AWS then says so.
  return lost.length === 0 ? fit : pairs;
}

/** Is the region in the partition of the profile's own one: keys of one open no other. */
function isOfItsPartition({ profile, region }: AwsScope, files: AwsFiles): boolean {
  const own = files.profiles.get(profile)?.region;
  return own === undefined || region === ALL_REGIONS || partitionOf(own) === partitionOf(region);
}

function defaultProfile(env: AwsEnv, files: AwsFiles): string {
  const profile = environmentProfile(env);
  // Its settings hold even where the variables decide whose credentials are used.
  if (profile) requireProfile(profile, files);
  return environmentDecides(env) ? '' : profile;
}

/** @throws {AwsConfigError} where there is no such profile, with what could have been meant */
export function requireProfile(profile: string, files: AwsFiles): IniSection {
  const section = files.profiles.get(profile);
  if (section) return section;
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

async function regionsOf(
  profile: string,
  wanted: readonly string[],
  env: AwsEnv,
  files: AwsFiles,
): Promise<readonly string[]> {
  if (wanted.length > 0) return wanted.map(requireRegion);
  const region = configuredRegion(profile, env, files) || (await instanceRegion(env));
  if (region) return [requireRegion(region)];
  throw new AwsConfigError(
    profile ? `no AWS region for profile "${profile}"` : 'no AWS region',
    'pass --region, set AWS_REGION, or give the profile a region in ~/.aws/config',
  );
}

/** A region becomes part of a host name, so it must be fit for one. */
function requireRegion(region: string): string {
  if (/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(region)) return region;
  throw new AwsConfigError(`not an AWS region: "${region}"`, 'regions look like eu-central-1');
}

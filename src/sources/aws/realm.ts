import { ALL_REGIONS } from '../../domain/aws-regions.ts';
import type { AwsScope, TokenRequest } from '../../ports/aws.ts';
import type { NoteCall } from './call-log.ts';
import { type AwsEnv, type AwsFiles, configuredRegion, environmentDecides } from './config.ts';
import { explain } from './explain.ts';
import { AwsFault } from '../../domain/aws-fault.ts';
import { createProfile, type Profile } from './profile.ts';
import { anyCustomEndpoint } from './service-settings.ts';
import { openScope, type ScopeServices } from './scope-services.ts';
import type { EksToken } from './token.ts';

/** The profiles and scopes of one set of variables: those of the program, or of a plugin. */
export interface Realm {
  servicesOf(scope: AwsScope): ScopeServices;
  /** Rejects with {@link AwsFault}. `now` is the signing time (ms). */
  token(request: TokenRequest, now: number): Promise<EksToken>;
  retryNow(): void;
  /** The custom endpoint of the default chain or of a profile that was used, else empty. */
  endpoint(): string;
  close(): void;
}

/** Every account of the commercial partition has it, and none can disable it. */
const HOME_REGION = 'us-east-1';

/** @param note hears of every call; absent: nobody does */
export function createRealm(env: AwsEnv, files: AwsFiles, note?: NoteCall): Realm {
  const profiles = new Map<string, Profile>();
  const opened = new Map<string, ScopeServices>();

  function servicesOf({ profile: name, region: asked }: AwsScope): ScopeServices {
    const region = asked === ALL_REGIONS ? homeRegion(name) : asked;
    const key = JSON.stringify([name, region]);
    const profile = profiles.get(name) ?? createProfile(name, region, env, files);
    profiles.set(name, profile);
    const services =
      opened.get(key) ?? openScope({ profile: name, region }, profile, env, files, note);
    opened.set(key, services);
    return services;
  }

  /** Where a question of no region in particular is asked; what is wrong with it is told later. */
  function homeRegion(profile: string): string {
    try {
      return configuredRegion(profile, env, files) || HOME_REGION;
    } catch {
      return HOME_REGION;
    }
  }

  /** Where the STS is that the token is for; its region says nothing of the cluster's. */
  function signingRegion({ profile, region, clusterRegion = '' }: TokenRequest): string {
    try {
      return region || configuredRegion(profile, env, files) || clusterRegion;
    } catch (error) {
      throw explain(error, { action: 'sts:AssumeRole', profile, region, endpoint: '' });
    }
  }

  return {
    servicesOf,
    async token(request, now) {
      const { name, profile, role = '', env: plugin } = request;
      if (profile === '' && isAmbiguous(env)) throw ambiguous(env);
      const services = servicesOf({ profile, region: signingRegion(request) });
      // What a plugin is told to sign is signed.
      const named = plugin ? name : (services.localIds.get(name) ?? name);
      return (await services.tokens(role))(named, now);
    },
    retryNow() {
      // Keys that never expire may have been replaced in their file since they were read.
      for (const profile of profiles.values()) profile.reread();
      for (const services of opened.values()) services.reopen();
    },
    endpoint: () => anyCustomEndpoint(['', ...profiles.keys()], env, files),
    close() {
      for (const profile of profiles.values()) profile.close();
    },
  };
}

/**
 * AWS_DEFAULT_PROFILE wins in version 1 of the aws CLI, AWS_PROFILE in version 2 and in the SDKs:
 * who signs in as which depends on the one that is installed.
 */
function isAmbiguous(env: AwsEnv): boolean {
  const { AWS_PROFILE: now = '', AWS_DEFAULT_PROFILE: before = '' } = env;
  return !environmentDecides(env) && now !== '' && before !== '' && now !== before;
}

function ambiguous({ AWS_PROFILE: now = '', AWS_DEFAULT_PROFILE: before = '' }: AwsEnv): AwsFault {
  return new AwsFault(
    'expired',
    `AWS_PROFILE names ${now}, AWS_DEFAULT_PROFILE names ${before}`,
    'unset AWS_DEFAULT_PROFILE: versions of the aws CLI differ in which of them wins',
  );
}

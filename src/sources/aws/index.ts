import type { Clock } from '../../core/clock.ts';
import type { AwsPort, AwsScope } from '../../ports/aws.ts';
import type { Sink } from '../../ports/sink.ts';
import { followClusters } from './clusters.ts';
import type { AwsEnv, AwsFiles } from './config.ts';
import { customEndpoint } from './endpoint.ts';
import type { Following } from './follow.ts';
import { followNodeGroups } from './nodegroups.ts';
import { createProfile, type Profile } from './profile.ts';
import { createSession, type Session } from './session.ts';

export {
  AwsConfigError,
  type AwsEnv,
  type AwsFiles,
  awsScopes,
  loadAwsFiles,
  profileNames,
} from './config.ts';

/** What the AWS source is made with. */
export interface AwsOptions {
  readonly clock: Clock;
  /** Numbers in [0, 1), to spread the polls. */
  readonly random: () => number;
  /** AWS_…, HTTPS_PROXY and the like. */
  readonly env: AwsEnv;
  readonly files: AwsFiles;
}

/**
 * AWS as the program sees it. Nothing is loaded or asked before it is needed. Rejections are
 * errors whose `message` says what failed and whose `hint` what to do.
 */
export function createAwsPort({ clock, random, env, files }: AwsOptions): AwsPort {
  const options = { clock, random };
  const profiles = new Map<string, Profile>();
  const sessions = new Map<string, Session>();
  const running = new Set<Following>();

  function sessionOf(scope: AwsScope): Session {
    const { profile: name, region } = scope;
    const key = JSON.stringify([name, region]);
    const profile = profiles.get(name) ?? createProfile(name, region, env, files);
    profiles.set(name, profile);
    const session =
      sessions.get(key) ?? createSession({ profile: name, region }, profile, env, files);
    sessions.set(key, session);
    return session;
  }

  /** Runs a subscription; what still comes in after its end goes nowhere. */
  function subscribe<Row>(sink: Sink<Row>, start: (sink: Sink<Row>) => Following): () => void {
    let open = true;
    const guarded: Sink<Row> = {
      relist: () => open && sink.relist(),
      put: (rows) => open && sink.put(rows),
      remove: (rows) => open && sink.remove(rows),
      synced: () => open && sink.synced(),
      status: (status) => open && sink.status(status),
    };
    const following = start(guarded);
    running.add(following);
    return () => {
      open = false;
      following.stop();
      running.delete(following);
    };
  }

  return {
    clusters: (scopes, sink) =>
      subscribe(sink, (guarded) => followClusters(scopes, sessionOf, guarded, options)),
    nodegroups: (cluster, sink) =>
      subscribe(sink, (guarded) =>
        followNodeGroups(cluster.name, sessionOf(cluster), guarded, options),
      ),
    identity: async (scope) => (await sessionOf(scope).sts()).identity(),
    // Signing takes a millisecond: who uses the token keeps it, and asks again when it was refused.
    token: async ({ name, profile, region, role = '' }) =>
      (await sessionOf({ profile, region }).sts(role)).token(name, clock.now()),
    retryNow() {
      // Keys that never expire may have been replaced in their file since they were read.
      for (const profile of profiles.values()) profile.reread();
      for (const session of sessions.values()) session.reopen();
      for (const following of running) following.now();
    },
    endpoint: customEndpoint('eks', '', env, files),
    close() {
      for (const following of running) following.stop();
      for (const profile of profiles.values()) profile.close();
    },
  };
}

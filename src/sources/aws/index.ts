import type { Clock } from '../../core/clock.ts';
import type { AwsPort, AwsScope } from '../../ports/aws.ts';
import type { SignInPort } from '../../ports/sign-in.ts';
import type { Log } from '../../ports/log.ts';
import type { Sink } from '../../ports/sink.ts';
import { callNotes, type NoteCall } from './call-log.ts';
import { type AwsEnv, type AwsFiles, loadAwsFiles } from './config.ts';
import { openDoor } from './door.ts';
import { type Following, followTable } from './polling/follow-table.ts';
import type { AwsRead, Reads } from './polling/table.ts';
import { createUnderway } from './polling/underway.ts';
import { createRealm, type Realm } from './realm.ts';
import type { ScopeServices } from './scope-services.ts';
import type { SignInOptions } from './sign-in.ts';
import { ssoSessions } from './sso-sessions.ts';
import { AWS_TABLES } from './tables/index.ts';

export {
  AwsConfigError,
  type AwsEnv,
  type AwsFiles,
  awsScopes,
  environmentProfile,
  loadAwsFiles,
  NO_FILES,
  profileNames,
} from './config.ts';

/** Signing in, by the files as they are when it is asked for. */
export function createSignInPort(options: SignInOptions): SignInPort {
  const { env } = options;
  return {
    sessions: async () => ssoSessions(await loadAwsFiles(env)),
    signIn: async (...begin) => (await import('./sign-in.ts')).signIn(options, ...begin),
  };
}

/** What the AWS source is made with. */
export interface AwsOptions {
  readonly clock: Clock;
  /** Numbers in [0, 1), to spread the polls. */
  readonly random: () => number;
  /** AWS_…, HTTPS_PROXY and the like. */
  readonly env: AwsEnv;
  readonly files: AwsFiles;
  /** The program's own log; absent: none is written. */
  readonly log?: Log | undefined;
}

/**
 * AWS as the program sees it. Nothing is loaded or asked before it is needed. Rejections are
 * errors whose `message` says what failed and whose `hint` what to do.
 */
export function createAwsPort({ clock, random, env, files, log }: AwsOptions): AwsPort {
  const options = { clock, random };
  const note = log && callNotes(log, clock);
  const own = createRealm(env, files, note);
  /** By the variables that plugins would be started with. */
  const others = new Map<string, Promise<Realm>>();
  const running = new Set<Following>();
  const underway = createUnderway(clock);
  const servicesOf = (scope: AwsScope): ScopeServices => own.servicesOf(scope);

  const kept = new Map<string, unknown>();
  function lasting<Kept>(key: string, make: () => Kept): Kept {
    if (!kept.has(key)) kept.set(key, make());
    // The cast: whoever takes a key is who made what is under it.
    return kept.get(key) as Kept;
  }

  /** Tables go through the door as actions do: one that never writes. */
  function reads(scope: AwsScope): Reads<AwsRead> {
    const services = servicesOf(scope);
    const door = openDoor(scope, services, () => true);
    return {
      call: (...call) => underway.track(call[0], call[2], () => door.call(...call)),
      localIds: services.localIds,
    };
  }

  function realmOf(changed: Readonly<Record<string, string>>): Realm | Promise<Realm> {
    if (Object.keys(changed).length === 0) return own;
    const key = JSON.stringify(Object.entries(changed).sort());
    const realm = others.get(key) ?? otherRealm({ ...env, ...changed }, note);
    others.set(key, realm);
    return realm;
  }

  async function eachRealm(visit: (realm: Realm) => void): Promise<void> {
    visit(own);
    for (const realm of others.values()) visit(await realm);
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
    follow(table, target, sink) {
      const def = AWS_TABLES[table];
      const parts = def.parts(target, { reads, clock, lasting });
      return subscribe(sink, (guarded) => followTable(def, parts, guarded, underway, options));
    },
    door: (scope, readonly) => openDoor(scope, servicesOf(scope), readonly),
    // Signing takes a millisecond: who uses the token keeps it, and asks again when it was refused.
    async token(request) {
      const { env = {}, ahead = 0 } = request;
      const { token, expires } = await (await realmOf(env)).token(request, clock.now() + ahead);
      return { token, expires: expires - ahead };
    },
    retryNow() {
      void eachRealm((realm) => realm.retryNow());
      for (const following of running) following.now();
    },
    get endpoint() {
      return own.endpoint();
    },
    close() {
      for (const following of running) following.stop();
      void eachRealm((realm) => realm.close());
    },
  };
}

/** The variables of a plugin may point to other files. */
const otherRealm = async (env: AwsEnv, note?: NoteCall): Promise<Realm> =>
  createRealm(env, await loadAwsFiles(env), note);

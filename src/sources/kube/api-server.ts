import http from 'node:http';
import https from 'node:https';
import type { Clock } from '../../core/clock.ts';
import type { Insecure } from '../../ports/kube.ts';
import { authenticationOf } from './authentication.ts';
import { Credentials, type Credential, type TokenSource } from './credentials.ts';
import { eksContextOf, type EksContext } from './eks.ts';
import { runExecPlugin } from './exec-plugin.ts';
import { oneLine } from './errors.ts';
import { actingAs, headerText, impersonationHeaders, type Headers } from './impersonation.ts';
import { resolveContext, type Kubeconfig } from './kubeconfig.ts';
import { KubeconfigError, type ClusterEntry } from './kubeconfig-file.ts';
import { ANONYMOUS, type UserEntry } from './kubeconfig-user.ts';
import { proxyAgent } from './proxy-agent.ts';
import { proxyFromEnv, type ProxyEnv } from './proxy.ts';
import { ServerClock } from './server-clock.ts';
import { addressOf, isBare, isLoopback, serverUrl } from './server-url.ts';
import { Tls, type TlsMaterial } from './tls.ts';

/** What to connect to: a context of a kubeconfig, or an endpoint that AWS described. */
export type KubeTarget =
  | {
      readonly config: Kubeconfig;
      /** Its exact name: there is no default. */
      readonly context: string;
      /** Makes EKS tokens in process; where it fails, or without it, the kubeconfig's plugin is run. */
      readonly eksToken?: (cluster: EksContext, ahead: number) => ReturnType<TokenSource>;
    }
  | { readonly server: string; readonly caData: string; readonly token: SignedSource };

/**
 * Makes a bearer token that holds for minutes after it was signed.
 * @param ahead how far the clock that it counts by is ahead of ours (ms)
 */
type SignedSource = (ahead: number) => ReturnType<TokenSource>;

/** What the way to a server takes from outside the kubeconfig. */
export interface ApiServerOptions {
  readonly clock: Clock;
  /** Environment for proxies and credential plugins. */
  readonly env: ProxyEnv;
  /** `--as` and `--as-group`; what is not empty replaces the kubeconfig's. */
  readonly impersonate?: { readonly user: string; readonly groups: readonly string[] };
  /** How long (ms) a credential plugin may take. */
  readonly pluginTimeout?: number;
}

/** What one request is sent with. */
export interface Material {
  readonly agent: http.Agent;
  /** What a connection takes that goes straight to the server; null: a proxy is in between. */
  readonly straight: Partial<TlsMaterial> | null;
  readonly headers: Headers;
  /** Apart from them: whom the server is to take us for. */
  readonly impersonation: Headers;
  /** The credential in use, to be rejected on a 401; null where the kubeconfig's own is static. */
  readonly credential: Credential | null;
}

/** Sockets are kept apart by what they are for; `fresh` ones are new. */
export type Pool = 'requests' | 'watches' | 'fresh';

/** Clocks that are off by so much (ms) may make a token count as one that has ended, or is not valid yet. */
const MATTERS = 60_000;

/** What a connection without TLS takes of it. */
const NO_TLS: Partial<TlsMaterial> = {};

/** A way to one API server: address, TLS, proxy, impersonation and credentials. */
export class ApiServer {
  /** Where requests go, without credentials. */
  readonly server: URL;
  /** The server's host, and the proxy that leads there, as errors name them. */
  readonly host: string;
  /** The context's namespace, empty where it names none. */
  readonly namespace: string;
  /** Why what is read may not be the server's, null where its certificate is verified. */
  readonly insecure: Insecure | null;
  /** The server's clock, as far as its answers have told it. */
  readonly clock: ServerClock;
  readonly #tls: Tls;
  readonly #proxy: string;
  readonly #fixed: Headers;
  readonly #impersonation: Headers;
  readonly #credentials: Credentials | null;
  /** By which clock the last token was signed. */
  #signedAhead = 0;
  #agents: {
    readonly tls: Partial<TlsMaterial>;
    readonly byPool: Map<Pool, http.Agent>;
  } | null = null;

  /** @throws KubeconfigError where the target cannot be resolved to one server */
  constructor(target: KubeTarget, options: ApiServerOptions) {
    const { cluster, user, server, namespace, eksToken } = partsOf(target);
    this.server = new URL(addressOf(server));
    this.namespace = namespace;
    this.#proxy = cluster.proxyUrl || proxyFromEnv(this.server, options.env);
    this.host = hostOf(server, isBare(cluster.server), this.#proxy);
    const unchecked = uncheckedBy(cluster, options.env);
    this.insecure = insecureBy(this.server, unchecked);
    this.#tls = new Tls(cluster, user, unchecked === '');
    this.clock = new ServerClock(options.clock);
    const { fixed, make } = authenticationOf(server, user, {
      clock: options.clock,
      eksToken: eksToken && (() => eksToken((this.#signedAhead = this.clock.offset ?? 0))),
      plugin: pluginOf(cluster, user, options),
    });
    this.#credentials = make === null ? null : new Credentials(make, options.clock);
    this.#fixed = fixed === '' ? {} : { Authorization: headerText(fixed) };
    this.#impersonation = impersonationHeaders(actingAs(user.impersonate, options.impersonate));
  }

  /**
   * What to send the next request with.
   * @throws RequestError where no credential can be had or a certificate file cannot be read.
   */
  async material(pool: Pool): Promise<Material> {
    const credential = (await this.#credentials?.current()) ?? null;
    const token = credential?.token ?? '';
    const headers = {
      ...this.#fixed,
      ...(token === '' ? {} : { Authorization: headerText(`Bearer ${token}`) }),
    };
    const impersonation = this.#impersonation;
    const tls = this.server.protocol === 'http:' ? NO_TLS : await this.#tls.of(credential);
    const agent = await this.#pooled(pool, tls);
    const straight = this.#proxy === '' ? tls : null;
    return { agent, straight, headers, impersonation, credential };
  }

  /** Whether requests are made as another user. */
  get impersonates(): boolean {
    return Object.keys(this.#impersonation).length > 0;
  }

  /** The server refused this credential: says whether another may be had. */
  reject(credential: Credential | null): boolean {
    if (credential === null || this.#credentials === null) return false;
    // Signed by a clock of which the refusal itself has told that it is off.
    const isOff = Math.abs((this.clock.offset ?? 0) - this.#signedAhead) > MATTERS;
    return this.#credentials.reject(credential, isOff);
  }

  /** The next request is made with new credentials. */
  forgetCredentials(): void {
    this.#credentials?.forget();
  }

  /** Closes the idle sockets. */
  close(): void {
    for (const agent of this.#agents?.byPool.values() ?? []) agent.destroy();
    this.#agents = null;
  }

  async #pooled(pool: Pool, tls: Partial<TlsMaterial>): Promise<http.Agent> {
    if (pool === 'fresh') return this.#newAgent({ ...tls, keepAlive: false });
    // Certificates and keys may be replaced on disk while we run: then old sockets are not reused.
    if (this.#agents?.tls !== tls) {
      this.close();
      this.#agents = { tls, byPool: new Map() };
    }
    const { byPool } = this.#agents;
    const known = byPool.get(pool);
    if (known !== undefined) return known;
    const made = await this.#newAgent({ ...tls, keepAlive: true });
    // Another request may have made one meanwhile.
    const agent = byPool.get(pool) ?? made;
    byPool.set(pool, agent);
    return agent;
  }

  async #newAgent(options: https.AgentOptions): Promise<http.Agent> {
    if (this.#proxy !== '') return proxyAgent(this.#proxy, this.server, options);
    return this.server.protocol === 'http:' ? new http.Agent(options) : new https.Agent(options);
  }
}

/** The host, and what about the way to it may explain an error. */
function hostOf({ host }: URL, bare: boolean, proxy: string): string {
  const about = [
    ...(bare ? ['read as http://, for its address does not begin with https://'] : []),
    ...(proxy === '' ? [] : [`through the proxy ${URL.parse(proxy)?.host ?? ''}`]),
  ];
  return about.length === 0 ? host : `${host} (${about.join('; ')})`;
}

/** What switches the checks of TLS off, empty where nothing does. */
function uncheckedBy({ skipTLSVerify }: ClusterEntry, env: ProxyEnv): string {
  if (skipTLSVerify) return 'the kubeconfig says insecure-skip-tls-verify';
  return env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0' ? 'NODE_TLS_REJECT_UNAUTHORIZED is 0' : '';
}

function insecureBy(server: URL, unchecked: string): Insecure | null {
  if (server.protocol === 'https:') {
    return unchecked === '' ? null : { what: 'TLS not verified', why: unchecked };
  }
  if (isLoopback(server)) return null;
  return { what: 'no TLS', why: 'the address is plain http: no credentials are sent' };
}

function pluginOf(cluster: ClusterEntry, { exec }: UserEntry, options: ApiServerOptions) {
  if (exec === null) return null;
  const { env, clock, pluginTimeout = 20_000 } = options;
  return () => runExecPlugin(exec, { env, clock, timeout: pluginTimeout, cluster });
}

interface Parts {
  readonly cluster: ClusterEntry;
  readonly user: UserEntry;
  readonly server: URL;
  readonly namespace: string;
  readonly eksToken: SignedSource | null;
}

function partsOf(target: KubeTarget): Parts {
  if (!('config' in target)) return describedParts(target);
  const { context, cluster, user, server } = resolveContext(target.config, target.context);
  const { eksToken } = target;
  const eks = user.exec === null ? null : eksContextOf(user.exec, cluster.server, cluster.name);
  return {
    cluster,
    user,
    server,
    namespace: context.namespace,
    eksToken: eks === null || eksToken === undefined ? null : (ahead) => eksToken(eks, ahead),
  };
}

/** A cluster as AWS describes it. */
function describedParts({
  server,
  caData,
  token,
}: Exclude<KubeTarget, { config: unknown }>): Parts {
  if (caData === '') {
    throw new KubeconfigError(`AWS tells no certificate authority for ${oneLine(server)}`);
  }
  const cluster = {
    name: 'cluster',
    problem: '',
    server,
    caData,
    caFile: '',
    skipTLSVerify: false,
    tlsServerName: '',
    proxyUrl: '',
    execConfig: null,
  };
  const url = serverUrl(cluster);
  return { cluster, user: ANONYMOUS, server: url, namespace: '', eksToken: token };
}

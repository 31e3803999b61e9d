import http from 'node:http';
import https from 'node:https';
import type { Cluster, User } from '@kubernetes/client-node';
import type { Clock } from '../../core/clock.ts';
import { Credentials, tokenCredential, type Credential, type TokenSource } from './credentials.ts';
import type { EksContext } from './eks.ts';
import { eksContextOf } from './eks.ts';
import { oneLine } from './errors.ts';
import { runExecPlugin } from './exec-plugin.ts';
import { execOf, resolveContext, type Kubeconfig } from './kubeconfig.ts';
import { KubeconfigError } from './kubeconfig-file.ts';
import { HttpsOptions } from './https-options.ts';
import { proxyFromEnv, type ProxyEnv } from './proxy.ts';

/** What to connect to: a context of a kubeconfig, or an endpoint that AWS described. */
export type KubeTarget =
  | {
      readonly config: Kubeconfig;
      /** Its exact name: there is no default. */
      readonly context: string;
      /** Makes EKS tokens in process; without it the kubeconfig's plugin is run. */
      readonly eksToken?: (
        cluster: EksContext,
      ) => Promise<{ readonly token: string; readonly expires: number }>;
    }
  | { readonly server: string; readonly caData: string; readonly token: TokenSource };

/** What a connection takes from outside the kubeconfig. */
export interface ConnectionOptions {
  readonly clock: Clock;
  /** Environment for proxies and credential plugins. */
  readonly env: ProxyEnv;
  /** `--as` and `--as-group`; they replace the kubeconfig's. */
  readonly impersonate?: { readonly user: string; readonly groups: readonly string[] };
  /** How long (ms) a credential plugin may take. */
  readonly pluginTimeout?: number;
}

/** What one request is sent with. */
export interface Material {
  readonly agent: http.Agent;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /** The credential in use, to be rejected on a 401; null where the kubeconfig's own is static. */
  readonly credential: Credential | null;
}

/** A way to one API server: address, TLS, proxy, impersonation and credentials. */
export class Connection {
  readonly server: URL;
  /** The server's host, and the proxy that leads there, as errors name them. */
  readonly host: string;
  /** The context's namespace, empty where it names none. */
  readonly namespace: string;
  readonly #options: HttpsOptions;
  readonly #credentials: Credentials | null;
  readonly #impersonation: Readonly<Record<string, string | readonly string[]>>;
  #agents: { readonly identity: string; readonly byPool: Map<string, http.Agent> } | null = null;

  constructor(target: KubeTarget, options: ConnectionOptions) {
    const { cluster, user, namespace, maker } = partsOf(target, options);
    this.server = parseServer(cluster.server);
    this.namespace = namespace;
    this.#credentials = maker === null ? null : new Credentials(maker, options.clock);
    const proxyUrl = cluster.proxyUrl ?? proxyFromEnv(this.server, options.env);
    this.host =
      proxyUrl === ''
        ? this.server.host
        : `${this.server.host} (through the proxy ${URL.parse(proxyUrl)?.host ?? ''})`;
    this.#options = new HttpsOptions(
      { ...cluster, ...(proxyUrl === '' ? {} : { proxyUrl }) },
      user,
    );
    const groups = options.impersonate?.groups ?? groupsOf(user);
    const as = options.impersonate?.user ?? user.impersonateUser;
    this.#impersonation = {
      ...(as ? { 'Impersonate-User': as } : {}),
      ...(groups.length > 0 ? { 'Impersonate-Group': groups } : {}),
    };
  }

  /**
   * What to send the next request with. `pool` keeps kinds of requests on sockets of their own;
   * `fresh` opens a new one.
   * @throws RequestError where no credential can be had or a certificate file cannot be read.
   */
  async material(pool: 'requests' | 'watches' | 'fresh'): Promise<Material> {
    const credential = (await this.#credentials?.current()) ?? null;
    const options = await this.#options.of(credential);
    const headers: Record<string, string | readonly string[]> = {
      ...(options.headers as Record<string, string> | undefined),
      ...this.#impersonation,
    };
    if (typeof options.auth === 'string') {
      headers['Authorization'] = `Basic ${Buffer.from(options.auth).toString('base64')}`;
    }
    if (credential !== null && credential.token !== '') {
      headers['Authorization'] = `Bearer ${credential.token}`;
    }
    return { agent: this.#agent(options, pool), headers, credential };
  }

  /** The server refused this credential: says whether another may be had. */
  reject(credential: Credential | null): boolean {
    return (
      credential !== null && this.#credentials !== null && this.#credentials.reject(credential)
    );
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

  #agent(options: https.RequestOptions, pool: string): http.Agent {
    // Through a proxy: the agent that client-node made for it.
    if (this.#options.proxied) return options.agent as http.Agent;
    const { ca, cert, key, servername, rejectUnauthorized } = options;
    if (pool === 'fresh') return this.#newAgent({ ...tlsOf(options), keepAlive: false });
    // Certificates and keys may be replaced on disk while we run: then old sockets are not reused.
    const identity = [ca, cert, key, servername, rejectUnauthorized].map(String).join();
    if (this.#agents?.identity !== identity) {
      this.close();
      this.#agents = { identity, byPool: new Map() };
    }
    let agent = this.#agents.byPool.get(pool);
    if (agent === undefined) {
      agent = this.#newAgent({ ...tlsOf(options), keepAlive: true });
      this.#agents.byPool.set(pool, agent);
    }
    return agent;
  }

  #newAgent(options: https.AgentOptions): http.Agent {
    return this.server.protocol === 'http:' ? new http.Agent(options) : new https.Agent(options);
  }
}

function tlsOf(options: https.RequestOptions): https.AgentOptions {
  const { ca, cert, key, servername, rejectUnauthorized } = options;
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(servername === undefined ? {} : { servername }),
    ...(rejectUnauthorized === undefined ? {} : { rejectUnauthorized }),
  };
}

function parseServer(server: string): URL {
  const url = URL.parse(server);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new KubeconfigError(
      `the server address "${oneLine(server)}" is no URL: it should be https://host:port`,
    );
  }
  return url;
}

function groupsOf(user: User): readonly string[] {
  return 'impersonateGroups' in user ? (user.impersonateGroups as readonly string[]) : [];
}

interface Parts {
  readonly cluster: Cluster;
  readonly user: User;
  readonly namespace: string;
  readonly maker: (() => Promise<Credential>) | null;
}

function partsOf(target: KubeTarget, options: ConnectionOptions): Parts {
  if (!('config' in target)) {
    const { server, caData, token } = target;
    const cluster = { name: 'cluster', server, caData, skipTLSVerify: false };
    return { cluster, user: { name: 'user' }, namespace: '', maker: tokenCredential(token) };
  }
  const { context, cluster, user } = resolveContext(target.config, target.context);
  const namespace = context.namespace ?? '';
  if (user === null) return { cluster, user: { name: 'user' }, namespace, maker: null };
  const exec = execOf(user);
  if (exec === null) return { cluster, user, namespace, maker: null };
  const { eksToken } = target;
  const eks = eksContextOf(exec, cluster.server, cluster.name);
  const maker =
    eks !== null && eksToken !== undefined
      ? tokenCredential(() => eksToken(eks))
      : () =>
          runExecPlugin(exec, {
            env: options.env,
            timeout: options.pluginTimeout ?? 20_000,
            clock: options.clock,
            cluster: { server: cluster.server, caData: cluster.caData ?? '' },
          });
  // client-node would run the plugin itself: no timeout, once per request in flight, stdin inherited.
  return { cluster, user: { ...user, exec: undefined }, namespace, maker };
}

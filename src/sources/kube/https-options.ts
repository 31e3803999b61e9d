import { readFile } from 'node:fs/promises';
import type https from 'node:https';
import type { Cluster, KubeConfig, User } from '@kubernetes/client-node';
import type { Credential } from './credentials.ts';
import { RequestError } from './errors.ts';

/** What requests to a cluster as a user are made with, besides our own credentials. */
export class HttpsOptions {
  readonly #cluster: Cluster;
  readonly #user: User;
  #library: { readonly of: Credential | null; readonly config: Promise<KubeConfig> } | null = null;

  constructor(cluster: Cluster, user: User) {
    this.#cluster = cluster;
    this.#user = user;
  }

  get proxied(): boolean {
    return this.#cluster.proxyUrl !== undefined;
  }

  /**
   * TLS material, headers and (through a proxy) the agent. Read anew each time: files may be
   * replaced while we run. Proxies and auth providers (OIDC, token files, Azure, GCP) are
   * client-node's; it is loaded only for them.
   * @throws RequestError where a file cannot be read or no credential can be had
   */
  async of(credential: Credential | null): Promise<https.RequestOptions> {
    try {
      return this.proxied || this.#user.authProvider
        ? await this.#fromLibrary(credential)
        : await this.#own(credential);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      const hint = 'check the files and the login that the kubeconfig names';
      throw new RequestError(401, why, { hint, reason: 'NoCredentials' });
    }
  }

  async #own(credential: Credential | null): Promise<https.RequestOptions> {
    const { caFile, caData, skipTLSVerify, tlsServerName } = this.#cluster;
    const { certFile, certData, keyFile, keyData, token, username, password } = this.#user;
    const ca = await pem(caFile, caData);
    const cert = credential?.cert || (await pem(certFile, certData));
    const key = credential?.key || (await pem(keyFile, keyData));
    return {
      ...(ca === '' ? {} : { ca }),
      ...(cert === '' ? {} : { cert }),
      ...(key === '' ? {} : { key }),
      ...(tlsServerName === undefined ? {} : { servername: tlsServerName }),
      ...(skipTLSVerify ? { rejectUnauthorized: false } : {}),
      ...(token === undefined ? {} : { headers: { Authorization: `Bearer ${token}` } }),
      ...(username === undefined ? {} : { auth: `${username}:${password ?? ''}` }),
    };
  }

  async #fromLibrary(credential: Credential | null): Promise<https.RequestOptions> {
    // A plugin's certificate counts as the user's own.
    const of = credential !== null && credential.cert !== '' ? credential : null;
    let library = this.#library;
    if (library?.of !== of) library = null;
    library ??= { of, config: loadLibrary(this.#cluster, this.#user, of) };
    this.#library = library;
    const options: https.RequestOptions = {};
    await (await library.config).applyToHTTPSOptions(options);
    return options;
  }
}

async function loadLibrary(
  cluster: Cluster,
  user: User,
  credential: Credential | null,
): Promise<KubeConfig> {
  const { KubeConfig } = await import('./client-node.ts');
  const config = new KubeConfig();
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  config.loadFromClusterAndUser(
    // It refuses plain HTTP (kubectl proxy, port forwards) unless TLS checks are off.
    cluster.server.startsWith('http:') ? { ...cluster, skipTLSVerify: true } : cluster,
    credential === null
      ? user
      : { ...user, certData: base64(credential.cert), keyData: base64(credential.key) },
  );
  return config;
}

/** PEM text of a file, or of base64; empty where there is neither. */
async function pem(file: string | undefined, data: string | undefined): Promise<string> {
  if (file !== undefined) return readFile(file, 'utf8');
  return data === undefined ? '' : Buffer.from(data, 'base64').toString('utf8');
}

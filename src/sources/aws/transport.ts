import { readFile } from 'node:fs/promises';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { type AwsEnv, AwsConfigError, type AwsFiles, profileSection } from './config.ts';

/** What the SDK's request handler is made with. */
export interface Transport {
  readonly httpAgent: HttpAgent;
  readonly httpsAgent: HttpsAgent;
  /** Milliseconds. */
  readonly connectionTimeout: number;
  readonly requestTimeout: number;
  readonly throwOnRequestTimeout: boolean;
}

/**
 * Connections that trust AWS_CA_BUNDLE (or the profile's `ca_bundle`) and take the proxy of
 * HTTPS_PROXY, HTTP_PROXY and NO_PROXY. The SDK reads none of these by itself. As in the aws CLI,
 * a bundle replaces the built-in authorities.
 *
 * @throws {AwsConfigError} where the bundle cannot be read
 */
export async function createTransport(
  profile: string,
  env: AwsEnv,
  files: AwsFiles,
): Promise<Transport> {
  const bundle = env.AWS_CA_BUNDLE || profileSection(profile, env, files).ca_bundle;
  const ca = bundle ? await readBundle(bundle) : undefined;
  const options = { keepAlive: true, maxSockets: 25, proxyEnv: env };
  return {
    httpAgent: new HttpAgent(options),
    httpsAgent: new HttpsAgent({ ...options, ...(ca ? { ca } : {}) }),
    connectionTimeout: 5_000,
    requestTimeout: 20_000,
    throwOnRequestTimeout: true,
  };
}

async function readBundle(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    throw new AwsConfigError(
      `cannot read the CA bundle ${path}`,
      'AWS_CA_BUNDLE or ca_bundle must name a readable PEM file',
    );
  }
}

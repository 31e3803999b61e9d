import { readFile } from 'node:fs/promises';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { type AwsEnv, AwsConfigError, type AwsFiles, profileSection } from './config.ts';

/** What the SDK's request handler is made with. */
export interface HttpAgents {
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
 * a bundle replaces the built-in authorities, and REQUESTS_CA_BUNDLE is the last that names one.
 *
 * @throws {AwsConfigError} where the bundle cannot be read, or holds no certificate
 */
export async function createAgents(
  profile: string,
  env: AwsEnv,
  files: AwsFiles,
): Promise<HttpAgents> {
  const section = profileSection(profile, env, files);
  const bundle = env.AWS_CA_BUNDLE || section.ca_bundle || env.REQUESTS_CA_BUNDLE;
  const ca = bundle ? await readBundle(bundle) : undefined;
  const options = { keepAlive: true, maxSockets: 25, proxyEnv: env };
  return {
    httpAgent: new HttpAgent(options),
    httpsAgent: new HttpsAgent({
      ...options,
      // Said here, NODE_TLS_REJECT_UNAUTHORIZED cannot say otherwise.
      rejectUnauthorized: true,
      ...(ca ? { ca } : {}),
    }),
    connectionTimeout: 5_000,
    requestTimeout: 20_000,
    throwOnRequestTimeout: true,
  };
}

/** Lets go of its connections. */
export function closeAgents({ httpAgent, httpsAgent }: HttpAgents): void {
  httpAgent.destroy();
  httpsAgent.destroy();
}

async function readBundle(path: string): Promise<string> {
  const hint = 'AWS_CA_BUNDLE or ca_bundle must name a readable PEM file';
  let bundle: string;
  try {
    bundle = await readFile(path, 'utf8');
  } catch {
    throw new AwsConfigError(`cannot read the CA bundle ${path}`, hint);
  }
  // Node would pass over it, and then trust nobody without a word why.
  if (/-----BEGIN (TRUSTED )?CERTIFICATE-----/.test(bundle)) return bundle;
  throw new AwsConfigError(`there is no certificate in the CA bundle ${path}`, hint);
}

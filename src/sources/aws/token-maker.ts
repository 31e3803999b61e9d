import { STSClient } from '@aws-sdk/client-sts';
import type { ClientConfig } from './client-config.ts';
import { type EksToken, signToken } from './token.ts';

/** A new token for the EKS cluster of a name, signed at `now` (ms). */
export type TokenMaker = (cluster: string, now: number) => Promise<EksToken>;

/**
 * Makes tokens for the STS endpoint that a client of this configuration would call. Nothing is sent
 * to it.
 *
 * @param failed the words for what goes wrong
 */
export function tokenMaker(config: ClientConfig, failed: (error: unknown) => Error): TokenMaker {
  const client = new STSClient(config);
  return async (cluster, now) => {
    try {
      const endpoint = client.config.endpointProvider({
        Region: config.region,
        UseDualStack: config.useDualstackEndpoint,
        UseFIPS: config.useFipsEndpoint,
        UseGlobalEndpoint: config.useGlobalEndpoint,
        Endpoint: config.endpoint,
      });
      return await signToken({
        cluster,
        region: signingRegion(endpoint.properties) || config.region,
        credentials: await config.credentials(),
        endpoint: endpoint.url,
        now,
      });
    } catch (error) {
      throw failed(error);
    }
  };
}

/** The region that the global endpoint is signed for, where the endpoint says one. */
function signingRegion(properties: Readonly<Record<string, unknown>> | undefined): string {
  const schemes = properties?.authSchemes;
  const [scheme] = Array.isArray(schemes) ? (schemes as { signingRegion?: unknown }[]) : [];
  return typeof scheme?.signingRegion === 'string' ? scheme.signingRegion : '';
}

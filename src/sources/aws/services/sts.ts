import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { CallerIdentity } from '../../../ports/aws.ts';
import type { ClientConfig } from '../client-config.ts';
import { text } from '../read.ts';
import type { Call } from '../session.ts';
import { type EksToken, signToken } from '../token.ts';

/** What the program reads from STS. */
export interface StsApi {
  identity(signal?: AbortSignal): Promise<CallerIdentity>;
  /** A new token for an EKS cluster, signed for the STS endpoint that this client would call. */
  token(cluster: string, now: number): Promise<EksToken>;
}

export function stsApi(
  config: ClientConfig,
  call: Call,
  /** The words for what goes wrong where nothing is sent to STS by this client. */
  failed: (error: unknown, action: string) => Error,
): StsApi {
  const client = new STSClient(config);
  return {
    identity: (signal) =>
      call('sts:GetCallerIdentity', async () => {
        const answer = await client.send(
          new GetCallerIdentityCommand({}),
          signal ? { abortSignal: signal } : {},
        );
        return { account: text(answer.Account), arn: text(answer.Arn) };
      }),
    async token(cluster, now) {
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
        throw failed(error, 'sts:AssumeRole');
      }
    },
  };
}

/** The region that the global endpoint is signed for, where the endpoint says one. */
function signingRegion(properties: Readonly<Record<string, unknown>> | undefined): string {
  const schemes = properties?.authSchemes;
  const [scheme] = Array.isArray(schemes) ? (schemes as { signingRegion?: unknown }[]) : [];
  return typeof scheme?.signingRegion === 'string' ? scheme.signingRegion : '';
}

import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { CallerIdentity } from '../../../ports/aws.ts';
import type { Call, ClientConfig } from '../session.ts';
import { type EksToken, signToken } from '../token.ts';

/** What the program reads from STS. */
export interface StsApi {
  identity(signal?: AbortSignal): Promise<CallerIdentity>;
  /** A new token for an EKS cluster, signed for the STS endpoint that this client would call. */
  token(cluster: string, now: number): Promise<EksToken>;
}

export function stsApi(config: ClientConfig, call: Call): StsApi {
  const client = new STSClient(config);
  return {
    identity: (signal) =>
      call('sts:GetCallerIdentity', async () => {
        const answer = await client.send(
          new GetCallerIdentityCommand({}),
          signal ? { abortSignal: signal } : {},
        );
        return { account: answer.Account ?? '', arn: answer.Arn ?? '' };
      }),
    token: (cluster, now) =>
      call('sts:AssumeRole', async () => {
        const endpoint = client.config.endpointProvider({
          Region: config.region,
          UseDualStack: await client.config.useDualstackEndpoint(),
          UseFIPS: await client.config.useFipsEndpoint(),
          UseGlobalEndpoint: false,
          Endpoint: config.endpoint,
        });
        return signToken({
          cluster,
          region: config.region,
          credentials: await config.credentials(),
          endpoint: endpoint.url,
          now,
        });
      }),
  };
}

import type { ClientConfig } from './client-config.ts';
import type { AwsEnv, AwsFiles } from './config.ts';

/** How STS is asked, with whatever credentials. */
export type AssumeClient = Omit<ClientConfig, 'credentials'>;

/** What credentials are found with. */
export interface Search {
  readonly env: AwsEnv;
  readonly files: AwsFiles;
  readonly client: AssumeClient;
}

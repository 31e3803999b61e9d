import type { CredentialProvider } from './access-key.ts';
import type { AwsEnv, AwsFiles } from './config.ts';
import { collectBody } from './response-body.ts';
import { type ClientName, type ServiceSettings, serviceSettings } from './service-settings.ts';
import type { HttpAgents } from './http-agents.ts';

/** What every client is made with. */
export interface ClientConfig extends ServiceSettings {
  readonly credentials: CredentialProvider;
  readonly requestHandler: HttpAgents;
  readonly retryMode: 'adaptive';
  readonly maxAttempts: number;
  readonly logger: typeof SILENT;
  readonly streamCollector: typeof collectBody;
}

const ATTEMPTS = 3;

const quiet = (): void => undefined;
/** The SDK would write its warnings to the console, which is the user's screen. */
export const SILENT = { debug: quiet, info: quiet, warn: quiet, error: quiet };

/**
 * All that a client of a service is made with, but for credentials.
 *
 * @throws {AwsConfigError} for settings that make no sense
 */
export function clientConfig(
  service: ClientName,
  scope: { readonly profile: string; readonly region: string },
  env: AwsEnv,
  files: AwsFiles,
  requestHandler: HttpAgents,
): Omit<ClientConfig, 'credentials'> {
  return {
    ...serviceSettings(service, scope, env, files),
    requestHandler,
    retryMode: 'adaptive',
    maxAttempts: ATTEMPTS,
    logger: SILENT,
    streamCollector: collectBody,
  };
}

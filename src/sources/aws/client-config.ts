import type { CredentialProvider } from './access-key.ts';
import { type AwsEnv, type AwsFiles, profileSection } from './config.ts';
import { collectBody } from './response-body.ts';
import { type ClientName, type ServiceSettings, serviceSettings } from './service-settings.ts';
import type { HttpAgents } from './http-agents.ts';

/** What every client is made with. */
export interface ClientConfig extends ServiceSettings {
  readonly credentials: CredentialProvider;
  readonly requestHandler: HttpAgents;
  /** Adaptive unless told otherwise: what AWS throttles is asked for more slowly. */
  readonly retryMode: 'adaptive' | 'standard';
  readonly maxAttempts: number;
  readonly logger: typeof SILENT;
  readonly streamCollector: typeof collectBody;
}

/** How often a request is sent at most, where nobody says. */
const ATTEMPTS = 3;
/** More would only let the user wait for what does not come. */
const MOST_ATTEMPTS = 10;

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
  const section = profileSection(scope.profile, env, files);
  return {
    ...serviceSettings(service, scope, env, files),
    requestHandler,
    retryMode: (env.AWS_RETRY_MODE || section.retry_mode) === 'standard' ? 'standard' : 'adaptive',
    maxAttempts: attemptsOf(env.AWS_MAX_ATTEMPTS || section.max_attempts),
    logger: SILENT,
    streamCollector: collectBody,
  };
}

/** As the aws CLI reads `AWS_MAX_ATTEMPTS` and `max_attempts`; what is no such number counts for nothing. */
function attemptsOf(said = ''): number {
  const attempts = Number(said);
  return Number.isInteger(attempts) && attempts > 0 ? Math.min(attempts, MOST_ATTEMPTS) : ATTEMPTS;
}

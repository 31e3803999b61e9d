/** Regular expressions of clusters, as the configuration has them. */
import { ConfigError } from './load.ts';

/**
 * @param key of the configuration, for the error
 * @throws ConfigError for what is no regular expression
 */
export function pattern(source: string, key: string): RegExp {
  try {
    return new RegExp(source);
  } catch (error) {
    throw new ConfigError(`configuration: ${key}: ${(error as Error).message}`);
  }
}

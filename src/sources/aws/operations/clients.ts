import { AdaptiveRetryStrategy } from '@smithy/core/retry';
import type { ClientConfig } from '../client-config.ts';

type Refresh = AdaptiveRetryStrategy['refreshRetryTokenForRetry'];

/**
 * Repeats a request only where AWS says that it took no notice of it: one whose answer was lost
 * may have been carried out.
 */
class OnlyThrottled extends AdaptiveRetryStrategy {
  override refreshRetryTokenForRetry(...[token, error]: Parameters<Refresh>): ReturnType<Refresh> {
    if (error.errorType !== 'THROTTLING') return Promise.reject(new Error('not repeated'));
    return super.refreshRetryTokenForRetry(token, error);
  }
}

/** The configuration of a client whose requests must not be carried out twice. */
export function sentOnce(
  config: ClientConfig,
): ClientConfig & { readonly retryStrategy: AdaptiveRetryStrategy } {
  return { ...config, retryStrategy: new OnlyThrottled(() => Promise.resolve(config.maxAttempts)) };
}

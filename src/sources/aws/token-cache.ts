import type { Clock } from '../../core/clock.ts';
import type { EksToken } from './token.ts';

/** Tokens are replaced this long before they end: a request on its way must still be accepted. */
const RENEW_BEFORE_MS = 60_000;

/** Keeps tokens by key; of several that ask at once for a new one, only the first makes it. */
export function tokenCache(
  clock: Clock,
): (key: string, make: () => Promise<EksToken>) => Promise<EksToken> {
  const tokens = new Map<string, EksToken>();
  const pending = new Map<string, Promise<EksToken>>();
  return (key, make) => {
    const kept = tokens.get(key);
    if (kept && clock.now() < kept.expires) return Promise.resolve(kept);
    const flight =
      pending.get(key) ??
      make()
        .then(({ token, expires }) => {
          const fresh = { token, expires: expires - RENEW_BEFORE_MS };
          tokens.set(key, fresh);
          return fresh;
        })
        .finally(() => pending.delete(key));
    pending.set(key, flight);
    return flight;
  };
}

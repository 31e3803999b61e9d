/** What may be changed where. */
import { pattern } from './patterns.ts';
import type { Config } from './schema.ts';

/**
 * Judges a cluster by all that it is known by (title, context, ARN, server …). Asked anew for each
 * plan and each request: which EKS cluster a context leads to turns out only while connected.
 */
export interface ChangePolicy {
  /** Nothing is changed there. */
  isReadonly(names: readonly string[]): boolean;
  /** Whoever changes something there types its name. */
  isProtected(names: readonly string[]): boolean;
}

/**
 * The policy of a configuration and of the flags over it. `--readonly` is for all clusters;
 * `--write` lifts what the configuration says, but not for protected clusters.
 * @throws ConfigError for a pattern that is no regular expression
 */
export function changePolicy(
  config: Pick<Config, 'readonly' | 'protected'>,
  flags: { readonly readonly?: boolean | undefined; readonly write?: boolean | undefined },
): ChangePolicy {
  const guarded = config.protected.map((source) => pattern(source, 'protected'));
  const closed =
    typeof config.readonly === 'boolean'
      ? config.readonly
      : config.readonly.map((source) => pattern(source, 'readonly'));
  const isProtected = (names: readonly string[]): boolean => knows(guarded, names);
  const isClosed = (names: readonly string[]): boolean =>
    typeof closed === 'boolean' ? closed : knows(closed, names);
  return {
    isProtected,
    isReadonly: (names) => {
      if (flags.readonly === true) return true;
      return isClosed(names) && (flags.write !== true || isProtected(names));
    },
  };
}

/** Whether any of the patterns fits any of the names. */
function knows(patterns: readonly RegExp[], names: readonly string[]): boolean {
  return patterns.some((one) => names.some((name) => one.test(name)));
}

/** Live Tail of CloudWatch: what a session costs, and how its lines are told from those that were read. */

/** The ARN of a log group of the account and region that a cluster is of; Live Tail takes no name. */
export function logGroupArn(clusterArn: string, group: string): string {
  const [arn = 'arn', partition = 'aws', , region = '', account = ''] = clusterArn.split(':');
  return [arn, partition, 'logs', region, account, 'log-group', group].join(':');
}

/** The minutes that are charged for a session: each that was begun. @param ms how long it went on */
export const chargedMinutes = (ms: number): number => Math.max(1, Math.ceil(ms / 60_000));

/**
 * Lines that came in one way and are not to come in the other as well: Live Tail gives its lines no
 * ids, so they go by what they say. Two lines alike are two, also here.
 */
export class Twins {
  readonly #counts = new Map<string, { count: number; readonly at: number }>();

  /** A line came. @param at ms */
  add(key: string, at: number): void {
    const known = this.#counts.get(key);
    if (known === undefined) this.#counts.set(key, { count: 1, at });
    else known.count++;
  }

  /** Is this line one of those? It is taken for it once. */
  take(key: string): boolean {
    const known = this.#counts.get(key);
    if (known === undefined) return false;
    known.count--;
    if (known.count === 0) this.#counts.delete(key);
    return true;
  }

  /** Forgets lines from before a moment (ms). */
  forget(before: number): void {
    for (const [key, { at }] of this.#counts) if (at < before) this.#counts.delete(key);
  }
}

/** How a connection is, of what its sources and the server itself say. */
import type { SourceStatus } from '../domain/status.ts';

/** From bad to good: the first of these that any source is in is the connection's. */
const WORST_FIRST = ['expired', 'stale', 'denied', 'loading', 'live'] as const;

/** The worst of the sources' states; where none of them follows the server, its own answers count. */
export function healthOf(sources: readonly SourceStatus[], answer: SourceStatus): SourceStatus {
  const follows = sources.some(({ state }) => state === 'live');
  // What never came, while others follow the server, is told by its own pane.
  const had = sources.filter(({ state, synced }) => state !== 'stale' || synced);
  const all = follows ? had : [answer, ...sources];
  const isLive = follows || answer.state === 'live';
  for (const state of WORST_FIRST) {
    // A server that answers is live, whatever else is still coming in or is refused.
    const partial = state === 'denied' || state === 'loading';
    if (partial && isLive) continue;
    const found = all.find((status) => status.state === state);
    if (found !== undefined) return found;
  }
  return answer;
}

/** How a connection is, of what its sources and the server itself say. */
import { mergeStatus, type SourceStatus } from '../domain/status.ts';

/** The worst of the sources' states; where none of them follows the server, its own answers count. */
export function healthOf(sources: readonly SourceStatus[], answer: SourceStatus): SourceStatus {
  const follows = sources.some(({ state }) => state === 'live');
  const isLive = follows || answer.state === 'live';
  const counted = (follows ? sources : [answer, ...sources]).filter(({ state, synced }) => {
    switch (state) {
      case 'idle':
      case 'absent':
        return false;
      // A server that answers is live, whatever else is still coming in or is refused.
      case 'denied':
      case 'loading':
        return !isLive;
      // What never came, while others follow the server, is told by its own pane.
      case 'stale':
        return synced || !follows;
      default:
        return true;
    }
  });
  return counted.length > 0 ? mergeStatus(counted) : answer;
}

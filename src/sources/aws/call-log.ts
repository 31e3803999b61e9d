import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { CallContext } from './call-context.ts';

/** What the SDK says of a call beside its result. */
interface Metadata {
  readonly httpStatusCode?: number;
  readonly attempts?: number;
}

/** Notes a call that begins now; what it gives is told with what went wrong, null where nothing did. */
export type NoteCall = (call: CallContext) => (error: unknown) => void;

/** Tells the log of every call. */
export function callNotes(log: Log, clock: Clock): NoteCall {
  return (call) => {
    const begun = clock.now();
    return (error) => {
      const ms = clock.now() - begun;
      if (error === null) {
        log('info', 'aws call', { ...call, ms });
        return;
      }
      const { $metadata = {} } = error as { readonly $metadata?: Metadata };
      const { httpStatusCode: status, attempts } = $metadata;
      log('warn', 'aws call failed', { ...call, ms, status, attempts, error });
    };
  };
}

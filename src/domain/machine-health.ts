import type { Health } from './health.ts';
import type { Machine } from './tables/instances.ts';

/** What AWS says of an instance: failed checks come before what is planned. */
export function machineHealth({ checks, events, state }: Machine): Health {
  if (checks !== null && /impaired/.test(checks)) return { level: 'bad', cause: checks };
  const [event] = events;
  if (event !== undefined) return { level: 'warn', cause: event.code };
  if (state === 'shutting-down') return { level: 'busy', cause: '' };
  return checks === null || checks === ''
    ? { level: 'ok', cause: '' }
    : { level: 'busy', cause: checks };
}

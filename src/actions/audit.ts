import type { FormValues } from './define.ts';

/** One line of the audit log: what is about to be done (`intent`), and how it went (`result`). */
export interface AuditEntry {
  /** ISO 8601. */
  readonly ts: string;
  readonly phase: 'intent' | 'result';
  /** Pairs an intent with its result: an intent without one was cut short. */
  readonly id: string;
  readonly action: string;
  readonly cluster: string;
  readonly user: string;
  /** `shop/api`, one each. */
  readonly targets: readonly string[];
  readonly values: FormValues;
  readonly commands: readonly string[];
  /** Empty in an intent; `ok`, or what failed. */
  readonly result: string;
}

/** Takes a line (without its line break) to where it is kept. A rejection is told to the user. */
export type AuditWriter = (line: string) => void | Promise<void>;

/**
 * Writes an entry as a line of JSON.
 * @returns what went wrong, or empty: an audit log that is full must not stop a repair.
 */
export async function writeAudit(write: AuditWriter, entry: AuditEntry): Promise<string> {
  try {
    await write(JSON.stringify(entry));
    return '';
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `the audit log could not be written: ${reason}`;
  }
}

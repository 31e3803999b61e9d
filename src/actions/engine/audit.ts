import { escapeJson } from '../../core/encode.ts';
import { redact } from '../../core/redact.ts';
import type { FormValues } from './form.ts';

/** One line of the audit log: what is about to be done (`intent`), and how it went (`result`). */
export interface AuditEntry {
  /** ISO 8601. */
  readonly ts: string;
  readonly phase: 'intent' | 'result';
  /** Pairs an intent with its result: an intent without one was cut short. */
  readonly id: string;
  /** Of the process that writes: what it has not ended is unfinished once it is gone. */
  readonly pid: number;
  readonly action: string;
  /** e.g. `Scale deployment/api from 3 to 5 replicas`. */
  readonly title: string;
  /** The cluster's key: its ARN, or `context:<name>`. */
  readonly cluster: string;
  /** Whom the API server takes the caller for. */
  readonly user: string;
  /** Whose credentials they are where `user` is impersonated; else empty. */
  readonly realUser: string;
  /** `deployments shop/api`, one each. */
  readonly targets: readonly string[];
  readonly values: FormValues;
  readonly commands: readonly string[];
  /** Empty in an intent; `ok`, or what failed. */
  readonly result: string;
}

/** Where lines are kept (without their line breaks). */
export interface AuditLog {
  /** Rejects where it cannot be written. */
  readonly write: (line: string) => void | Promise<void>;
  /** The last lines, oldest first; rejects where they cannot be read. */
  readonly recent: () => Promise<readonly string[]>;
  /** The process that writes. */
  readonly pid: number;
  /** Whether a process of this machine is still there. */
  readonly isAlive: (pid: number) => boolean;
}

/** The audit log could not be written: why, and what to do. */
export class AuditError extends Error {
  override readonly name = 'AuditError';
  readonly hint: string;

  constructor(cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`the audit log could not be written: ${reason}`, { cause });
    this.hint = (cause as { readonly hint?: string }).hint ?? '';
  }
}

/**
 * Writes an entry as a line of JSON.
 * @throws AuditError
 */
export async function writeAudit(log: AuditLog, entry: AuditEntry): Promise<void> {
  try {
    // Words of servers and names of contexts are in it, and what was typed.
    const line = JSON.stringify(entry, (_, value: unknown) =>
      typeof value === 'string' ? redact(value) : value,
    );
    await log.write(escapeJson(line));
  } catch (error) {
    throw new AuditError(error);
  }
}

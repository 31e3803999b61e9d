import { appendFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { AuditWriter } from '../actions/audit.ts';

/** Appends to the audit log, readable by its owner only; the folder is made when it is first needed. */
export function auditFile(path: string): AuditWriter {
  return async (line) => {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await appendFile(path, `${line}\n`, { mode: 0o600 });
  };
}

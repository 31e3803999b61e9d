import { dirname } from 'node:path';
import type { AuditLog } from '../actions/engine/audit.ts';
import type { Clock } from '../core/clock.ts';
import { within } from '../core/within.ts';
import {
  appendLine,
  PrivateFileError,
  privateFolder,
  readLastLines,
} from '../config/private-files.ts';

/** How long an action waits for its line to be on the disk (ms): a mount that hangs takes for ever. */
const PATIENCE = 5000;
/** What is read of the end of the file (bytes): some hundred lines. */
const RECENT = 512 * 1024;

/** How a line comes into the file, for tests. */
type Append = (path: string, line: string) => Promise<void>;

/**
 * The audit log in a file of ours. Lines are written one after the other, each within a time limit;
 * a line that was given up before its turn came is not written later, as nothing was done.
 */
export function auditFile(path: string, clock: Clock, append: Append = appendOwn): AuditLog {
  let before: Promise<unknown> = Promise.resolve();
  const tooLate = (): PrivateFileError => {
    const reason = `did not answer within ${PATIENCE / 1000} s`;
    return new PrivateFileError(path, reason, 'is its disk or file server there?');
  };
  return {
    write: (line) => {
      let late = false;
      // One at a time: each operation that hangs holds one of the few threads that Node has for files.
      const work = before.then(() => (late ? undefined : append(path, line)));
      before = work.catch(() => undefined);
      return within(work, PATIENCE, clock, () => {
        late = true;
        return tooLate();
      });
    },
    recent: () => within(readLastLines(path, RECENT), PATIENCE, clock, tooLate),
    pid: process.pid,
    isAlive,
  };
}

/** A process of somebody else is there too: it refuses the signal. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function appendOwn(path: string, line: string): Promise<void> {
  await privateFolder(dirname(path));
  await appendLine(path, line);
}

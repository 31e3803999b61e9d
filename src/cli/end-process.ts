/**
 * The end of the process, whatever hangs. Before it exits, Node waits for its threads, and one of
 * them may wait for a file server that is gone or a name that no server resolves.
 */
import { existsSync } from 'node:fs';
import process from 'node:process';

/** What Node's threads do for us, as Node names it: files, host names. */
const ON_A_THREAD = /^(?:FS|FileHandle|GetAddrInfo|GetNameInfo)/;
/** How long what is about to be written may take (ms): only what hangs takes longer. */
const GRACE = 200;
const SHELL = '/bin/sh';

/** How often it is looked whether that is done (ms). */
const LOOK = 5;

/**
 * Ends the process with this code as soon as nothing is being written, whatever hangs.
 * @param left how long that may still take (ms)
 */
export function endProcess(code: number, left = GRACE): void {
  if (left <= 0 || !isBusy()) endNow(code);
  setTimeout(() => endProcess(code, left - LOOK), LOOK);
}

/** Ends the process with this code in this very turn, whatever hangs. */
export function endNow(code: number): never {
  if (!isBusy()) process.exit(code);
  // Another program in place of this one takes the threads away and still tells our code.
  if (process.execve !== undefined && existsSync(SHELL)) {
    process.execve(SHELL, ['sh', '-c', `exit ${code}`], {});
  }
  process.kill(process.pid, 'SIGKILL');
  process.exit(code);
}

const isBusy = (): boolean =>
  process.getActiveResourcesInfo().some((name) => ON_A_THREAD.test(name));

import type { EventEmitter } from 'node:events';
import { writeSync } from 'node:fs';

/** The size of the terminal in cells. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** The part of `process.stdin` the terminal needs. */
export interface TtyInput extends EventEmitter {
  setRawMode?(on: boolean): unknown;
  resume(): unknown;
  pause(): unknown;
}

/** The part of `process.stdout` the terminal needs. */
export interface TtyOutput extends EventEmitter {
  readonly columns?: number;
  readonly rows?: number;
  readonly fd?: number;
  write(data: string | Uint8Array, done?: () => void): boolean;
}

/**
 * Whether writes to a terminal wait until they are taken. Node makes them wait (so that output
 * survives `process.exit`), which would stop everything, the connections too, while an SSH session
 * hangs or the user has pressed ctrl-s. There is no public switch for it.
 */
export function setBlocking(stdout: TtyOutput, on: boolean): void {
  const handle: unknown = Reflect.get(stdout, '_handle');
  if (typeof handle !== 'object' || handle === null || !('setBlocking' in handle)) return;
  if (typeof handle.setBlocking === 'function') Reflect.apply(handle.setBlocking, handle, [on]);
}

/** Writes before it returns and never throws: for the last words of a process. */
export function writeNow(stdout: TtyOutput, data: string): void {
  try {
    if (stdout.fd === undefined) stdout.write(data);
    else writeAll(stdout.fd, Buffer.from(data));
  } catch {
    // Nobody is left to read it.
  }
}

function writeAll(fd: number, data: Buffer): void {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  let rest = data;
  for (let attempt = 0; attempt < 50 && rest.length > 0; attempt++) {
    try {
      rest = rest.subarray(writeSync(fd, rest));
    } catch (error) {
      if (!isBusy(error)) throw error;
      Atomics.wait(pause, 0, 0, 4);
    }
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EAGAIN';
}

/** True for the errors of a terminal that is gone: a closed window, a lost SSH session. */
export function isLost(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  return ['EIO', 'EPIPE', 'ENXIO', 'EBADF', 'ECONNRESET'].includes(String(error.code));
}

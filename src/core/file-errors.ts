import { reasonOf } from './words.ts';

/** What the system's error codes mean for a file that is to be written. */
const WORDS: Readonly<Record<string, readonly [reason: string, hint: string]>> = {
  EACCES: ['permission denied', 'check who owns it and the folders above it'],
  EPERM: ['permission denied', 'check who owns it and the folders above it'],
  ENOENT: ['no such file or folder', 'make its folder'],
  ENOTDIR: ['a part of its path is no folder', 'remove what is in the way'],
  EISDIR: ['a folder is in its place', 'remove the folder'],
  ELOOP: ['it is a symbolic link', 'remove the link'],
  ENXIO: ['it is a named pipe that nobody reads', 'remove it'],
  ENOSPC: ['the disk is full', 'make room'],
  EDQUOT: ['your quota is used up', 'make room'],
  EROFS: ['the file system is read-only', 'choose a place that can be written'],
  EIO: ['the disk reports an error', 'check the disk'],
  ESTALE: ['the file server has lost it', 'mount it anew'],
  ENAMETOOLONG: ['its name is too long', 'choose a shorter one'],
  EMFILE: ['too many files are open', 'raise the limit (ulimit -n)'],
  ENFILE: ['too many files are open on this machine', 'close some programs'],
};

/** An error of a file operation in words: why, and what to do (may be empty). */
export function errorWords(error: unknown): { readonly reason: string; readonly hint: string } {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const [reason, hint] = WORDS[code] ?? [reasonOf(error), ''];
  return { reason, hint };
}

/** Whether it is the system's error of that code, e.g. `ENOENT`. */
export const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

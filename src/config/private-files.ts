/**
 * Everything that the program writes goes through here: the audit log, saved texts, the state file,
 * the log file, caches. On a machine that others use too, a file of ours is
 *
 * - in a folder that only we and root can change, all the way up: nobody can put something else in
 *   its place between a look at it and its use;
 * - reached through no symbolic link of somebody else, and is none itself;
 * - a regular file, opened without waiting: a named pipe would block whoever opens it;
 * - readable by us alone: files 0600, folders 0700.
 *
 * Everything is asynchronous: a mount that hangs holds up the caller's promise and nothing else.
 * Where the system knows no owners (Windows), only the kind of a file is checked.
 */
import { randomBytes } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { chmod, open, rename, unlink, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { errorWords, isCode } from '../core/file-errors.ts';
import {
  hasOwners,
  isForeign,
  isOpenToOthers,
  othersWrite,
  PrivateFileError,
  refused,
  statOf,
  walkTo,
} from './trusted-path.ts';

export { PrivateFileError };

/** Zero on Windows, where opening waits for nobody and follows no such link. */
const { O_NOFOLLOW, O_NONBLOCK, O_NOCTTY } = constants;
const CAREFUL = O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;

/**
 * A folder of ours: made with its parents where it is missing, else checked, and closed to others.
 * @returns the path without symbolic links, which is what was checked
 * @throws PrivateFileError where somebody else could change what is in it
 */
export function privateFolder(path: string): Promise<string> {
  return told(path, async () => {
    const { folder, stats } = await walkTo(path);
    if (isForeign(stats)) throw refused(folder, `it belongs to user ${stats.uid}`);
    if (isOpenToOthers(stats)) throw othersWrite(folder);
    // It was open to readers, at most: what others could write has just been refused.
    if (hasOwners() && (stats.mode & 0o077) !== 0) await chmod(folder, 0o700);
    return folder;
  });
}

/**
 * Opens a file of ours to append to it; it and its folder are made where they are missing. The
 * caller closes it.
 * @throws PrivateFileError
 */
export function openToAppend(path: string): Promise<FileHandle> {
  const { O_RDWR, O_APPEND, O_CREAT } = constants;
  return told(path, () => openRegular(path, O_RDWR | O_APPEND | O_CREAT));
}

/**
 * Appends a line (without its line break) to a file of ours, and has it on the disk when it resolves.
 * A line that an earlier crash cut short is ended first.
 * @throws PrivateFileError
 */
export function appendLine(path: string, line: string): Promise<void> {
  return told(path, async () => {
    const handle = await openToAppend(path);
    try {
      const { size } = await handle.stat();
      const last = Buffer.from('\n');
      if (size > 0) await handle.read(last, 0, 1, size - 1);
      await handle.appendFile(`${last.toString() === '\n' ? '' : '\n'}${line}\n`);
      await handle.datasync();
    } finally {
      await handle.close();
    }
  });
}

/**
 * Writes a whole file of ours in one step: a reader sees the old text or the new one, and a crash
 * leaves one of them.
 * @throws PrivateFileError
 */
export function replaceFile(path: string, text: string): Promise<void> {
  return told(path, async () => {
    const { folder } = await walkTo(dirname(path));
    const target = join(folder, basename(path));
    const temporary = join(folder, `.${basename(path)}.${randomBytes(6).toString('hex')}`);
    try {
      await writeNew(temporary, text);
      await rename(temporary, target);
    } catch (error) {
      await unlink(temporary).catch(() => undefined);
      throw error;
    }
  });
}

/**
 * Writes a file that must not be there yet.
 * @returns false where it is there already
 * @throws PrivateFileError
 */
export function createFile(path: string, text: string): Promise<boolean> {
  return told(path, async () => {
    const { folder } = await walkTo(dirname(path));
    try {
      await writeNew(join(folder, basename(path)), text);
      return true;
    } catch (error) {
      if (isCode(error, 'EEXIST')) return false;
      throw error;
    }
  });
}

/**
 * Reads a file of ours as text.
 * @param most bytes; a file that is larger is refused
 * @returns null where there is none
 * @throws PrivateFileError also where somebody else could have written it
 */
export function readOwn(path: string, most: number): Promise<string | null> {
  return readPart(path, (size) => {
    if (size > most) throw refused(path, `it has ${size} bytes, more than ${most}`);
    return 0;
  });
}

/**
 * Reads the whole lines at the end of a file of ours.
 * @param most bytes that are read
 * @returns none where there is no such file
 * @throws PrivateFileError also where somebody else could have written it
 */
export async function readLastLines(path: string, most: number): Promise<readonly string[]> {
  let from = 0;
  const text = await readPart(path, (size) => (from = Math.max(0, size - most)));
  // The first of them may have been cut in the middle.
  return (text ?? '')
    .split('\n')
    .slice(from > 0 ? 1 : 0)
    .filter(Boolean);
}

/** @param begin where to begin, by the size of the file */
function readPart(path: string, begin: (size: number) => number): Promise<string | null> {
  return told(path, async () => {
    if ((await statOf(path)) === null) return null;
    const handle = await openRegular(path, constants.O_RDONLY);
    try {
      const { size } = await handle.stat();
      const from = begin(size);
      const { buffer, bytesRead } = await handle.read(
        Buffer.alloc(size - from),
        0,
        size - from,
        from,
      );
      return buffer.toString('utf8', 0, bytesRead);
    } finally {
      await handle.close();
    }
  });
}

async function writeNew(path: string, text: string): Promise<void> {
  const { O_WRONLY, O_CREAT, O_EXCL } = constants;
  const handle = await open(path, O_WRONLY | O_CREAT | O_EXCL | CAREFUL, 0o600);
  try {
    await handle.writeFile(text);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

/** Opens what must be a regular file of ours, and closes it to others. */
async function openRegular(path: string, flags: number): Promise<FileHandle> {
  const { folder, stats: parent } = await walkTo(dirname(path));
  const file = join(folder, basename(path));
  const check = (stats: Stats): void => {
    const kind = kindOf(stats);
    if (kind !== '') throw refused(file, `it is ${kind}, not a regular file`);
    if (isForeign(stats)) throw refused(file, `it belongs to user ${stats.uid}`);
    if (isOpenToOthers(stats)) throw othersWrite(file);
    // Where everybody may make names, somebody may have given this one to a file of ours elsewhere.
    if (stats.nlink > 1 && isOpenToOthers(parent))
      throw refused(file, 'it is a second name of a file');
  };
  // Opening a device can do something: it is looked at first.
  const before = await statOf(file);
  if (before !== null) check(before);
  const handle = await open(file, flags | CAREFUL, 0o600);
  try {
    const stats = await handle.stat();
    check(stats);
    if (hasOwners() && (stats.mode & 0o077) !== 0) await handle.chmod(0o600);
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

function kindOf(stats: Stats): string {
  if (stats.isFile()) return '';
  if (stats.isSymbolicLink()) return 'a symbolic link';
  if (stats.isFIFO()) return 'a named pipe';
  if (stats.isDirectory()) return 'a folder';
  return stats.isSocket() ? 'a socket' : 'a device';
}

/** What the system says, in words, about the path that was meant. */
async function told<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PrivateFileError) throw error;
    const { reason, hint } = errorWords(error);
    throw new PrivateFileError(path, reason, hint, error);
  }
}

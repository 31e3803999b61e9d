/**
 * Files that are the user's and not ours, such as kubeconfigs. They may stand anywhere, be readable
 * by others and be reached through links (people keep them in repositories): what is made sure of is
 * that nobody else's file is written, nothing else than what was looked at, and never half of it.
 */
import { createHash, randomBytes } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import {
  access,
  mkdir,
  open,
  readlink,
  realpath,
  rename,
  unlink,
  type FileHandle,
} from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { errorWords, isCode } from '../../core/file-errors.ts';
import type { LocalFile, LocalFiles } from '../../ports/local-files.ts';
import { statOf, told } from './told.ts';

const { O_RDONLY, O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW, O_NONBLOCK, O_NOCTTY, W_OK } = constants;
/** Opens without following a link, and without waiting for whoever is at the other end of a pipe. */
const CAREFUL = O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;

/** The user's files. What was replaced is remembered until the program ends. */
export function userFiles(): LocalFiles {
  const formers = new Map<string, Uint8Array | null>();
  const keyOf = (path: string, bytes: Uint8Array | null): string =>
    `${bytes === null ? '' : createHash('sha256').update(bytes).digest('hex')} ${path}`;
  return {
    read: (path, most) => told(path, () => read(path, most)),
    replace: async (file, bytes) => {
      await told(file.path, () => replace(file, bytes));
      formers.set(keyOf(file.path, bytes), file.bytes);
    },
    former: ({ path, bytes }) => formers.get(keyOf(path, bytes)),
  };
}

async function read(path: string, most: number): Promise<LocalFile> {
  const target = await targetOf(path);
  const stats = await statOf(target);
  if (stats === null) return { path: target, bytes: null, locked: await lockedFolder(target) };
  if (!stats.isFile()) throw new Error('it is no regular file');
  const handle = await open(target, O_RDONLY | CAREFUL);
  try {
    const locked = lockedFile(await handle.stat()) || (await lockedFolder(target));
    return { path: target, bytes: await readAll(handle, most), locked };
  } finally {
    await handle.close();
  }
}

/** Reads to the end, whatever size the file is said to have. */
async function readAll(handle: FileHandle, most: number): Promise<Uint8Array> {
  const buffer = Buffer.alloc(Math.min((await handle.stat()).size, most) + 1);
  let size = 0;
  for (;;) {
    const { bytesRead } = await handle.read(buffer, size, buffer.length - size, null);
    size += bytesRead;
    if (bytesRead === 0) return buffer.subarray(0, size);
    if (size > most) throw new Error(`it is larger than ${most} bytes`);
    if (size === buffer.length) throw new Error('it grows while it is read');
  }
}

/**
 * Where a path leads: through symbolic links of the user's own, or the system's. Whoever else made
 * a link would choose what is written.
 */
async function targetOf(path: string): Promise<string> {
  let at = resolve(path);
  for (let links = 0; links < 40; links++) {
    const folder = await realpath(dirname(at)).catch(missing(dirname(at)));
    at = join(folder, basename(at));
    const stats = await statOf(at);
    if (stats?.isSymbolicLink() !== true) {
      if (stats === null && links > 0) throw new Error(`it is a link to ${at}, which is not there`);
      return at;
    }
    if (isForeign(stats) && stats.uid !== 0) throw new Error(`it is a link of user ${stats.uid}`);
    at = resolve(folder, await readlink(at));
  }
  throw new Error('its links go round in a circle');
}

const missing =
  (instead: string) =>
  (error: unknown): string => {
    if (isCode(error, 'ENOENT')) return instead;
    throw error;
  };

async function replace(file: LocalFile, bytes: Uint8Array | null): Promise<void> {
  if (file.locked !== '') throw new Error(file.locked);
  await asRead(file);
  if (bytes === null) {
    await unlink(file.path);
    return;
  }
  const folder = dirname(file.path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const temporary = join(folder, `.${basename(file.path)}.${randomBytes(6).toString('hex')}`);
  try {
    const handle = await open(temporary, O_WRONLY | O_CREAT | O_EXCL | CAREFUL, 0o600);
    try {
      const stats = await statOf(file.path);
      if (stats !== null) {
        await handle.chown(stats.uid, stats.gid);
        await handle.chmod(stats.mode & 0o7777);
      }
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    // What was written meanwhile is nobody's to lose.
    await asRead(file);
    await rename(temporary, file.path);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
}

/** @throws where the file is not what was read */
async function asRead({ path, bytes }: LocalFile): Promise<void> {
  const stats = await statOf(path);
  if (stats === null && bytes === null) return;
  if (stats === null || bytes === null || stats.size !== bytes.length) throw changed();
  const now = await read(path, bytes.length);
  if (now.path !== path || now.bytes === null || Buffer.compare(bytes, now.bytes) !== 0)
    throw changed();
  if (now.locked !== '') throw new Error(now.locked);
}

const changed = (): Error => new Error('it was changed meanwhile: nothing was written');

function lockedFile(stats: Stats): string {
  if (isForeign(stats)) return `it belongs to user ${stats.uid}`;
  if (stats.nlink > 1) return 'it has a second name (a hard link), which would be left behind';
  return (stats.mode & 0o200) === 0 ? 'it is read-only (chmod u+w makes it writable)' : '';
}

/** Why nothing can be put into the folder of a file, or into the nearest one that is there. */
async function lockedFolder(path: string): Promise<string> {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const stats = await statOf(folder);
    if (stats === null && folder !== dirname(folder)) continue;
    if (stats?.isDirectory() !== true) return `${folder} is no folder`;
    try {
      await access(folder, W_OK);
      return '';
    } catch (error) {
      return `its folder ${folder} cannot be written to: ${errorWords(error).reason}`;
    }
  }
}

/** Of somebody else; where the system knows no owners (Windows), nobody is. */
const isForeign = ({ uid }: Stats): boolean =>
  process.geteuid !== undefined && uid !== process.geteuid();

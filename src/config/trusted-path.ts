/** Ways to a folder of ours that nobody else can turn aside. */
import type { Stats } from 'node:fs';
import { lstat, mkdir, readlink } from 'node:fs/promises';
import { join, parse, resolve, sep } from 'node:path';
import { isCode } from '../core/file-errors.ts';

/** A file or folder of ours that cannot be used: which, why (`message`), and what to do (`hint`). */
export class PrivateFileError extends Error {
  override readonly name = 'PrivateFileError';
  readonly hint: string;

  constructor(path: string, reason: string, hint: string, cause?: unknown) {
    super(`${path}: ${reason}`, { cause });
    this.hint = hint;
  }
}

/** Symbolic links followed on the way to one folder, as the kernel's own limit. */
const MOST_LINKS = 40;

/** A folder by its path without symbolic links. */
export interface Walked {
  readonly folder: string;
  readonly stats: Stats;
}

/**
 * Walks down to a folder, making what is missing, and makes sure that nobody but us and the system
 * decides where the walk ends.
 */
export async function walkTo(path: string): Promise<Walked> {
  const absolute = resolve(path);
  const { root } = parse(absolute);
  const parts = (text: string): string[] => text.slice(root.length).split(sep).filter(Boolean);
  // Whoever owns the root of the file system is the system: in some containers that is not user 0.
  const system = (await lstat(root)).uid;
  const isStranger = (stats: Stats): boolean =>
    isForeign(stats) && stats.uid !== 0 && stats.uid !== system;
  let folder = root;
  let left = parts(absolute);
  let links = 0;
  /** Passed a folder that others cannot enter: what is below is out of their reach. */
  let closed = false;
  for (;;) {
    const stats = await lstat(folder);
    if (!stats.isDirectory()) throw refused(folder, 'it is not a folder');
    closed ||= !isForeign(stats) && (stats.mode & 0o077) === 0;
    // In a sticky folder (/tmp) everybody may make names, but only owners change what they name.
    const sticky = (stats.mode & 0o1000) !== 0;
    if (!closed && isStranger(stats)) throw refused(folder, `it belongs to user ${stats.uid}`);
    if (!closed && !sticky && isOpenToOthers(stats)) throw othersWrite(folder);
    const [name, ...rest] = left;
    if (name === undefined) return { folder, stats };
    const below = join(folder, name);
    // Somebody may be faster than we: whatever is there then is looked at like anything else.
    if ((await statOf(below)) === null) await mkdir(below, 0o700).catch(ignore('EEXIST'));
    const next = await lstat(below);
    left = rest;
    if (!next.isSymbolicLink()) {
      folder = below;
      continue;
    }
    if (!closed && isStranger(next)) throw refused(below, `it is a link of user ${next.uid}`);
    if (++links > MOST_LINKS) throw refused(below, 'its links go round in a circle');
    left = [...parts(resolve(folder, await readlink(below))), ...rest];
    folder = root;
    closed = false;
  }
}

export const hasOwners = (): boolean => process.geteuid !== undefined;

export function isForeign(stats: Stats): boolean {
  return hasOwners() && stats.uid !== process.geteuid?.();
}

/**
 * May somebody else write? Root's group is root. A group that has the number of its user is that
 * user's own: most distributions make one for each, with folders that the group may write.
 */
export function isOpenToOthers({ mode, gid }: Stats): boolean {
  if (!hasOwners()) return false;
  const own = gid === process.getegid?.() && gid === process.geteuid?.();
  return (mode & 0o002) !== 0 || ((mode & 0o020) !== 0 && gid !== 0 && !own);
}

export async function statOf(path: string): Promise<Stats | null> {
  try {
    return await lstat(path);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null;
    throw error;
  }
}

export function refused(path: string, reason: string): PrivateFileError {
  return new PrivateFileError(path, reason, 'remove it, or choose another place');
}

export function othersWrite(path: string): PrivateFileError {
  return new PrivateFileError(path, 'others can change it', `chmod go-w ${path}`);
}

const ignore =
  (code: string) =>
  (error: unknown): void => {
    if (!isCode(error, code)) throw error;
  };

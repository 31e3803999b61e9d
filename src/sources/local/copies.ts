/** Files that are copied: read whole trees, and receive them beside their place. */
import type { Stats } from 'node:fs';
import {
  lstat,
  mkdir,
  mkdtemp,
  open,
  readdir,
  realpath,
  rename,
  rm,
  stat,
  statfs,
  type FileHandle,
} from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { absolutePath } from './absolute-path.ts';
import { isCode } from '../../core/file-errors.ts';
import { sanitize } from '../../core/text.ts';
import type {
  Landing,
  LocalCopies,
  LocalEntry,
  LocalPlace,
  LocalTree,
} from '../../ports/local-files.ts';
import { statOf, told } from './told.ts';

/** Files of one tree, at most. */
const MOST_FILES = 100_000;
/** Folders in folders, at most. */
const DEEPEST = 100;
/** What is read at once (bytes). */
const CHUNK = 2 ** 16;
/** Of a name that is wrong so much is told (characters). */
const LONGEST_NAME = 200;

/** @param home what `~` stands for */
export function localCopies(home: string): LocalCopies {
  const absolute = (path: string): string => absolutePath(path, home);
  return {
    look: (path) => told(absolute(path), () => look(absolute(path))),
    tree: (path) => told(absolute(path), () => tree(absolute(path))),
    receive: (place) => told(place.path, () => receive(place)),
  };
}

async function look(path: string): Promise<LocalPlace> {
  const stats = await statOf(path);
  const { bavail, bsize } = await statfs(await realpath(dirname(path)));
  return {
    path,
    kind: stats === null ? 'none' : kindOf(stats),
    size: stats?.isFile() === true ? stats.size : 0,
    changed: stats?.mtimeMs ?? 0,
    free: bavail * bsize,
  };
}

function kindOf(stats: Stats): Exclude<LocalPlace['kind'], 'none'> {
  if (stats.isFile()) return 'file';
  if (stats.isDirectory()) return 'folder';
  return stats.isSymbolicLink() ? 'link' : 'other';
}

async function tree(path: string): Promise<LocalTree> {
  const entries: LocalEntry[] = [];
  const leftOut: string[] = [];
  const visit = async (at: string, names: readonly string[], stats: Stats): Promise<void> => {
    const { size, mode } = stats;
    const bytes = () => bytesOf(at, size);
    if (stats.isFile()) entries.push({ names, kind: 'file', size, mode: mode & 0o777, bytes });
    else if (!stats.isDirectory()) leftOut.push(at);
    else {
      if (names.length > DEEPEST) throw new Error(`folders are nested more than ${DEEPEST} deep`);
      entries.push({ names, kind: 'folder', size: 0, mode: mode & 0o777, bytes });
      for (const name of (await readdir(at)).sort()) {
        const below = join(at, name);
        await visit(below, [...names, name], await lstat(below));
      }
    }
    if (entries.length > MOST_FILES) throw new Error(`it holds more than ${MOST_FILES} files`);
  };
  // What was named itself may be a link: the user means what it leads to.
  await visit(path, [], await stat(path));
  return { entries, leftOut };
}

/** @throws where the file has not the size that it is said to have */
async function* bytesOf(path: string, size: number): AsyncGenerator<Uint8Array, void> {
  const handle = await open(path, 'r');
  try {
    let left = size;
    for (;;) {
      // One byte more than there should be tells of one that grew.
      const buffer = Buffer.alloc(Math.min(CHUNK, left + 1));
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, null);
      left -= bytesRead;
      if (left < 0 || (bytesRead === 0 && left > 0))
        throw new Error(`${path} was changed while it was copied`);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

async function receive(place: LocalPlace): Promise<Landing> {
  const folder = await realpath(dirname(place.path));
  const target = join(folder, basename(place.path));
  // Ours alone, as far as the folder above is: who may rename in that can put another in its place.
  const own = await mkdtemp(join(folder, `.${basename(target)}.`));
  const top = join(own, basename(target));
  const at = (names: readonly string[]): string => join(top, ...names.map(safeName));
  return {
    folder: async (names) => {
      await told(target, () => mkdir(at(names)).catch(misplaced(names)));
    },
    file: async (names, mode, bytes) => {
      const handle = await told(target, () =>
        open(at(names), 'wx', mode | 0o600).catch(misplaced(names)),
      );
      try {
        for await (const chunk of bytes) await told(target, () => writeAll(handle, chunk));
      } finally {
        await handle.close();
      }
    },
    land: () =>
      told(target, async () => {
        const now = await look(target);
        const same = now.kind === place.kind && now.size === place.size;
        if (!same || now.changed !== place.changed || now.kind === 'folder')
          throw new Error('it was changed meanwhile: it is left as it is');
        await rename(top, target);
        await rm(own, { recursive: true, force: true });
      }),
    drop: () => rm(own, { recursive: true, force: true }),
  };
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, done);
    done += bytesWritten;
  }
}

/** One name of a file in a folder, and nothing else. */
function safeName(name: string): string {
  const isOne = name !== '' && name !== '.' && name !== '..' && !/[/\0]/.test(name);
  if (!isOne || (sep === '\\' && /[\\:]/.test(name)))
    throw new Error(`"${sanitize(name.slice(0, LONGEST_NAME))}" is no name for a file`);
  return name;
}

/** Folders come before what is in them: none is made that was not sent, however long a name is. */
const misplaced =
  (names: readonly string[]) =>
  (error: unknown): never => {
    const name = sanitize(names.join('/').slice(0, LONGEST_NAME));
    if (isCode(error, 'EEXIST')) throw new Error(`"${name}" came twice`);
    if (isCode(error, 'ENOENT')) throw new Error(`"${name}" came without its folder`);
    throw error;
  };

import { constants } from 'node:fs';
import { open, opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeText } from '../../core/decode-text.ts';
import { absolutePath } from './absolute-path.ts';
import { reasonOf } from '../../core/words.ts';
import type { ManifestFile } from '../../ports/local.ts';

/** As kubectl takes them from a folder. */
const ENDINGS = /\.(ya?ml|json)$/;
/** One file, and all of them (bytes): what describes objects is much smaller. */
const LARGEST = 8 * 2 ** 20;
const MOST_BYTES = 32 * 2 ** 20;
const MOST_FILES = 500;
/** Names looked at in a folder and all below it, and folders gone down. */
const MOST_NAMES = 20_000;
const DEEPEST = 20;

/**
 * Reads the files of a path. Links are followed where they are files, as kubectl does it.
 * @throws Error with a sentence
 */
export async function readManifests(
  typed: string,
  { recursive }: { readonly recursive: boolean },
  home: string,
): Promise<readonly ManifestFile[]> {
  if (/^https?:\/\//.test(typed))
    throw new Error(`${typed}: nothing is fetched from the network: download it first`);
  const path = absolutePath(typed, home);
  const stats = await told(typed, () => stat(path));
  if (!stats.isDirectory()) return [await readFile(path, typed, LARGEST)];
  const names = (await told(typed, () => filesIn(path, recursive ? DEEPEST : 0))).sort();
  if (names.length === 0)
    throw new Error(
      `${typed}: no .yaml, .yml or .json in this folder${recursive ? '' : ' (-R goes into the folders below)'}`,
    );
  if (names.length > MOST_FILES)
    throw new Error(`${typed}: ${names.length} files, more than ${MOST_FILES}: apply a part of it`);
  const files: ManifestFile[] = [];
  let room = MOST_BYTES;
  for (const name of names) {
    const file = await readFile(join(path, name), join(typed, name), Math.min(room, LARGEST));
    room -= file.text.length;
    files.push(file);
  }
  return files;
}

/** The files of a folder by their paths from there. */
async function filesIn(
  folder: string,
  depth: number,
  below = '',
  looked = { names: 0 },
): Promise<string[]> {
  const found: string[] = [];
  for await (const entry of await opendir(join(folder, below))) {
    if (++looked.names > MOST_NAMES)
      throw new Error(`more than ${MOST_NAMES} names in it and the folders below`);
    const name = join(below, entry.name);
    if (entry.isDirectory()) {
      if (depth > 0) found.push(...(await filesIn(folder, depth - 1, name, looked)));
    } else if (ENDINGS.test(entry.name)) found.push(name);
  }
  return found;
}

/** Opens without waiting (a pipe would), and reads nothing but regular files. */
async function readFile(path: string, typed: string, most: number): Promise<ManifestFile> {
  return told(typed, async () => {
    // Opening a device can do something: it is looked at first.
    const before = await stat(path);
    if (!before.isFile()) throw new Error('it is no regular file');
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
    try {
      const stats = await file.stat();
      if (!stats.isFile()) throw new Error('it is no regular file');
      const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(stats.size, most) + 1));
      if (bytesRead > most) throw new Error(`it is larger than ${Math.floor(most / 2 ** 20)} MiB`);
      return { path: typed, text: decodeText(buffer.subarray(0, bytesRead)) };
    } finally {
      await file.close();
    }
  });
}

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of its path is no folder',
  EACCES: 'it may not be read',
  EPERM: 'it may not be read',
  ELOOP: 'its links go round in a circle',
  ENAMETOOLONG: 'its name is too long',
  ERR_ENCODING_INVALID_ENCODED_DATA: 'it is no text',
};

async function told<T>(typed: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new Error(`${typed}: ${WORDS[code] ?? reasonOf(error)}`, { cause: error });
  }
}

/** Names that a typed path may go on with; folders end in a slash. None where they cannot be read. */
export async function completePath(typed: string, home: string): Promise<readonly string[]> {
  const at = typed.lastIndexOf('/') + 1;
  const [folder, begun] = [typed.slice(0, at), typed.slice(at)];
  const found: string[] = [];
  try {
    let looked = 0;
    for await (const entry of await opendir(absolutePath(folder || '.', home))) {
      if (++looked > MOST_NAMES) break;
      const hidden = entry.name.startsWith('.') && !begun.startsWith('.');
      if (hidden || /[\p{Cc}\s]/u.test(entry.name) || !entry.name.startsWith(begun)) continue;
      if (entry.isDirectory()) found.push(`${folder}${entry.name}/`);
      else if (ENDINGS.test(entry.name)) found.push(`${folder}${entry.name}`);
    }
  } catch {
    // What cannot be read has nothing to offer; enter says why.
  }
  return found.sort();
}

import { closeSync, constants, openSync, readSync } from 'node:fs';
import { open } from 'node:fs/promises';

/** Files that a kubeconfig names are read up to this size (bytes): a certificate bundle has 250 kB. */
const SMALL = 2 ** 21;
/** Kubeconfigs themselves: thousands of contexts have a few MB. */
const LARGE = 2 ** 24;

/** A kubeconfig's bytes; a pipe is read to its end, as `<(command)` makes one. @throws as fs does */
export function readKubeconfig(path: string): Buffer {
  const file = openSync(path, 'r');
  try {
    const chunks: Buffer[] = [];
    let size = 0;
    for (;;) {
      const chunk = Buffer.alloc(65_536);
      const read = readSync(file, chunk);
      if (read === 0) return Buffer.concat(chunks, size);
      size += read;
      if (size > LARGE) throw tooLarge(LARGE);
      chunks.push(chunk.subarray(0, read));
    }
  } finally {
    closeSync(file);
  }
}

/**
 * The text of a certificate, key or token file.
 * @throws as fs does; where it is no regular file (it might never end); where it is too large
 */
export async function readSmallFile(path: string): Promise<string> {
  // Without waiting for a writer, which a named pipe may never have.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw new Error('it is no regular file');
    if (stat.size > SMALL) throw tooLarge(SMALL);
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}

function tooLarge(limit: number): Error {
  return new Error(`it is larger than ${limit / 2 ** 20} MiB`);
}

/** Why a file could not be read, in a clause. */
export function fileProblem(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const known: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such file',
    EACCES: 'it may not be read',
    EISDIR: 'it is a folder',
  };
  return known[code] ?? message;
}

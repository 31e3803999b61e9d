/** What the system says about files, in words. */
import type { Stats } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { errorWords, isCode } from '../../core/file-errors.ts';

/** Does something about a path; what goes wrong names it, says why and what to do (`hint`). */
export async function told<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { reason, hint } = errorWords(error);
    throw Object.assign(new Error(`${path}: ${reason}`, { cause: error }), { hint });
  }
}

/** What stands at a path itself, be it a link; null where nothing does. */
export async function statOf(path: string): Promise<Stats | null> {
  try {
    return await lstat(path);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null;
    throw error;
  }
}

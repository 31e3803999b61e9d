import { readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createFile, privateFolder, readOwn, replaceFile } from '../config/private-files.ts';
import type { Clock } from '../core/clock.ts';
import type { Drafts, LocalPort } from '../ports/local.ts';
import { editorOf } from '../sources/local/index.ts';
import type { Setup } from './setup.ts';

/** Texts are read up to this size (bytes): no API server takes an object of half of it. */
const MOST = 4 * 2 ** 20;
/** What was never sent is forgotten after this time (ms): it may hold secrets. */
const FORGOTTEN = 30 * 24 * 3_600_000;
/** Texts that are kept at once: whoever has as many has forgotten them. */
const TRIES = 1000;
/** What a text was made of, beside it. */
const ORIGIN = '.origin.json';

/**
 * Texts in private files. Each has a folder of its own, so that what an editor leaves beside it
 * (backups, swap files) goes with it.
 */
export function draftFiles(
  { paths: { edits: folder }, env, home }: Pick<Setup, 'paths' | 'env' | 'home'>,
  clock: Clock,
  programs: Pick<LocalPort, 'run'>,
): Drafts {
  return {
    keep: async (name, { text, origin }) => {
      await forgetOld(folder, clock.now());
      const file = name.replaceAll(/[^\w.-]+/g, '-').slice(-100);
      // Short names: a path is told in one line, and typed.
      for (let i = 1; i <= TRIES; i++) {
        const own = await privateFolder(join(folder, String(i)));
        // Whoever made the first file of a folder has it.
        if (!(await createFile(join(own, ORIGIN), origin))) continue;
        const path = join(own, file);
        await replaceFile(path, text);
        return path;
      }
      throw new Error(`${folder}: ${TRIES} texts are kept already: remove some`);
    },
    read: async (path) => {
      const [text, origin] = await Promise.all([
        readOwn(path, MOST),
        readOwn(join(dirname(path), ORIGIN), MOST),
      ]);
      return text === null || origin === null ? null : { text, origin };
    },
    replace: async (path, { text, origin }) => {
      await replaceFile(path, text);
      await replaceFile(join(dirname(path), ORIGIN), origin);
    },
    edit: async (path) => {
      const { command, args } = editorOf(path, env);
      const { code, signal } = await programs.run(command, args).catch((error: unknown) => {
        const { message } = error as Error;
        throw new Error(`${message}: set KUBE_EDITOR or EDITOR`, { cause: error });
      });
      if (signal !== '') throw new Error(`the editor was ended by ${signal}`);
      if (code !== 0) throw new Error(`the editor ended with code ${code}`);
    },
    drop: async (path) => {
      const own = dirname(path);
      if (dirname(own) === (await privateFolder(folder)))
        await rm(own, { recursive: true, force: true });
    },
    shown: (path) => (path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path),
  };
}

async function forgetOld(folder: string, now: number): Promise<void> {
  const own = await privateFolder(folder);
  for (const name of await readdir(own)) {
    const path = join(own, name);
    const { mtimeMs } = await stat(path);
    if (mtimeMs < now - FORGOTTEN) await rm(path, { recursive: true, force: true });
  }
}

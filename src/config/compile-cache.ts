/**
 * Where Node may keep the compiled program. Whoever can write there decides what runs as us, and
 * Node's own default lies in the folder for temporary files that all users share. The launcher loads
 * this alone, before the program. (NODE_COMPILE_CACHE is taken by Node itself before anything of
 * ours runs: where it points is up to whoever sets it.)
 */
import { homedir } from 'node:os';
import { systemClock } from '../core/clock.ts';
import { within } from '../core/within.ts';
import { pathsOf } from './paths.ts';
import { privateFolder } from './private-files.ts';

/** How long a start waits for the disk (ms); without the cache it takes some 100 ms longer. */
const PATIENCE = 1000;

/** The folder, made and checked; null where there is none that is ours alone. */
export async function compileCache(): Promise<string | null> {
  const { compileCache: folder } = pathsOf(process.env, homedir());
  try {
    return await within(privateFolder(folder), PATIENCE, systemClock, () => new Error('no answer'));
  } catch {
    return null;
  }
}

import { resolve } from 'node:path';
import { expandHome } from '../../core/home.ts';

/** The path that a typed one means: `~` is the home folder, a relative one is of the working folder. */
export const absolutePath = (typed: string, home: string): string =>
  resolve(expandHome(typed, home));

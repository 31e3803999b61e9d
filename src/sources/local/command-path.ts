import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/** Where a command was found. */
export type Found =
  /** An absolute path. */
  | { readonly path: string }
  /** The first match lies below the working folder, where anybody may have put it. */
  | { readonly relative: string }
  | null;

/**
 * Looks a command up as Go does, which kubectl runs plugins with: the first match of PATH counts,
 * and one through an empty or relative entry is found but must not be run.
 */
export function findCommand(command: string, path: string): Found {
  if (command.includes('/')) return { path: command };
  for (const entry of path.split(delimiter)) {
    const candidate = join(entry || '.', command);
    if (!isProgram(candidate)) continue;
    return isAbsolute(candidate) ? { path: candidate } : { relative: entry };
  }
  return null;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

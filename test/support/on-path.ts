import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Is a program installed, so that the tests that need it can be run? */
export function onPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

import { join } from 'node:path';
import { createFile, privateFolder } from '../config/private-files.ts';

/** Names that are tried for one text: of the same second there are not many. */
const MOST = 100;

/**
 * Writes a text into the folder of saved files, under a name of its own with the moment in it;
 * returns the path. Logs and YAML may hold what others should not read.
 * @throws PrivateFileError
 */
export async function saveText(
  folder: string,
  name: string,
  text: string,
  now: number,
): Promise<string> {
  const own = await privateFolder(folder);
  const stamp = new Date(now).toISOString().replaceAll(/[-:]|\..*$/g, '');
  const plain = name.replaceAll(/[^\w.-]+/g, '-');
  for (let i = 0; i < MOST; i++) {
    const path = join(own, `${stamp}${i === 0 ? '' : `-${i}`}-${plain}`);
    if (await createFile(path, text)) return path;
  }
  throw new Error(`${own}: ${MOST} files of this second are there already`);
}

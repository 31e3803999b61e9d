import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Writes a text into the folder of saved files, under a name with the moment in it; returns the path. */
export async function saveText(
  folder: string,
  name: string,
  text: string,
  now: number,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  const stamp = new Date(now).toISOString().replaceAll(/[-:]|\..*$/g, '');
  const path = join(folder, `${stamp}-${name.replaceAll(/[^\w.-]+/g, '-')}`);
  // Logs and YAML may hold what others should not read.
  await writeFile(path, text, { mode: 0o600 });
  return path;
}

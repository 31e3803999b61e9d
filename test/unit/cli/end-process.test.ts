import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { tempFolder } from '../../support/temp-folder.ts';

const MODULE = pathToFileURL(join(import.meta.dirname, '../../../src/cli/end-process.ts')).href;

/** Runs a program that says it ends with 3 by one of the two ways, after what `before` does. */
async function ends(way: string, before: string): Promise<unknown> {
  const program = `
    import { ${way} } from '${MODULE}';
    import { readFile } from 'node:fs/promises';
    ${before}
    setImmediate(() => ${way}(3));`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return (await once(child, 'exit'))[0];
}

it.each(['endProcess', 'endNow'])('%s ends with its code', async (way) => {
  expect(await ends(way, '')).toBe(3);
});

it.each(['endProcess', 'endNow'])('%s ends while a thread hangs for ever', async (way) => {
  // Opening a pipe that nobody writes to waits, as a file server that is gone does.
  const pipe = join(tempFolder(), 'pipe');
  execFileSync('mkfifo', [pipe]);
  expect(await ends(way, `void readFile('${pipe}');`)).toBe(3);
});

it('waits no longer than the work that it waits for', async () => {
  // Busy for two looks; each wait is noted, and the sum of them is the code.
  const before = `
    let busy = 2;
    process.getActiveResourcesInfo = () => (busy-- > 0 ? ['FSReqPromise'] : []);
    let waited = 0;
    const wait = globalThis.setTimeout;
    globalThis.setTimeout = (work, ms) => ((waited += ms), wait(work, ms));
    const exit = process.exit.bind(process);
    process.exit = () => exit(waited);`;
  expect(await ends('endProcess', before)).toBe(10);
});

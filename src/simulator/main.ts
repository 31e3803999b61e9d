/**
 * The simulator's own process: builds a region, serves it on loopback, prints the environment in
 * which clients find it, and lives until it is told to stop or its parent has gone.
 */
import { reasonOf } from '../core/words.ts';
import { writeEnvironment } from './environment.ts';
import { readOptions } from './options.ts';
import type { Options } from './options.ts';
import { serveRegion } from './serve.ts';

async function main(options: Options): Promise<void> {
  const served = await serveRegion(options);
  const { env, remove } = writeEnvironment(served, options.dir);
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    remove();
    void served.close().finally(() => process.exit(0));
  };
  // Before it says that it is ready: whoever reads that may end it at once.
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  process.on('SIGHUP', end);
  if (options.followStdin) process.stdin.resume().on('end', end).on('close', end).on('error', end);
  for (const [name, value] of Object.entries(env)) {
    process.stdout.write(`export ${name}='${value.replaceAll("'", "'\\''")}'\n`);
  }
  process.stdout.write('# ready\n');
}

try {
  await main(readOptions(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`${reasonOf(error)}\n`);
  process.exit(2);
}

/** The simulated region as tests use it: started once per file, addressed by its variables. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const SIMULATOR = fileURLToPath(new URL('../../dist/simulator.js', import.meta.url));

export interface Region extends Disposable {
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Starts a region and waits until it serves. Nothing happens in it by itself unless a scenario is
 * asked for: no test depends on what the world does meanwhile.
 */
export async function startRegion(...args: readonly string[]): Promise<Region> {
  const child = spawn(
    process.execPath,
    [SIMULATOR, '--follow-stdin', '--scenario', 'still', ...args],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  const env: Record<string, string> = {};
  for await (const line of createInterface({ input: child.stdout })) {
    const found = /^export (\w+)='(.*)'$/.exec(line);
    if (found?.[1] !== undefined) env[found[1]] = found[2] ?? '';
    if (line.startsWith('# ready'))
      return { env, [Symbol.dispose]: () => void child.kill('SIGTERM') };
  }
  throw new Error(`the region ended before it served: ${args.join(' ')}`);
}

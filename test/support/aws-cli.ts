/**
 * Runs the aws CLI. Where Python can load it (version 1) that is done once for all commands of this
 * process, which takes half the time of each; else each is a start of the program. What it keeps
 * between commands (tokens, assumed roles) is kept in a folder of these tests.
 */
import { execFile, spawn } from 'node:child_process';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const LOADED = fileURLToPath(new URL('aws_cli.py', import.meta.url));
const start = promisify(execFile);

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/**
 * What the CLI prints.
 * @param env all the variables that it has
 * @throws Error with what it says on stderr, where it exits with anything but 0
 */
export async function awsCli(words: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const socket = await (loaded ??= load());
  if (socket === null) return (await start('aws', words, { env, maxBuffer: 2 ** 27 })).stdout;
  const connection = connect(socket);
  connection.write(`${JSON.stringify({ words, env })}\n`);
  const { code, out, err } = JSON.parse(await text(connection)) as Ended;
  if (code !== 0) throw new Error(`aws ${words.join(' ')}: exit code ${code}: ${err}`);
  return out;
}

let loaded: Promise<string | null> | null = null;

/** The address of a CLI that is loaded; null: there is none that can be. */
function load(): Promise<string | null> {
  const server = spawn('python3', [LOADED], { stdio: ['pipe', 'pipe', 'ignore'] });
  return new Promise((resolve) => {
    server.stdout.once('data', (address: Buffer) => {
      // It ends with this process, and does not keep it.
      for (const held of [server, server.stdin, server.stdout]) (held as { unref(): void }).unref();
      resolve(address.toString().trim());
    });
    for (const gone of ['error', 'exit']) server.once(gone, () => resolve(null));
  });
}

import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A running moto: an AWS emulator that does not know this program. */
export interface Moto {
  readonly endpoint: string;
  /** What reaches it; it takes any key. */
  readonly env: Readonly<Record<string, string>>;
  readonly close: () => void;
}

/** Starts moto_server on a free port of this machine. */
export async function startMoto(): Promise<Moto> {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const moto = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], {
    stdio: ['ignore', 'ignore', 'pipe'],
    // Without it there is none of the policies that every account has.
    env: { ...process.env, MOTO_IAM_LOAD_MANAGED_POLICIES: 'true' },
  });
  await new Promise<void>((resolve, reject) => {
    moto.once('exit', () => reject(new Error('moto_server ended')));
    moto.stderr.on('data', (text: Buffer) => {
      if (text.includes('Running on')) resolve();
    });
  });
  return {
    endpoint,
    env: { AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' },
    close: () => moto.kill(),
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

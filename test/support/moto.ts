import { spawn } from 'node:child_process';

/** A running moto: an AWS emulator that does not know this program. */
export interface Moto {
  readonly endpoint: string;
  /** What reaches it; it takes any key. */
  readonly env: Readonly<Record<string, string>>;
  readonly close: () => void;
}

/** More than it says before it serves (characters): then it writes down what it is asked. */
const LONG = 10_000;

/** Starts moto_server on a port that it finds free. */
export async function startMoto(): Promise<Moto> {
  const moto = spawn('moto_server', ['-H', '127.0.0.1', '-p', '0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    // Without it there is none of the policies that every account has.
    env: { ...process.env, MOTO_IAM_LOAD_MANAGED_POLICIES: 'true' },
  });
  const endpoint = await new Promise<string>((resolve, reject) => {
    let said = '';
    moto.once('exit', () => reject(new Error(`moto_server ended: ${said}`)));
    moto.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (said.length < LONG) said += text;
      const [, url] = /Running on (http:\S+)\s/.exec(said) ?? [];
      if (url !== undefined) resolve(url);
    });
  });
  return {
    endpoint,
    env: { AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' },
    close: () => moto.kill(),
  };
}

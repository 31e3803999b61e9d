/**
 * The simulator's own process: builds a region, serves it on loopback, prints the environment in
 * which clients find it, and lives until it is told to stop or its parent has gone.
 */
import { reasonOf } from '../core/words.ts';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readOptions } from './options.ts';
import type { Options } from './options.ts';
import { serveRegion } from './serve.ts';

async function main(options: Options): Promise<void> {
  const served = await serveRegion(options);
  const { region, certificates, kubeconfig } = served;
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'ekscope-region-'));
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const caFile = join(dir, 'ca.pem');
  const kubeconfigFile = join(dir, 'kubeconfig');
  writeFileSync(caFile, certificates.ca);
  // It holds the token of this region: nobody else's business, as with any kubeconfig.
  writeFileSync(kubeconfigFile, kubeconfig, { mode: 0o600 });

  const environment: Record<string, string> = {
    KUBECONFIG: kubeconfigFile,
    AWS_ENDPOINT_URL: served.awsUrl,
    AWS_CA_BUNDLE: caFile,
    AWS_REGION: region.name,
    // The aws CLI of version 1 reads only this one.
    AWS_DEFAULT_REGION: region.name,
    AWS_ACCESS_KEY_ID: region.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: region.credentials.secretAccessKey,
  };
  for (const [name, value] of Object.entries(environment)) {
    process.stdout.write(`export ${name}='${value.replaceAll("'", "'\\''")}'\n`);
  }
  process.stdout.write('# ready\n');

  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    if (options.dir === null) rmSync(dir, { recursive: true, force: true });
    void served.close().finally(() => process.exit(0));
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  process.on('SIGHUP', end);
  if (options.followStdin) process.stdin.resume().on('end', end).on('close', end).on('error', end);
}

try {
  await main(readOptions(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`${reasonOf(error)}\n`);
  process.exit(2);
}

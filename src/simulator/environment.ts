import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServedRegion } from './serve.ts';

/** What clients find a region by. */
export interface RegionEnvironment {
  /** Variables of the environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Removes what was written for them, unless it is in a directory that was asked for. */
  readonly remove: () => void;
}

/**
 * Writes the certificate and the kubeconfig of a served region.
 *
 * @param dir where to; null: a directory of its own
 */
export function writeEnvironment(
  { region, certificates, kubeconfig, awsUrl }: ServedRegion,
  dir: string | null,
): RegionEnvironment {
  const folder = dir ?? mkdtempSync(join(tmpdir(), 'ekscope-region-'));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const caFile = join(folder, 'ca.pem');
  const kubeconfigFile = join(folder, 'kubeconfig');
  writeFileSync(caFile, certificates.ca);
  // It holds the token of this region: nobody else's business, as with any kubeconfig.
  writeFileSync(kubeconfigFile, kubeconfig, { mode: 0o600 });
  return {
    env: {
      KUBECONFIG: kubeconfigFile,
      AWS_ENDPOINT_URL: awsUrl,
      AWS_CA_BUNDLE: caFile,
      AWS_REGION: region.name,
      // The aws CLI of version 1 reads only this one.
      AWS_DEFAULT_REGION: region.name,
      AWS_ACCESS_KEY_ID: region.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: region.credentials.secretAccessKey,
    },
    remove() {
      if (dir === null) rmSync(folder, { recursive: true, force: true });
    },
  };
}

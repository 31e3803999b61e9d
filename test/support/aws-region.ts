import { EKSClient } from '@aws-sdk/client-eks';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { type AwsApi, type AwsApiOptions, startAwsApi } from '../../src/simulator/aws-api/index.ts';
import {
  addCluster,
  addFargateProfile,
  addNodegroup,
  addSelfManaged,
  emptyRegion,
} from '../../src/simulator/catalog/region.ts';
import type { EksCluster, Region } from '../../src/simulator/region.ts';

/** The moment at which the region of the tests is looked at. */
export const NOW = Date.UTC(2026, 10, 24, 6, 0, 0);

/** A region with one cluster, `shop`: two managed groups, one self-managed, one Fargate profile. */
export function testRegion(): { readonly region: Region; readonly shop: EksCluster } {
  const region = emptyRegion();
  const shop = addTestCluster(region, 'shop');
  addNodegroup(
    region,
    shop,
    {
      name: 'web',
      capacityType: 'SPOT',
      instanceTypes: ['m7g.large', 'm6g.large'],
      scaling: { min: 1, max: 9, desired: 3 },
      labels: { tier: 'web' },
      taints: [{ key: 'spot', value: 'yes', effect: 'NO_SCHEDULE' }],
      ageDays: 30,
    },
    NOW,
  );
  addNodegroup(
    region,
    shop,
    {
      name: 'system',
      capacityType: 'ON_DEMAND',
      instanceTypes: ['m7i.large'],
      scaling: { min: 2, max: 4, desired: 2 },
      labels: {},
      ageDays: 60,
    },
    NOW,
  );
  const batch = { name: 'batch', instanceTypes: ['c6i.xlarge'], min: 0, max: 5, desired: 1 };
  addSelfManaged(shop, { ...batch, ageDays: 90 }, NOW);
  addFargateProfile(
    region,
    shop,
    'payments',
    [{ namespace: 'payments', labels: { app: 'api' } }],
    NOW,
  );
  return { region, shop };
}

/** One more cluster without groups. */
export function addTestCluster(region: Region, name: string): EksCluster {
  return addCluster(
    region,
    {
      name,
      version: '1.35',
      platformVersion: 'eks.9',
      ageDays: 200,
      network: region.clusters.length,
      subnetBits: 19,
      supportType: 'STANDARD',
      tags: { team: 'shop' },
    },
    NOW,
  );
}

/** The region's API and the variables that reach it. */
export interface TestAws extends AwsApi {
  readonly env: Readonly<Record<string, string>>;
  /** File of the certificate that signs it. */
  readonly caFile: string;
}

const certificate = generate([{ name: 'commonName', value: '127.0.0.1' }], {
  keyType: 'ec',
  extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
});

/** Serves a region over HTTPS, as the demo does. */
export async function serveRegion(
  region: Region,
  options: Partial<AwsApiOptions> = {},
  others: readonly Region[] = [],
): Promise<TestAws> {
  const { cert, private: key } = await certificate;
  const api = await startAwsApi([region, ...others], {
    tls: { cert, key },
    now: () => NOW,
    ...options,
  });
  const folder = mkdtempSync(join(tmpdir(), 'ekscope-aws-'));
  const caFile = join(folder, 'ca.pem');
  writeFileSync(caFile, cert);
  return {
    url: api.url,
    caFile,
    env: {
      AWS_ENDPOINT_URL: api.url,
      AWS_CA_BUNDLE: caFile,
      AWS_REGION: region.name,
      AWS_ACCESS_KEY_ID: region.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: region.credentials.secretAccessKey,
    },
    async close() {
      await api.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** AWS's own client on the served region: what fails, fails at once. */
export function eksClient({ url, caFile }: TestAws, region: Region): EKSClient {
  return new EKSClient({
    endpoint: url,
    region: region.name,
    maxAttempts: 1,
    credentials: region.credentials,
    requestHandler: { httpsAgent: new Agent({ ca: readFileSync(caFile) }) },
  });
}

import { randomBytes } from 'node:crypto';
import { expiredToken, startAwsApi } from './aws-api/index.ts';
import { createCertificates } from './certificates.ts';
import type { Certificates } from './certificates.ts';
import { followWall } from './clock.ts';
import { startKubeApi } from './kube-api/server.ts';
import { kubeconfigOf } from './kubeconfig.ts';
import type { Region } from './region.ts';
import type { Options } from './options.ts';
import { createSimulation } from './simulation.ts';
import type { Simulation } from './simulation.ts';
import { ADMINISTRATOR } from './world/access.ts';

/** A region that is being served. */
export interface ServedRegion {
  readonly simulation: Simulation;
  readonly region: Region;
  readonly certificates: Certificates;
  readonly kubeconfig: string;
  /** What AWS_ENDPOINT_URL is set to. */
  readonly awsUrl: string;
  /** Stops the clock and the servers. */
  close(): Promise<void>;
}

/** Builds the region, serves its clusters on loopback, and lets its clock follow the wall. */
export async function serveRegion(
  options: Pick<Options, 'seed' | 'scenario' | 'nodes' | 'pods' | 'speed' | 'latency'>,
): Promise<ServedRegion> {
  const { scenario, latency } = options;
  const certificates = await createCertificates();
  const started = Date.now();
  const simulation = createSimulation({
    ...options,
    now: started,
    caData: Buffer.from(certificates.ca).toString('base64'),
    ...(scenario.adapt && { adapt: scenario.adapt }),
  });
  if (scenario.iam) simulation.region.callerPolicy = scenario.iam;
  const token = `simulated-${randomBytes(24).toString('hex')}`;
  const refusesCredentials = (): boolean =>
    scenario.refusesCredentials?.(Date.now() - ready) ?? false;
  const aws = await startAwsApi(simulation.region, {
    tls: certificates,
    now: () => simulation.clock.date(),
    latency: () => latency,
    fault: ({ service }) => (refusesCredentials() ? expiredToken(service) : null),
  });
  const servers = await Promise.all(
    simulation.clusters.map(async ({ world }) => {
      const server = await startKubeApi(world, {
        tls: certificates,
        token,
        access: scenario.access ?? ADMINISTRATOR,
        refusesCredentials,
        latency,
      });
      world.cluster.endpoint = `https://127.0.0.1:${server.port}`;
      return server;
    }),
  );
  for (const cluster of simulation.clusters) scenario.start?.(cluster);
  const ready = Date.now();
  const stopClock = followWall(simulation.clock);
  return {
    simulation,
    region: simulation.region,
    certificates,
    kubeconfig: kubeconfigOf(simulation.region.clusters, token),
    awsUrl: aws.url,
    close: async () => {
      stopClock();
      await Promise.all([aws, ...servers].map((server) => server.close()));
    },
  };
}

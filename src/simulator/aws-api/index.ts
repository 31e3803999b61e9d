import { createServer, type Server } from 'node:https';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Region } from '../region.ts';
import type { Fault } from './faults.ts';
import { createHost, type Signature } from './host.ts';

export { ApiError } from './api-error.ts';
export type { ApiCall, Fault } from './faults.ts';
export { accessDenied, throttled } from './faults.ts';
export { expiredToken } from './sessions.ts';

/** What the AWS side of the region is started with. */
export interface AwsApiOptions {
  /** Certificate and key in PEM, good for 127.0.0.1. */
  readonly tls: { readonly cert: string; readonly key: string };
  /** Port, or 0 for a free one. */
  readonly port?: number;
  /** Milliseconds since the epoch, as answers carry them. */
  readonly now: () => number;
  /** How long the next answer is held back (ms). */
  readonly latency?: () => number;
  /** Which calls fail, and how. */
  readonly fault?: Fault;
}

/** A running AWS API. */
export interface AwsApi {
  /** `https://127.0.0.1:PORT`: what AWS_ENDPOINT_URL is set to. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the AWS APIs of a region over HTTPS on the loopback interface. */
export async function startAwsApi(region: Region, options: AwsApiOptions): Promise<AwsApi> {
  const { tls, port = 0, now, latency = () => 0, fault = () => null } = options;
  const host = createHost(region, now, fault, () => address);
  const server = createServer(tls, (request, response) => {
    void (async () => {
      const body = await bodyOf(request);
      const url = new URL(request.url ?? '/', 'https://127.0.0.1');
      const wait = latency();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      const answer = await host(
        { method: request.method ?? 'GET', url, body, headers: request.headers },
        signatureOf(request, url),
      );
      response.writeHead(answer.status, { ...answer.headers }).end(answer.body);
    })().catch(() => response.destroy());
  });
  await listen(server, port);
  const { port: bound } = server.address() as AddressInfo;
  const address = `https://127.0.0.1:${bound}`;
  return {
    url: address,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** `AKIA…/20261124/eu-central-1/eks/aws4_request`, from the header or from a signed URL. */
function signatureOf(request: IncomingMessage, url: URL): Signature | null {
  const scope =
    /Credential=([^,\s]+)/.exec(request.headers.authorization ?? '')?.[1] ??
    url.searchParams.get('X-Amz-Credential') ??
    '';
  const [accessKeyId = '', , region = '', service = ''] = scope.split('/');
  return accessKeyId && service ? { accessKeyId, region, service } : null;
}

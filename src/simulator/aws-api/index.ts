import { createServer, type Server } from 'node:https';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
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

/**
 * Serves the AWS APIs of a region over HTTPS on the loopback interface, or those of several regions
 * and accounts: the access key and the region that a request is signed with tell which is meant.
 */
export async function startAwsApi(
  served: Region | readonly Region[],
  options: AwsApiOptions,
): Promise<AwsApi> {
  const { tls, port = 0, now, latency = () => 0, fault = () => null } = options;
  const regions: readonly Region[] = 'name' in served ? [served] : served;
  const hosts = new Map(
    regions.map((region) => [region, createHost(region, now, fault, () => address)]),
  );
  const hostOf = (signature: Signature | null) => {
    const region = regionOf(regions, signature);
    return region && hosts.get(region);
  };
  const server = createServer(tls, (request, response) => {
    void (async () => {
      const bytes = await bodyOf(request);
      const url = new URL(request.url ?? '/', 'https://127.0.0.1');
      const wait = latency();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      const signature = signatureOf(request, url);
      const answer = await hostOf(signature)?.(
        {
          method: request.method ?? 'GET',
          ...{ url, bytes, body: bytes.toString('utf8') },
          headers: request.headers,
        },
        signature,
      );
      if (answer === undefined) throw new Error('no region is served');
      response.writeHead(answer.status, { ...answer.headers });
      if (typeof answer.body === 'string' || answer.body instanceof Uint8Array) {
        response.end(answer.body);
      } else await pipeline(Readable.from(answer.body), response);
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

/** The region that a request is about: that of the account in it, else the account's, else the first. */
function regionOf(regions: readonly Region[], signature: Signature | null): Region | undefined {
  const own = regions.filter(
    ({ credentials, sessions }) =>
      signature !== null &&
      (credentials.accessKeyId === signature.accessKeyId || sessions.has(signature.accessKeyId)),
  );
  return own.find(({ name }) => name === signature?.region) ?? own[0] ?? regions[0];
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

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
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

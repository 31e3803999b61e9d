import { request } from 'node:https';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { createCertificates } from '../../../src/simulator/certificates.ts';
import type { Certificates } from '../../../src/simulator/certificates.ts';
import { startKubeApi } from '../../../src/simulator/kube-api/server.ts';
import type { KubeApi, KubeApiOptions } from '../../../src/simulator/kube-api/server.ts';
import { ADMINISTRATOR } from '../../../src/simulator/world/access.ts';
import type { World } from '../../../src/simulator/world/world.ts';

export const TOKEN = 'a-static-token';

export interface Answer {
  readonly code: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body as JSON: tests look into it as they like. */
  readonly body: Json;
}

/** JSON of unknown shape that can be looked into without a cast at every step. */
export interface Json {
  readonly [key: string]: Json;
}

export interface Stream {
  /** The next line; fails the test by its own timeout if none comes. */
  next(): Promise<string>;
  /** Every line until the server ends the stream. */
  rest(): Promise<string[]>;
  close(): void;
}

interface Send {
  readonly method?: string;
  readonly accept?: string;
  readonly type?: string;
  readonly body?: string | object;
  readonly token?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A client of one server, over real HTTPS with its certificate checked. */
export class ApiClient {
  private readonly api: KubeApi;
  private readonly certificates: Certificates;

  private constructor(api: KubeApi, certificates: Certificates) {
    this.api = api;
    this.certificates = certificates;
  }

  static async start(world: World, options: Partial<KubeApiOptions> = {}): Promise<ApiClient> {
    const certificates = await createCertificates();
    const api = await startKubeApi(world, {
      tls: certificates,
      token: TOKEN,
      access: ADMINISTRATOR,
      refusesCredentials: () => false,
      latency: 0,
      ...options,
    });
    return new ApiClient(api, certificates);
  }

  get url(): string {
    return `https://127.0.0.1:${this.api.port}`;
  }

  /** PEM. */
  get ca(): string {
    return this.certificates.ca;
  }

  close(): Promise<void> {
    return this.api.close();
  }

  get(path: string, send: Send = {}): Promise<Answer> {
    return this.send(path, send);
  }

  post(path: string, body: object, send: Send = {}): Promise<Answer> {
    return this.send(path, { method: 'POST', type: 'application/json', body, ...send });
  }

  patch(path: string, kind: 'json' | 'merge' | 'strategic-merge', body: object): Promise<Answer> {
    return this.send(path, { method: 'PATCH', type: `application/${kind}-patch+json`, body });
  }

  async send(path: string, send: Send): Promise<Answer> {
    const response = await this.open(path, send);
    const chunks: Buffer[] = [];
    for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const isJson = response.headers['content-type']?.startsWith('application/json');
    const json = isJson ? (JSON.parse(text) as Json) : {};
    return { code: response.statusCode ?? 0, headers: response.headers, text, body: json };
  }

  /** Opens a stream of lines: a watch, a followed log. */
  async stream(path: string, send: Send = {}): Promise<Stream> {
    const response = await this.open(path, send);
    const lines: string[] = [];
    const waiting: ((line: string) => void)[] = [];
    let partial = '';
    response.setEncoding('utf8');
    response.on('data', (text: string) => {
      const parts = (partial + text).split('\n');
      partial = parts.pop() ?? '';
      for (const line of parts) {
        const taker = waiting.shift();
        if (taker) taker(line);
        else lines.push(line);
      }
    });
    const ended = new Promise<void>((resolve) => response.once('close', resolve));
    return {
      next: () => {
        const line = lines.shift();
        if (line !== undefined) return Promise.resolve(line);
        return new Promise((resolve) => waiting.push(resolve));
      },
      rest: async () => {
        await ended;
        return lines.splice(0);
      },
      close: () => response.destroy(),
    };
  }

  private open(
    path: string,
    { method = 'GET', accept, type, body, token = TOKEN, headers = {} }: Send,
  ): Promise<IncomingMessage> {
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const http = request(
        {
          host: '127.0.0.1',
          port: this.api.port,
          path,
          method,
          ca: this.certificates.ca,
          headers: {
            ...headers,
            ...(token !== null && { authorization: `Bearer ${token}` }),
            ...(accept !== undefined && { accept }),
            ...(type !== undefined && { 'content-type': type }),
            ...(text !== undefined && { 'content-length': Buffer.byteLength(text) }),
          },
        },
        resolve,
      );
      http.on('error', reject);
      http.end(text);
    });
  }
}

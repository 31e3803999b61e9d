/** An API server with one kind, pods, in memory: just what list-watch needs, and its variants. */
import { gzipSync } from 'node:zlib';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface FakePod {
  readonly kind: 'Pod';
  readonly apiVersion: 'v1';
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly uid: string;
    readonly resourceVersion: string;
    readonly creationTimestamp: string;
  };
}

interface Watcher {
  readonly response: ServerResponse;
  readonly namespace: string;
}

/** What the server can do. */
export interface FakeApiOptions {
  /** How it treats `sendInitialEvents`: knows it, answers 422, or passes it over like an old server. */
  readonly streamingList: 'known' | 'refused' | 'ignored';
  /** Pods per page at most, whatever the client asks for. */
  readonly page: number;
}

export class FakeApi {
  readonly #options: FakeApiOptions;
  readonly #server = http.createServer((request, response) => this.#handle(request, response));
  readonly #pods = new Map<string, FakePod>();
  #history: { readonly version: number; readonly type: string; readonly pod: FakePod }[] = [];
  #version = 100;
  #compacted = 0;
  readonly #watchers = new Set<Watcher>();

  constructor(options: Partial<FakeApiOptions> = {}) {
    this.#options = { streamingList: 'known', page: 500, ...options };
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get watchers(): number {
    return this.#watchers.size;
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** Creates or changes a pod. */
  put(name: string, namespace = 'shop'): void {
    const key = `${namespace}/${name}`;
    const known = this.#pods.get(key);
    this.#version++;
    const pod: FakePod = {
      kind: 'Pod',
      apiVersion: 'v1',
      metadata: {
        name,
        namespace,
        uid: known?.metadata.uid ?? `uid-${this.#version}`,
        resourceVersion: String(this.#version),
        creationTimestamp: '2026-01-01T00:00:00Z',
      },
    };
    this.#pods.set(key, pod);
    this.#changed(known === undefined ? 'ADDED' : 'MODIFIED', pod);
  }

  delete(name: string, namespace = 'shop'): void {
    const key = `${namespace}/${name}`;
    const pod = this.#pods.get(key);
    if (pod === undefined) throw new Error(`no pod ${key}`);
    this.#pods.delete(key);
    this.#version++;
    const last = { ...pod, metadata: { ...pod.metadata, resourceVersion: String(this.#version) } };
    this.#changed('DELETED', last);
  }

  /** Forgets its history, as etcd's compaction does. */
  compact(): void {
    this.#history = [];
    this.#compacted = ++this.#version;
  }

  /** Sends every watcher a bookmark. */
  bookmark(version = this.#version): void {
    for (const { response } of this.#watchers) this.#sendBookmark(response, version, false);
  }

  #changed(type: string, pod: FakePod): void {
    this.#history.push({ version: this.#version, type, pod });
    for (const watcher of this.#watchers) {
      if (watcher.namespace === '' || watcher.namespace === pod.metadata.namespace) {
        send(watcher.response, type, pod);
      }
    }
  }

  #handle(request: IncomingMessage, response: ServerResponse): void {
    // The clients' time is one of their own, which the date of today would contradict.
    response.sendDate = false;
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://fake');
    const match = /^\/api\/v1\/(?:namespaces\/([^/]+)\/)?pods$/.exec(pathname);
    if (pathname === '/version') answer(response, 200, { gitVersion: 'v1.99.0' });
    else if (match === null)
      answer(response, 404, { kind: 'Status', code: 404, message: 'not found' });
    else if (searchParams.has('watch')) this.#watch(searchParams, match[1] ?? '', response);
    else {
      const compressed = request.headers['accept-encoding'] === 'gzip';
      this.#list(searchParams, match[1] ?? '', response, compressed);
    }
  }

  #in(namespace: string): FakePod[] {
    const all = [...this.#pods.values()];
    return all.filter(({ metadata }) => namespace === '' || metadata.namespace === namespace);
  }

  #list(
    query: URLSearchParams,
    namespace: string,
    response: ServerResponse,
    compressed: boolean,
  ): void {
    const [version = String(this.#version), from = '0'] = (query.get('continue') ?? '')
      .split('@')
      .filter(Boolean);
    if (query.has('continue') && Number(version) < this.#compacted) {
      answer(response, 410, {
        kind: 'Status',
        code: 410,
        reason: 'Expired',
        message: 'The provided continue parameter is too old',
      });
      return;
    }
    const limit = query.has('limit')
      ? Math.min(Number(query.get('limit')), this.#options.page)
      : Infinity;
    const all = this.#in(namespace);
    const end = Number(from) + limit;
    const list = {
      kind: 'PodList',
      apiVersion: 'v1',
      metadata: {
        resourceVersion: version,
        ...(end < all.length ? { continue: `${version}@${end}` } : {}),
      },
      items: all.slice(Number(from), end),
    };
    if (!compressed) answer(response, 200, list);
    else {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' });
      response.end(gzipSync(JSON.stringify(list)));
    }
  }

  #watch(query: URLSearchParams, namespace: string, response: ServerResponse): void {
    const { streamingList } = this.#options;
    const initial = query.has('sendInitialEvents');
    if (initial && streamingList === 'refused') {
      answer(response, 422, {
        kind: 'Status',
        code: 422,
        reason: 'Invalid',
        message: 'sendInitialEvents: Forbidden',
      });
      return;
    }
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.flushHeaders();
    if (initial) {
      for (const pod of this.#in(namespace)) send(response, 'ADDED', pod);
      if (streamingList === 'known') this.#sendBookmark(response, this.#version, true);
    } else {
      const since = Number(query.get('resourceVersion'));
      if (since < this.#compacted) {
        send(response, 'ERROR', {
          kind: 'Status',
          code: 410,
          reason: 'Expired',
          message: 'too old resource version',
        });
        response.end();
        return;
      }
      for (const { version, type, pod } of this.#history) {
        if (version > since) send(response, type, pod);
      }
    }
    const watcher = { response, namespace };
    this.#watchers.add(watcher);
    response.on('close', () => this.#watchers.delete(watcher));
  }

  #sendBookmark(response: ServerResponse, version: number, initialEnd: boolean): void {
    const annotations = initialEnd ? { annotations: { 'k8s.io/initial-events-end': 'true' } } : {};
    const metadata = { resourceVersion: String(version), ...annotations };
    send(response, 'BOOKMARK', { kind: 'Pod', apiVersion: 'v1', metadata });
  }
}

function send(response: ServerResponse, type: string, object: object): void {
  response.write(`${JSON.stringify({ type, object })}\n`);
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

/**
 * A quiet, fast API server in a process of its own: many pods, encoded beforehand, as list, watch
 * and streaming list in JSON and protobuf; a log at any rate; everything else is empty. It is told
 * what to do over the channel of `child_process.fork` (see cluster.ts).
 */
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';
import { LogFaucet } from './log-faucet.ts';
import { encodeNodes, podEncoder, restarted, type Encoded } from './pods.ts';
import { bookmarkEvent, listBody, watchEvent, type Collection } from './wire.ts';

/** What the server is told. */
export type Order =
  | { readonly do: 'events'; readonly perSecond: number }
  /** Pods that leave and pods that come in their place, each a change. */
  | { readonly do: 'churn'; readonly perSecond: number }
  | { readonly do: 'restart'; readonly pod: string; readonly times: number }
  | { readonly do: 'log'; readonly perSecond: number; readonly lines: number };

/** What the server tells, once. */
export interface Ready {
  readonly url: string;
  readonly ca: string;
}

const [PODS, NODES] = process.argv.slice(2).map(Number) as [number, number];
const RECORDED = new URL('../fixtures/apiserver-1.36/', import.meta.url);
/** Real servers send one about once a minute; without them a client gives a watch up. */
const BOOKMARK_MS = 45_000;
/** Events encoded beforehand, sent over and over. */
const EVENTS = 500;

const encodePod = podEncoder(PODS, NODES);
const pods = Array.from({ length: PODS }, (_, i) => encodePod(i));
const collections: Readonly<Record<string, Collection>> = {
  pods: { apiVersion: 'v1', kind: 'Pod', items: pods },
  nodes: { apiVersion: 'v1', kind: 'Node', items: encodeNodes(NODES) },
};
const events = Array.from({ length: Math.min(EVENTS, PODS) }, (_, i) => {
  const pod = pods[Math.floor((i * PODS) / EVENTS) % PODS];
  return pod === undefined ? [] : [restarted(pod, 1 + (i % 9), 1_000_000 + i)];
}).flat();
const initial = new Map<string, readonly Buffer[]>();
const watchers = new Set<{
  readonly response: ServerResponse;
  readonly collection: Collection;
  readonly protobuf: boolean;
}>();
const faucet = new LogFaucet();

const STATIC: Readonly<Record<string, string>> = {
  '/version': readFileSync(new URL('version.json', RECORDED), 'utf8'),
  '/api': readFileSync(new URL('api.discovery.json', RECORDED), 'utf8'),
  '/apis': readFileSync(new URL('apis.discovery.json', RECORDED), 'utf8'),
  '/readyz': 'ok',
  '/livez': 'ok',
};

const REVIEWS: Readonly<Record<string, unknown>> = {
  selfsubjectreviews: { userInfo: { username: 'bench' } },
  selfsubjectaccessreviews: { allowed: true },
  selfsubjectrulesreviews: {
    resourceRules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }],
    nonResourceRules: [],
    incomplete: false,
  },
};

function handle(request: IncomingMessage, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'https://bench');
  const known = STATIC[pathname];
  if (known !== undefined) {
    const asked = request.headers.accept?.split(',')[0] ?? '';
    const type = asked.includes('APIGroupDiscoveryList') ? asked : 'application/json';
    answer(response, 200, known, type);
    return;
  }
  const [, resource = '', name, subresource] =
    /^\/apis?(?:\/[^/]+)?\/v[^/]+(?:\/namespaces\/[^/]+(?=\/))?\/([^/]+)(?:\/([^/]+))?(?:\/([^/]+))?$/.exec(
      pathname,
    ) ?? [];
  const namespace = /\/namespaces\/([^/]+)\//.exec(pathname)?.[1] ?? '';
  const review = REVIEWS[resource];
  if (review !== undefined) answer(response, 201, { kind: 'Review', status: review });
  else if (pathname.includes('metrics.k8s.io')) answer(response, 200, usageOf(resource, namespace));
  else if (resource === '') missing(response, pathname);
  else if (subresource === 'log') faucet.open(response, searchParams.has('follow'));
  else if (name !== undefined) object(response, resource, name);
  else collection(request, response, resource, namespace, searchParams);
}

const usage = new Map<string, Buffer>();

/** What metrics-server tells of all pods, those of a namespace or the nodes, in one piece as it does. */
function usageOf(resource: string, of: string): Buffer {
  const key = `${resource}/${of}`;
  let body = usage.get(key);
  if (body === undefined) {
    const all = collections[resource]?.items ?? [];
    const asked = of === '' ? all : all.filter(({ namespace }) => namespace === of);
    const items = asked.map(({ name, namespace }, i) => {
      const used = {
        cpu: `${(i * 7919) % 900}123456n`,
        memory: `${100_000 + ((i * 31) % 9999)}Ki`,
      };
      const containers = resource === 'pods' ? { containers: [{ name: 'app', usage: used }] } : {};
      return {
        metadata: { name, namespace, creationTimestamp: '2026-01-01T00:00:00Z' },
        timestamp: '2026-01-01T00:00:00Z',
        window: '15s',
        ...(resource === 'pods' ? containers : { usage: used }),
      };
    });
    const kind = resource === 'pods' ? 'PodMetricsList' : 'NodeMetricsList';
    const list = { kind, apiVersion: 'metrics.k8s.io/v1beta1', metadata: {}, items };
    body = Buffer.from(JSON.stringify(list));
    usage.set(key, body);
  }
  return body;
}

function object(response: ServerResponse, resource: string, name: string): void {
  const found = collections[resource]?.items.find((item) => item.name === name);
  if (found === undefined) missing(response, `${resource} "${name}"`);
  else answer(response, 200, found.json);
}

function collection(
  request: IncomingMessage,
  response: ServerResponse,
  resource: string,
  namespace: string,
  query: URLSearchParams,
): void {
  const all = collections[resource] ?? { apiVersion: 'v1', kind: 'Nothing', items: [] };
  const protobuf =
    resource in collections && (request.headers.accept ?? '').includes('kubernetes.protobuf');
  const items =
    namespace === '' ? all.items : all.items.filter((item) => item.namespace === namespace);
  const of = { ...all, items };
  const type = protobuf ? 'application/vnd.kubernetes.protobuf' : 'application/json';
  if (!/^(1|true)$/.test(query.get('watch') ?? '')) {
    const limit = Number(query.get('limit') ?? 0) || Infinity;
    const from = Number(query.get('continue') ?? 0);
    answer(response, 200, listBody(of, from, limit, protobuf), type);
    return;
  }
  response.writeHead(200, { 'Content-Type': protobuf ? `${type};stream=watch` : type });
  response.flushHeaders();
  if (query.has('sendInitialEvents')) {
    for (const chunk of initialEvents(`${resource}/${namespace}/${protobuf}`, of, protobuf)) {
      response.write(chunk);
    }
  }
  const watcher = { response, collection: all, protobuf };
  watchers.add(watcher);
  response.on('close', () => watchers.delete(watcher));
}

/** The events of a streaming list in pieces of the size that a TLS record has. */
function initialEvents(key: string, of: Collection, protobuf: boolean): readonly Buffer[] {
  let chunks = initial.get(key);
  if (chunks === undefined) {
    const frames = of.items.map((item) => watchEvent('ADDED', of, item, protobuf));
    const all = Buffer.concat([...frames, bookmarkEvent(of, true, protobuf)]);
    chunks = Array.from({ length: Math.ceil(all.length / 16_384) }, (_, i) =>
      all.subarray(i * 16_384, (i + 1) * 16_384),
    );
    initial.set(key, chunks);
  }
  return chunks;
}

function tellPod(type: 'ADDED' | 'MODIFIED' | 'DELETED', pod: Encoded): void {
  for (const { response, collection: of, protobuf } of watchers) {
    if (of.kind === 'Pod') response.write(watchEvent(type, of, pod, protobuf));
  }
}

let made = PODS;

/** Another pod takes the place of the one that has been there longest. */
function replace(): void {
  const place = made % PODS;
  const pod = encodePod(made++);
  const before = pods[place];
  pods[place] = pod;
  // What was encoded of all of them is no longer so.
  initial.clear();
  usage.clear();
  if (before !== undefined) tellPod('DELETED', before);
  tellPod('ADDED', pod);
}

function missing(response: ServerResponse, what: string): void {
  const status = { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'NotFound' };
  answer(response, 404, { ...status, code: 404, message: `${what} not found` });
}

function answer(
  response: ServerResponse,
  code: number,
  body: unknown,
  type = 'application/json',
): void {
  const bytes = Buffer.isBuffer(body) || typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(code, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(bytes) });
  response.end(bytes);
}

let ticking: NodeJS.Timeout | undefined;
let sent = 0;

/** Does something so often, spread evenly, in ticks of at most a hundred a second. */
function repeat(perSecond: number, something: () => void): void {
  clearInterval(ticking);
  if (perSecond === 0) return;
  const every = Math.max(10, 1000 / perSecond);
  ticking = setInterval(() => {
    for (let n = Math.round((perSecond * every) / 1000); n > 0; n--) something();
  }, every);
}

function emit(): void {
  const pod = events[sent++ % events.length];
  if (pod !== undefined) tellPod('MODIFIED', pod);
}

process.on('message', (order: Order) => {
  if (order.do === 'events') repeat(order.perSecond, emit);
  else if (order.do === 'churn') repeat(order.perSecond / 2, replace);
  else if (order.do === 'log') faucet.run(order.perSecond, order.lines);
  else {
    const pod = pods.find(({ name }) => name === order.pod);
    if (pod !== undefined)
      tellPod('MODIFIED', restarted(pod, order.times, 2_000_000 + order.times));
  }
});
process.on('disconnect', () => process.exit(0));

setInterval(() => {
  for (const { response, collection: of, protobuf } of watchers) {
    response.write(bookmarkEvent(of, false, protobuf));
  }
}, BOOKMARK_MS);

// The answer to the question that every program asks first is there before it is asked.
for (const [resource, all] of Object.entries(collections)) {
  initialEvents(`${resource}//true`, all, true);
}

const pem = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
  extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
});
const server = https.createServer({ key: pem.private, cert: pem.cert }, handle);
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.send?.({ url: `https://127.0.0.1:${port}`, ca: pem.cert } satisfies Ready);
});

/**
 * Many pods and nodes for the benchmark's API server, made of the recorded ones: each keeps the
 * size and shape that a real API server gave it, and gets an identity and a place of its own.
 * Encoded once, in JSON and in protobuf, so that serving them costs next to nothing.
 */
import { readFileSync } from 'node:fs';
import { get, put, type Change } from './protobuf.ts';

const RECORDED = new URL('../fixtures/', import.meta.url);

/** One object as both encodings carry it. */
export interface Encoded {
  readonly name: string;
  readonly namespace: string;
  readonly json: string;
  readonly protobuf: Buffer;
}

interface Identity {
  readonly name: string;
  readonly generateName?: string;
  readonly namespace: string;
  readonly uid: string;
  readonly resourceVersion: string;
  /** Seconds since 1970. */
  readonly created: number;
}

interface JsonObject {
  metadata: Record<string, unknown>;
  spec: Record<string, unknown>;
  status: Record<string, unknown>;
}

/** Old enough for ages to be told in days: the screen is still while nothing happens. */
const CREATED = Math.floor(Date.now() / 1000) - 20 * 86_400;
const NAMESPACES = 40;
const PODS_PER_WORKLOAD = 20;

/** The recorded pods that are made many of, and how many of a hundred each becomes. */
const SHARES: readonly (readonly [recorded: RegExp, share: number])[] = [
  [/^api-.*v7278$/, 60],
  [/^db-0$/, 20],
  [/^report-/, 16],
  [/^st-crash$/, 2],
  [/^st-oom$/, 2],
];

/**
 * Makes pods on `nodes` nodes: by its number each is another, in the same place of as many as a
 * cluster has it is another pod of the same workload.
 * @param count how many the cluster has
 */
export function podEncoder(count: number, nodes: number): (i: number) => Encoded {
  const templates = podTemplates();
  return (i) => {
    const { json, protobuf } = templates[i % templates.length] ?? bug();
    const workload = Math.floor((i % count) / PODS_PER_WORKLOAD);
    const owner = `service-${workload}-${hash(workload)}`;
    const identity = {
      name: `${owner}-${hash(i).slice(0, 5)}${i < count ? '' : Math.floor(i / count).toString(36)}`,
      generateName: `${owner}-`,
      namespace: `team-${workload % NAMESPACES}`,
      uid: uid('a', i),
      resourceVersion: String(1000 + i),
      created: CREATED - (i % count) * 60,
    };
    const node = (i * 7919) % nodes;
    const nodeName = nameOfNode(node);
    const hostIP = `10.0.${node >> 8}.${node & 255}`;
    const podIP = `10.${1 + ((i >> 16) & 127)}.${(i >> 8) & 255}.${i & 255}`;
    const object: JsonObject = {
      ...json,
      metadata: renamed(json, identity),
      spec: { ...json.spec, nodeName },
      status: { ...json.status, hostIP, podIP, podIPs: [{ ip: podIP }] },
    };
    const changes: readonly Change[] = [
      ...renames(identity),
      [[2, 10], nodeName],
      [[3, 5], hostIP],
      [[3, 6], podIP],
      [[3, 12, 1], podIP],
    ];
    return encoded(identity, 'v1', 'Pod', object, put(protobuf, changes));
  };
}

/** `count` nodes of one node group. */
export function encodeNodes(count: number): Encoded[] {
  const json = read('encoded/nodes.json') as JsonObject;
  const protobuf = unwrapped('encoded/nodes.pb');
  return Array.from({ length: count }, (_, i) => {
    const identity = {
      name: nameOfNode(i),
      namespace: '',
      uid: uid('b', i),
      resourceVersion: String(500 + i),
      created: CREATED - i * 60,
    };
    const object = { ...json, metadata: renamed(json, identity) };
    return encoded(identity, 'v1', 'Node', object, put(protobuf, renames(identity)));
  });
}

/** The pod as it looks after one of its containers restarted once more. */
export function restarted(pod: Encoded, times: number, resourceVersion: number): Encoded {
  const object = JSON.parse(pod.json) as JsonObject;
  const statuses = (object.status['containerStatuses'] ?? []) as Record<string, unknown>[];
  object.metadata['resourceVersion'] = String(resourceVersion);
  object.status['containerStatuses'] = statuses.map((one) => ({ ...one, restartCount: times }));
  const protobuf = put(pod.protobuf, [
    [[1, 6], String(resourceVersion)],
    [[3, 8, 5], times],
  ]);
  return { ...pod, json: JSON.stringify(object), protobuf };
}

function podTemplates(): { readonly json: JsonObject; readonly protobuf: Buffer }[] {
  const jsons = (read('apiserver-1.36/pods.json') as { items: JsonObject[] }).items;
  const protobufs = itemsOf('apiserver-1.36/pods.pb');
  return SHARES.flatMap(([recorded, share]) => {
    const i = jsons.findIndex(({ metadata }) => recorded.test(String(metadata['name'])));
    const [json, protobuf] = [jsons[i], protobufs[i]];
    if (json === undefined || protobuf === undefined) return bug();
    return Array<{ json: JsonObject; protobuf: Buffer }>(share).fill({ json, protobuf });
  });
}

function renamed(template: JsonObject, identity: Identity): Record<string, unknown> {
  const { created, ...metadata } = identity;
  const creationTimestamp = new Date(created * 1000).toISOString().replace('.000', '');
  return { ...template.metadata, ...metadata, creationTimestamp };
}

/** Field numbers of ObjectMeta in k8s.io/apimachinery's generated.proto; the seconds are Time's. */
function renames(identity: Identity): readonly Change[] {
  const { name, generateName, namespace, uid: id, resourceVersion, created } = identity;
  return [
    [[1, 1], name],
    [[1, 2], generateName ?? ''],
    [[1, 3], namespace],
    [[1, 5], id],
    [[1, 6], resourceVersion],
    [[1, 8, 1], created],
  ];
}

function encoded(
  { name, namespace }: Identity,
  apiVersion: string,
  kind: string,
  object: JsonObject,
  protobuf: Buffer,
): Encoded {
  return { name, namespace, json: JSON.stringify({ kind, apiVersion, ...object }), protobuf };
}

/** The items of a recorded protobuf list. */
function itemsOf(path: string): Buffer[] {
  return get(unwrapped(path), 2);
}

/** A recorded protobuf body without its magic and envelope. */
function unwrapped(path: string): Buffer {
  return get(readFileSync(new URL(path, RECORDED)).subarray(4), 2)[0] ?? bug();
}

function read(path: string): unknown {
  return JSON.parse(readFileSync(new URL(path, RECORDED), 'utf8'));
}

function nameOfNode(i: number): string {
  return `ip-10-0-${i >> 8}-${i & 255}.eu-central-1.compute.internal`;
}

function uid(prefix: string, i: number): string {
  return `${prefix}0000000-0000-4000-8000-${i.toString(16).padStart(12, '0')}`;
}

/** Ten letters and digits that look as pod template hashes do, the same in every run. */
function hash(i: number): string {
  const mixed = Math.imul(i + 1, 0x9e3779b1) >>> 0;
  return (mixed.toString(36) + Math.imul(mixed, 0x85ebca6b).toString(36).replace('-', '')).slice(
    0,
    10,
  );
}

function bug(): never {
  throw new Error('the recorded objects are not what the benchmark expects');
}

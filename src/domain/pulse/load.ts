/** How full nodes are together: of what pods ask, and of what they use. */
import type { NodeRow } from '../rows.ts';
import type { Share } from '../share.ts';

/** What nodes have and bear together. */
export interface Load {
  readonly nodes: number;
  /** Those of them that are ready. */
  readonly ready: number;
  /** Those that take pods as they come: a node of Fargate is made for its one pod. */
  readonly hosts: number;
  /** Pods on hosts, of the pods that they take. */
  readonly slots: Share;
  /** Requests on hosts, of what can be requested there (cores, bytes). */
  readonly cpu: Share;
  readonly memory: Share;
  /** Usage of the hosts whose usage is known, of what can be requested there. */
  readonly cpuUsed: Share;
  readonly memoryUsed: Share;
}

/** The load of some nodes together. */
export function loadOf(nodes: Iterable<NodeRow>): Load {
  const rows = [...nodes];
  const hosts = rows.filter(({ compute }) => compute !== 'fargate');
  const measured = hosts.filter(({ cpu, memory }) => cpu !== null && memory !== null);
  return {
    nodes: rows.length,
    ready: rows.filter(({ isReady }) => isReady).length,
    hosts: hosts.length,
    slots: share(hosts, 'pods', 'podsAllocatable'),
    cpu: share(hosts, 'cpuRequested', 'cpuAllocatable'),
    memory: share(hosts, 'memoryRequested', 'memoryAllocatable'),
    cpuUsed: share(measured, 'cpu', 'cpuAllocatable'),
    memoryUsed: share(measured, 'memory', 'memoryAllocatable'),
  };
}

type Amount = 'pods' | 'cpuRequested' | 'memoryRequested' | 'cpu' | 'memory';
type Allocatable = 'podsAllocatable' | 'cpuAllocatable' | 'memoryAllocatable';

function share(nodes: readonly NodeRow[], what: Amount, of: Allocatable): Share {
  let known: number | null = nodes.length === 0 ? null : 0;
  let all = 0;
  for (const node of nodes) {
    const amount = node[what];
    known = known === null || amount === null ? null : known + amount;
    all += node[of];
  }
  return { used: known, of: all };
}

/** Several loads as one. */
export function together(loads: readonly Load[]): Load {
  const borne = loads.filter(({ hosts }) => hosts > 0);
  const total = (field: 'nodes' | 'ready' | 'hosts'): number =>
    loads.reduce((sum, load) => sum + load[field], 0);
  return {
    nodes: total('nodes'),
    ready: total('ready'),
    hosts: total('hosts'),
    slots: sumOf(borne.map(({ slots }) => slots)),
    cpu: sumOf(borne.map(({ cpu }) => cpu)),
    memory: sumOf(borne.map(({ memory }) => memory)),
    cpuUsed: sumOf(known(borne.map(({ cpuUsed }) => cpuUsed))),
    memoryUsed: sumOf(known(borne.map(({ memoryUsed }) => memoryUsed))),
  };
}

/** Of usage, what was not measured is left out on both sides. */
const known = (shares: readonly Share[]): readonly Share[] =>
  shares.filter(({ used }) => used !== null);

function sumOf(shares: readonly Share[]): Share {
  let used: number | null = shares.length === 0 ? null : 0;
  let of = 0;
  for (const each of shares) {
    used = used === null || each.used === null ? null : used + each.used;
    of += each.of;
  }
  return { used, of };
}

/** What is read of a pod's containers. */
import { isSidecar } from '../pod-status.ts';
import type { ContainerExit, ContainerInfo, ContainerSpec } from '../container.ts';
import { amount } from '../wire/amount.ts';
import {
  bool,
  count,
  inlined,
  int,
  optionalPart,
  part,
  parts,
  present,
  prose,
  quantities,
  time,
  word,
} from '../wire/field.ts';
import { hashed, intern, internList, Pool } from '../wire/intern.ts';
import { message, type Read } from '../wire/message.ts';
import { VARIABLE, VARIABLES } from '../wire/references.ts';

export const RESOURCES = message({
  limits: quantities(1, ['cpu', 'memory']),
  requests: quantities(2, ['cpu', 'memory']),
});

/** core/v1 Container, and what an ephemeral container has in common with it. */
export const CONTAINER = message({
  name: word(1),
  image: word(2),
  ports: parts(6, message({ name: word(1), containerPort: int(3), protocol: word(4) })),
  env: parts(7, VARIABLE),
  resources: part(8, RESOURCES),
  livenessProbe: present(10),
  readinessProbe: present(11),
  envFrom: parts(19, VARIABLES),
  startupProbe: present(22),
  restartPolicy: word(24),
});

export const EPHEMERAL_CONTAINER = message({ common: inlined(1, CONTAINER) });

const TERMINATED = message({
  exitCode: int(1),
  signal: int(2),
  reason: word(3),
  message: prose(4),
  finishedAt: time(6),
});

const STATE = message({
  waiting: optionalPart(1, message({ reason: word(1), message: prose(2) })),
  running: optionalPart(2, message({ startedAt: time(1) })),
  terminated: optionalPart(3, TERMINATED),
});

/** core/v1 ContainerStatus. */
export const CONTAINER_STATUS = message({
  name: word(1),
  state: part(2, STATE),
  lastState: part(3, STATE),
  ready: bool(4),
  restartCount: count(5),
  started: bool(9),
  allocatedResources: quantities(10, ['cpu', 'memory']),
  resources: optionalPart(11, RESOURCES),
});

type Container = Read<typeof CONTAINER>;
type Status = Read<typeof CONTAINER_STATUS>;

/** The parts of a pod's status that tell of a resize. */
interface ResizeStatus {
  readonly conditions: readonly { readonly type: string; readonly reason: string }[];
  readonly initContainerStatuses: readonly Status[];
  readonly containerStatuses: readonly Status[];
}

/** What a container of a pod counts for: its request or limit of one resource, 0 where it has none. */
export type Demand = (
  container: Container,
  what: 'requests' | 'limits',
  resource: 'cpu' | 'memory',
) => number;

/**
 * What the containers of a pod count for, also while they are resized in place. A request is the
 * most of what is asked for, what the node has set aside and what is in force; what is asked for
 * does not count where the node can never give it (in Kubernetes, PodRequests with the resources of
 * the status). A limit is what is asked for. `kubectl describe node` adds up just these.
 */
export function demandOf(status: ResizeStatus): Demand {
  const infeasible = status.conditions.some(
    ({ type, reason }) => type === 'PodResizePending' && reason === 'Infeasible',
  );
  const resized = new Map<string, Status>();
  for (const each of [...status.initContainerStatuses, ...status.containerStatuses]) {
    if (each.resources !== null) resized.set(each.name, each);
  }
  return (container, what, resource) => {
    const asked = amount(container.resources[what][resource]);
    const state = resized.get(container.name);
    if (what === 'limits' || !state) return asked;
    const inForce = amount(state.resources?.requests[resource]);
    const setAside = amount(state.allocatedResources[resource]);
    return Math.max(infeasible ? 0 : asked, inForce, setAside);
  };
}

/** A container of a pod: what its spec asks for and what its status tells. */
export function containerInfo(
  spec: Container,
  kind: 'init' | 'main' | 'ephemeral',
  statuses: readonly Status[],
): ContainerInfo {
  const status = statuses.find(({ name }) => name === spec.name);
  const { waiting, running, terminated } = status?.state ?? STATE.empty;
  // A node that can resize containers tells what is in force.
  const { requests, limits } = status?.resources ?? spec.resources;
  const ended = terminated ?? status?.lastState.terminated;
  return {
    name: spec.name,
    role: kind === 'init' && isSidecar(spec) ? 'sidecar' : kind,
    image: spec.image,
    // A status without a state means waiting; without a status nothing is known yet.
    state: terminated ? 'terminated' : running ? 'running' : status ? 'waiting' : 'unknown',
    reason: (terminated ?? waiting)?.reason ?? '',
    message: (terminated ?? waiting)?.message ?? '',
    since: terminated?.finishedAt ?? running?.startedAt ?? 0,
    ready: status?.ready ?? false,
    restarts: status?.restartCount ?? 0,
    lastExit: ended ? containerExit(ended) : null,
    spec: specs.one({
      cpuRequest: amount(requests['cpu']),
      memoryRequest: amount(requests['memory']),
      cpuLimit: amount(limits['cpu']),
      memoryLimit: amount(limits['memory']),
      ports: portTexts(spec.ports),
      probes: probeText(spec),
    }),
  };
}

const specs = new Pool<ContainerSpec>(
  ({ cpuRequest, memoryRequest, cpuLimit, memoryLimit, ports, probes }) =>
    ports.reduce(hashed, hashed(0, probes)) +
    1000 * (cpuRequest + 3 * cpuLimit) +
    (memoryRequest + 3 * memoryLimit) / 65_536,
  (a, b) =>
    a.cpuRequest === b.cpuRequest &&
    a.memoryRequest === b.memoryRequest &&
    a.cpuLimit === b.cpuLimit &&
    a.memoryLimit === b.memoryLimit &&
    a.ports === b.ports &&
    a.probes === b.probes,
);

function containerExit(state: Read<typeof TERMINATED>): ContainerExit {
  const { reason, exitCode, message: said, finishedAt } = state;
  return { reason, exitCode, at: finishedAt, message: said };
}

const NO_PORTS: readonly string[] = [];

function portTexts(ports: Container['ports']): readonly string[] {
  if (ports.length === 0) return NO_PORTS;
  return internList(
    ports.map(({ name, containerPort, protocol }) =>
      intern(`${name && `${name}:`}${containerPort}/${protocol || 'TCP'}`),
    ),
  );
}

function probeText(spec: Container): string {
  const probes: string[] = [];
  if (spec.livenessProbe) probes.push('liveness');
  if (spec.readinessProbe) probes.push('readiness');
  if (spec.startupProbe) probes.push('startup');
  return intern(probes.join(' '));
}

/** Which ports can be forwarded, and to which pods: behind services, workloads and pods. */
import type { ObjectRow, PodRow, ServiceRow, WorkloadRow } from '../../domain/rows.ts';
import { isPodOf } from '../../domain/workload-pods.ts';
import type { Query } from '../../ports/query.ts';
import type { ObjectTarget } from '../targets/object-target.ts';

/** A port that a target names. */
export interface NamedPort {
  /** As kubectl is told. */
  readonly port: number;
  readonly name: string;
  /** Who has it: the container, or where a service leads. */
  readonly detail: string;
}

/** What a port may be. */
export const MOST_PORT = 65_535;

/** Pods behind a target that can be reached, the ready ones first, then by name. */
export function podsBehind({ table, row }: ObjectTarget, query: Query): readonly PodRow[] {
  const isBehind = membership(table, row);
  return [...query.rows('pods')]
    .filter((pod) => pod.gone === 0 && pod.deleting === 0 && pod.phase === 'Running')
    .filter(isBehind)
    .sort((a, b) => Number(b.isReady) - Number(a.isReady) || (a.name < b.name ? -1 : 1));
}

function membership(table: ObjectTarget['table'], row: ObjectRow): (pod: PodRow) => boolean {
  if (table === 'pods') return ({ uid }) => uid === row.uid;
  if (table !== 'services') return isPodOf(row as WorkloadRow);
  const labels = Object.entries((row as ServiceRow).selector);
  return (pod) =>
    pod.namespace === row.namespace &&
    labels.length > 0 &&
    labels.every(([key, value]) => pod.labels[key] === value);
}

/** The TCP ports that a target names, each once. */
export function portsOf(target: ObjectTarget, query: Query): readonly NamedPort[] {
  const [pod] = podsBehind(target, query);
  if (target.table !== 'services') return pod === undefined ? [] : podPorts(pod, target.part);
  return (target.row as ServiceRow).ports
    .filter(({ protocol }) => protocol === 'TCP' || protocol === '')
    .map(({ name, port, targetPort }) => ({
      port,
      name,
      detail: ['', String(port)].includes(targetPort) ? '' : `to ${targetPort} of the pod`,
    }));
}

/** Those of all its containers, or of one. */
function podPorts({ containers }: PodRow, only?: string): readonly NamedPort[] {
  const found = new Map<number, NamedPort>();
  for (const { name: container, spec } of containers) {
    if (only !== undefined && container !== only) continue;
    for (const text of spec.ports) {
      const [, name = '', number = ''] = /^(?:(.*):)?(\d+)\/TCP$/.exec(text) ?? [];
      const port = Number(number);
      if (port > 0 && !found.has(port)) found.set(port, { port, name, detail: container });
    }
  }
  return [...found.values()];
}

/**
 * The pod's own port behind a port of the target.
 * @throws Error where a service leads to a port by a name that the pod has not
 */
export function podPort({ table, row }: ObjectTarget, port: number, pod: PodRow): number {
  if (table !== 'services') return port;
  const named = (row as ServiceRow).ports.find((each) => each.port === port);
  // A headless service leads to the pods' own ports, whatever it maps.
  const wanted = named?.targetPort ?? '';
  if (wanted === '' || (row as ServiceRow).clusterIP === 'None') return port;
  const own = /^\d+$/.test(wanted)
    ? Number(wanted)
    : podPorts(pod).find(({ name }) => name === wanted)?.port;
  if (own === undefined)
    throw new Error(`pod ${pod.name} has no port ${wanted}, to which service ${row.name} leads`);
  return own;
}

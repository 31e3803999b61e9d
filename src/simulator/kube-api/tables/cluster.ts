import { conditionOf } from '../../world/objects.ts';
import type { Endpoints, EndpointSlice, KubeEvent, Service } from '../../world/network-objects.ts';
import type { KubeNode, KubeObject } from '../../world/objects.ts';
import { age, columns } from './human.ts';
import type { TableShape } from './human.ts';

export const NODES: TableShape<KubeNode> = {
  columns: columns(
    'Name, Status, Roles, Age, Version, Internal-IP+, External-IP+, OS-Image+, Kernel-Version+, Container-Runtime+',
  ),
  cells: ({ metadata, spec, status }, now) => {
    const ready = conditionOf(status.conditions, 'Ready')?.status;
    const state = ready === 'True' ? 'Ready' : ready === undefined ? 'Unknown' : 'NotReady';
    const address = (type: string): string =>
      status.addresses?.find((each) => each.type === type)?.address ?? '<none>';
    const roles = Object.keys(metadata.labels ?? {})
      .filter((label) => label.startsWith('node-role.kubernetes.io/'))
      .map((label) => label.slice(24));
    return [
      metadata.name,
      spec.unschedulable ? `${state},SchedulingDisabled` : state,
      roles.join(',') || '<none>',
      age(metadata.creationTimestamp, now),
      status.nodeInfo['kubeletVersion'] ?? '',
      address('InternalIP'),
      address('ExternalIP'),
      status.nodeInfo['osImage'] || '<unknown>',
      status.nodeInfo['kernelVersion'] || '<unknown>',
      status.nodeInfo['containerRuntimeVersion'] || '<unknown>',
    ];
  },
};

export const SERVICES: TableShape<Service> = {
  columns: columns('Name, Type, Cluster-IP, External-IP, Port(s), Age, Selector+'),
  cells: ({ metadata, spec, status }, now) => [
    metadata.name,
    spec.type,
    spec.clusterIP ?? '<none>',
    externalIp(spec, status),
    (spec.ports ?? [])
      .map((port) => `${port.port}${port.nodePort ? `:${port.nodePort}` : ''}/${port.protocol}`)
      .join(',') || '<none>',
    age(metadata.creationTimestamp, now),
    Object.entries(spec.selector ?? {})
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => `${key}=${value}`)
      .join(',') || '<none>',
  ],
};

function externalIp(spec: Service['spec'], status: Service['status']): string {
  if (spec.type === 'ExternalName') return spec.externalName ?? '';
  if (spec.type !== 'LoadBalancer') return '<none>';
  const hosts = (status.loadBalancer.ingress ?? []).map((each) => each.hostname).join(',');
  if (!hosts) return '<pending>';
  // The wide form has the whole name too: the server cuts it in neither for clients that ask for Tables.
  return hosts;
}

export const EVENTS: TableShape<KubeEvent> = {
  columns: columns(
    'Last Seen, Type, Reason, Object, Subobject+, Source+, Message, First Seen+, Count+, Name+',
  ),
  cells: (event, now) => {
    const series = (event as { series?: { count: number; lastObservedTime: string } }).series;
    const first = event.firstTimestamp ?? event.eventTime;
    const last = series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime;
    const count = series?.count ?? event.count ?? 1;
    // Those of clients may leave out what it is about.
    const about: Partial<KubeEvent['involvedObject']> = event.involvedObject;
    const source = event.source.component
      ? [event.source.component, event.source.host]
      : [event.reportingComponent, event.reportingInstance];
    return [
      age(last, now),
      event.type,
      event.reason,
      `${(about.kind ?? '').toLowerCase()}/${about.name ?? ''}`,
      about.fieldPath ?? '',
      source.filter(Boolean).join(', '),
      event.message.trim(),
      age(first, now),
      count,
      event.metadata.name,
    ];
  },
};

export const NAMESPACES: TableShape<KubeObject> = {
  columns: columns('Name, Status, Age'),
  cells: ({ metadata, status }, now) => [
    metadata.name,
    (status as { phase?: string } | undefined)?.phase ?? '',
    age(metadata.creationTimestamp, now),
  ],
};

export const ENDPOINT_SLICES: TableShape<EndpointSlice> = {
  columns: columns('Name, AddressType, Ports, Endpoints, Age'),
  cells: ({ metadata, addressType, ports, endpoints }, now) => [
    metadata.name,
    addressType,
    short(
      ports.map(({ port }) => String(port)),
      '<unset>',
    ),
    short(
      endpoints.flatMap((each) => each.addresses),
      '<unset>',
    ),
    age(metadata.creationTimestamp, now),
  ],
};

export const ENDPOINTS: TableShape<Endpoints> = {
  columns: columns('Name, Endpoints, Age'),
  cells: ({ metadata, subsets }, now) => [
    metadata.name,
    subsets.length === 0
      ? '<none>'
      : short(
          subsets.flatMap(({ addresses = [], ports }) =>
            ports.flatMap(({ port }) => addresses.map(({ ip }) => `${ip}:${port}`)),
          ),
          '',
        ),
    age(metadata.creationTimestamp, now),
  ],
};

export const CONFIG_MAPS: TableShape<KubeObject> = {
  columns: columns('Name, Data, Age'),
  cells: (object, now) => [
    object.metadata.name,
    keys(object),
    age(object.metadata.creationTimestamp, now),
  ],
};

export const SECRETS: TableShape<KubeObject> = {
  columns: columns('Name, Type, Data, Age'),
  cells: (object, now) => [
    object.metadata.name,
    (object as { type?: string }).type ?? 'Opaque',
    keys(object),
    age(object.metadata.creationTimestamp, now),
  ],
};

export const LEASES: TableShape<KubeObject> = {
  columns: columns('Name, Holder, Age'),
  cells: ({ metadata, spec }, now) => [
    metadata.name,
    (spec as { holderIdentity?: string } | undefined)?.holderIdentity ?? '',
    age(metadata.creationTimestamp, now),
  ],
};

interface ApiServiceSpec {
  readonly service?: { readonly namespace: string; readonly name: string };
}

interface ApiServiceStatus {
  readonly conditions?: readonly { readonly status: string; readonly reason: string }[];
}

export const API_SERVICES: TableShape<KubeObject> = {
  columns: columns('Name, Service, Available, Age'),
  cells: ({ metadata, spec, status }, now) => {
    const { service } = (spec ?? {}) as ApiServiceSpec;
    const [told] = ((status ?? {}) as ApiServiceStatus).conditions ?? [];
    return [
      metadata.name,
      service === undefined ? 'Local' : `${service.namespace}/${service.name}`,
      told?.status === 'True' ? 'True' : `${told?.status ?? 'Unknown'} (${told?.reason ?? ''})`,
      age(metadata.creationTimestamp, now),
    ];
  },
};

/** Kinds without columns of their own. */
export const PLAIN: TableShape<KubeObject> = {
  columns: columns('Name, Age'),
  cells: ({ metadata }, now) => [metadata.name, age(metadata.creationTimestamp, now)],
};

/** Kinds of which the server tells no more than when each object was made. */
export const CREATED: TableShape<KubeObject> = {
  columns: columns('Name, Created At', [], { 'Created At': 'date' }),
  cells: ({ metadata }) => [metadata.name, metadata.creationTimestamp],
};

function keys(object: KubeObject): number {
  const { data = {}, binaryData = {} } = object as { data?: object; binaryData?: object };
  return Object.keys(data).length + Object.keys(binaryData).length;
}

function short(values: readonly string[], none: string): string {
  if (values.length === 0) return none;
  const shown = values.slice(0, 3).join(',');
  return values.length > 3 ? `${shown} + ${values.length - 3} more...` : shown;
}

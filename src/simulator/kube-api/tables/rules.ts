/** How what bounds and leads others is printed: quotas, limits, priorities, policies, ingresses. */
import type { KubeObject, Labels, LabelSelector } from '../../world/objects.ts';
import { selectorText } from '../../world/selectors.ts';
import { age, columns, type TableShape } from './human.ts';
import { defaultName } from './storage.ts';

export const RESOURCE_QUOTAS: TableShape<KubeObject> = {
  columns: columns('Name, Request, Limit, Age'),
  cells: ({ metadata, status }, now) => {
    const { hard = {}, used = {} } = (status ?? {}) as { hard?: Labels; used?: Labels };
    const told = (limits: boolean): string =>
      Object.keys(hard)
        .filter((name) => name.startsWith('limits') === limits)
        .sort()
        .map((name) => `${name}: ${used[name] ?? '0'}/${hard[name] ?? ''}`)
        .join(', ');
    return [metadata.name, told(false), told(true), age(metadata.creationTimestamp, now)];
  },
};

export const PRIORITY_CLASSES: TableShape<KubeObject> = {
  columns: columns('Name, Value, Global-Default, Age, PreemptionPolicy', ['Value'], {
    'Global-Default': 'boolean',
  }),
  cells: (object, now) => {
    const { value, globalDefault, preemptionPolicy } = object as {
      value?: number;
      globalDefault?: boolean;
      preemptionPolicy?: string;
    };
    return [
      object.metadata.name,
      value ?? 0,
      globalDefault ?? false,
      age(object.metadata.creationTimestamp, now),
      preemptionPolicy ?? '',
    ];
  },
};

export const NETWORK_POLICIES: TableShape<KubeObject> = {
  columns: columns('Name, Pod-Selector, Age'),
  cells: ({ metadata, spec }, now) => [
    metadata.name,
    selectorText((spec as { podSelector?: LabelSelector } | undefined)?.podSelector),
    age(metadata.creationTimestamp, now),
  ],
};

export const INGRESS_CLASSES: TableShape<KubeObject> = {
  columns: columns('Name, Controller, Parameters, Age'),
  cells: (object, now) => {
    const { controller = '', parameters } = (object.spec ?? {}) as {
      controller?: string;
      parameters?: { apiGroup?: string; kind: string; name: string };
    };
    const { apiGroup, kind = '', name = '' } = parameters ?? {};
    return [
      defaultName(object, 'ingressclass.kubernetes.io/is-default-class'),
      controller,
      parameters ? `${kind}${apiGroup === undefined ? '' : `.${apiGroup}`}/${name}` : '<none>',
      age(object.metadata.creationTimestamp, now),
    ];
  },
};

interface Ingress {
  readonly spec?: {
    readonly ingressClassName?: string;
    readonly tls?: readonly object[];
    readonly rules?: readonly { readonly host?: string }[];
  };
  readonly status?: {
    readonly loadBalancer?: {
      readonly ingress?: readonly { readonly hostname?: string; readonly ip?: string }[];
    };
  };
}

export const INGRESSES: TableShape<KubeObject> = {
  columns: columns('Name, Class, Hosts, Address, Ports, Age'),
  cells: (object, now) => {
    const { spec = {}, status = {} } = object as Ingress;
    const addresses = status.loadBalancer?.ingress ?? [];
    return [
      object.metadata.name,
      spec.ingressClassName ?? '<none>',
      hosts(spec.rules ?? []),
      addresses.map(({ ip, hostname }) => ip ?? hostname ?? '').join(','),
      (spec.tls ?? []).length > 0 ? '80, 443' : '80',
      age(object.metadata.creationTimestamp, now),
    ];
  },
};

const SHOWN = 3;

function hosts(rules: readonly { readonly host?: string }[]): string {
  const all = rules.map(({ host }) => host ?? '*');
  const more = all.length - SHOWN;
  const shown = all.slice(0, SHOWN).join(',');
  return more > 0 ? `${shown} + ${more} more...` : shown || '*';
}

/** Of both kinds of admission webhook configurations. */
export const WEBHOOKS: TableShape<KubeObject> = {
  columns: columns('Name, Webhooks, Age', ['Webhooks']),
  cells: (object, now) => {
    const { webhooks = [] } = object as { webhooks?: readonly unknown[] };
    const { name, creationTimestamp } = object.metadata;
    return [name, webhooks.length, age(creationTimestamp, now)];
  },
};

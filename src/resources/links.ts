/** Where keys lead from one pane to another. */
import { KUBE_TABLES } from '../domain/tables/index.ts';
import type { TraceRow } from '../domain/tables/traces.ts';
import type { UpdatedKind } from '../domain/tables/updates.ts';
import type { BaseRow, ObjectRow, PodRow } from '../domain/rows.ts';
import { shortZone } from '../domain/zones.ts';
import type { Query } from '../ports/query.ts';
import type { Link, LinkTarget } from './define.ts';
import type { Enter } from './enter.ts';

type Target = LinkTarget | { readonly none: string };

/** To the requests that X-Ray saw go through what bears the name of a service in its traces. */
export const TO_TRACES: Readonly<Record<'Q', Link<ObjectRow>>> = {
  Q: {
    to: 'traces',
    title: 'requests that went through it, as X-Ray has them',
    target: ({ name }) => ({
      label: name,
      only: ({ services }: TraceRow) => services.includes(name),
    }),
  },
};

/** To the zone that something runs in, and from there to what falls with it. */
export const TO_ZONE: Link<Pick<PodRow, 'name' | 'zone'>> = {
  to: 'zones',
  title: 'its zone, and what falls if that goes',
  target: ({ name, zone }) =>
    zone === null || zone === ''
      ? { none: `the zone of ${name} is not known` }
      : { label: shortZone(zone), only: (row: BaseRow) => row.name === zone },
};

/** The panes of what AWS keeps of a cluster, by the kinds that its updates name. */
const OF_AWS: Readonly<Record<UpdatedKind, string | null>> = {
  // One is looked at already.
  Cluster: null,
  NodeGroup: 'nodegroups',
  AutoScalingGroup: 'nodegroups',
  Addon: 'addons',
};

/** Whether a kind is one that AWS keeps of a cluster. */
export const isOfAws = (kind: string): kind is UpdatedKind => Object.hasOwn(OF_AWS, kind);

/** What AWS updated. */
export function awsObject(kind: UpdatedKind, name: string): Target {
  const to = OF_AWS[kind];
  return to === null
    ? { none: `${name} is the cluster that is looked at` }
    : { to, label: name, only: (row: BaseRow) => row.name === name };
}

/** The one object of that kind, namespace and name, on the cluster that is asked. */
export function toObject(kind: string, namespace: string, name: string, query: Query): Target {
  if (name === '') return { none: 'there is no object to go to' };
  if (namespace === '' && isOfAws(kind)) return awsObject(kind, name);
  const [place, another] = placesOf(kind, query);
  if (!place) return { none: `${kind} ${name}: nothing is known of its kind` };
  if (another) return { none: `${kind} ${name}: several kinds go by that name` };
  const { namespaced } = place;
  return {
    to: place.to,
    label: name,
    only: (row: BaseRow) => row.name === name && (row.namespace === namespace || !namespaced),
  };
}

/** The panes of the kinds of that name: those that the program knows, else those that were found. */
function placesOf(kind: string, query: Query): readonly Place[] {
  const known = Object.entries(KUBE_TABLES).flatMap(([to, table]) =>
    table.kind.kind === kind ? { to, namespaced: table.kind.namespaced } : [],
  );
  if (known.length > 0) return known;
  return [...query.rows('kinds')].flatMap((row) =>
    row.gone === 0 && row.kind === kind ? { to: row.uid, namespaced: row.namespaced } : [],
  );
}

interface Place {
  readonly to: string;
  readonly namespaced: boolean;
}

/** To the pods that a row stands for. */
export function toPods<Row extends BaseRow>(
  title: string,
  pods: (row: Row) => ((pod: PodRow) => boolean) | string,
): Link<Row> {
  return {
    to: 'pods',
    title,
    target: (row) => {
      const only = pods(row);
      return typeof only === 'string' ? { none: only } : { label: row.name, only };
    },
  };
}

/** Enter shows the pods that a row stands for. */
export const enterPods = <Row extends BaseRow>(
  ...given: Parameters<typeof toPods<Row>>
): Enter<Row> => ({ is: 'link', ...toPods(...given) });

/** The pods that have one of these addresses: one that shares its node's is not told by it. */
export function podsAt(addresses: Iterable<string>): (pod: PodRow) => boolean {
  const ips = new Set(addresses);
  return ({ ip, otherIps, hostNetwork }) =>
    !hostNetwork && (ips.has(ip) || otherIps.some((each) => ips.has(each)));
}

/** J leads to the owner. */
export const TO_OWNER: Link<ObjectRow> = {
  to: 'deployments',
  title: 'its owner',
  target: (row, query) =>
    row.ownerName === ''
      ? { none: `${row.name} has no owner` }
      : toObject(row.ownerKind, row.namespace, row.ownerName, query),
};

import { accessentries } from './accessentries.ts';
import { addons } from './addons.ts';
import { apiservices } from './apiservices.ts';
import { changes } from './changes.ts';
import { clusterrolebindings } from './clusterrolebindings.ts';
import { clusterroles } from './clusterroles.ts';
import { clusters } from './clusters.ts';
import { configmaps } from './configmaps.ts';
import { controllerrevisions } from './controllerrevisions.ts';
import { cronjobs } from './cronjobs.ts';
import { costs } from './costs.ts';
import { customresourcedefinitions } from './customresourcedefinitions.ts';
import { daemonsets } from './daemonsets.ts';
import { deployments } from './deployments.ts';
import { ec2nodeclasses } from './ec2nodeclasses.ts';
import { endpointslices } from './endpointslices.ts';
import { events } from './events.ts';
import { filesystems } from './filesystems.ts';
import { gatewayclasses } from './gatewayclasses.ts';
import { gateways } from './gateways.ts';
import { hpas } from './hpas.ts';
import { grpcroutes } from './grpcroutes.ts';
import { httproutes } from './httproutes.ts';
import { tcproutes } from './tcproutes.ts';
import { tlsroutes } from './tlsroutes.ts';
import { udproutes } from './udproutes.ts';
import { ingressclasses } from './ingressclasses.ts';
import { ingresses } from './ingresses.ts';
import { insights } from './insights.ts';
import { instances } from './instances.ts';
import { jobs } from './jobs.ts';
import { limitranges } from './limitranges.ts';
import { latticeservices } from './latticeservices.ts';
import { loadbalancers } from './loadbalancers.ts';
import { mutatingwebhookconfigurations } from './mutatingwebhookconfigurations.ts';
import { managednodes } from './managednodes.ts';
import { namespaces } from './namespaces.ts';
import { networkinterfaces } from './networkinterfaces.ts';
import { networkpolicies } from './networkpolicies.ts';
import { nodeclaims } from './nodeclaims.ts';
import { nodeclasses } from './nodeclasses.ts';
import { nodegroups } from './nodegroups.ts';
import { nodepools } from './nodepools.ts';
import { nodes } from './nodes.ts';
import { pdbs } from './pdbs.ts';
import { persistentvolumeclaims } from './persistentvolumeclaims.ts';
import { persistentvolumes } from './persistentvolumes.ts';
import { podidentities } from './podidentities.ts';
import { prices } from './prices.ts';
import { priorityclasses } from './priorityclasses.ts';
import { resourcequotas } from './resourcequotas.ts';
import { pods } from './pods.ts';
import { records } from './records.ts';
import { referencegrants } from './referencegrants.ts';
import { replicasets } from './replicasets.ts';
import { rolebindings } from './rolebindings.ts';
import { roles } from './roles.ts';
import { secrets } from './secrets.ts';
import { serviceaccounts } from './serviceaccounts.ts';
import { services } from './services.ts';
import { statefulsets } from './statefulsets.ts';
import { storageclasses } from './storageclasses.ts';
import { subnets } from './subnets.ts';
import { targetgroups } from './targetgroups.ts';
import { traces } from './traces.ts';
import { updates } from './updates.ts';
import { nodeusage, podusage } from './usage.ts';
import { validatingwebhookconfigurations } from './validatingwebhookconfigurations.ts';
import { volumes } from './volumes.ts';
import { claimusage } from './claimusage.ts';
import { checks } from './checks.ts';
import { zones } from './zones.ts';
import type { FoundRow } from '../kinds.ts';
import type { Decoder } from '../wire/decoder.ts';
import type { TableDef } from './define.ts';
import { FOUND, type FoundTableId } from './found.ts';
import { kinds } from './kinds.ts';

/** The tables of objects of an API server, by the plural of their kind or its short name. */
export const KUBE_TABLES = {
  apiservices,
  clusterrolebindings,
  clusterroles,
  configmaps,
  controllerrevisions,
  cronjobs,
  customresourcedefinitions,
  daemonsets,
  deployments,
  ec2nodeclasses,
  endpointslices,
  events,
  gatewayclasses,
  gateways,
  grpcroutes,
  hpas,
  httproutes,
  ingressclasses,
  ingresses,
  jobs,
  limitranges,
  mutatingwebhookconfigurations,
  namespaces,
  networkpolicies,
  nodeclaims,
  nodeclasses,
  nodepools,
  nodes,
  persistentvolumeclaims,
  persistentvolumes,
  pdbs,
  priorityclasses,
  resourcequotas,
  pods,
  referencegrants,
  replicasets,
  rolebindings,
  roles,
  secrets,
  serviceaccounts,
  services,
  statefulsets,
  storageclasses,
  tcproutes,
  tlsroutes,
  udproutes,
  validatingwebhookconfigurations,
  podusage,
  nodeusage,
} as const;

/** The tables that AWS fills for one EKS cluster. */
export const EKS_TABLES = {
  accessentries,
  addons,
  filesystems,
  insights,
  instances,
  latticeservices,
  loadbalancers,
  managednodes,
  networkinterfaces,
  nodegroups,
  podidentities,
  prices,
  records,
  subnets,
  targetgroups,
  traces,
  updates,
  volumes,
} as const;

/** The tables that kubelets fill, each for its node. */
const KUBELET_TABLES = { claimusage } as const;

/** The tables that are recorded from what happens in others. */
export const RECORDED_TABLES = { changes } as const;

/** The tables that are computed from what others have. */
export const COMPUTED_TABLES = { checks, costs, zones } as const;

/** Every table that is known from the start. */
export const TABLES = {
  ...KUBE_TABLES,
  ...EKS_TABLES,
  ...KUBELET_TABLES,
  ...RECORDED_TABLES,
  ...COMPUTED_TABLES,
  kinds,
  clusters,
} as const;

type RowsOf<Defs> = {
  readonly [T in keyof Defs]: Defs[T] extends TableDef<infer Row> ? Row : never;
};

/** Every table of a store: id → the type of its rows. */
export interface Tables extends RowsOf<typeof TABLES> {
  readonly [found: FoundTableId]: FoundRow;
}

/** Those that are read from objects of an API server. */
export type KubeTables = RowsOf<typeof KUBE_TABLES>;

export type TableId = keyof Tables;
export type KubeTableId = keyof KubeTables;

export type EksTableId = keyof typeof EKS_TABLES;

export type KubeletTableId = keyof typeof KUBELET_TABLES;

export type RecordedTableId = keyof typeof RECORDED_TABLES;

export type ComputedTableId = keyof typeof COMPUTED_TABLES;

/** Those that AWS tells of. */
export type AwsTableId = EksTableId | 'clusters';

/** Whether objects of an API server are read into a table. */
export const isKubeTable = (table: TableId): table is KubeTableId => table in KUBE_TABLES;

/** Whether a table is filled by AWS for one EKS cluster. */
export const isEksTable = (table: TableId): table is EksTableId => table in EKS_TABLES;

/** Whether a table is filled by kubelets. */
export const isKubeletTable = (table: TableId): table is KubeletTableId => table in KUBELET_TABLES;

/** Whether a table is recorded from what happens in others. */
export const isRecordedTable = (table: TableId): table is RecordedTableId =>
  table in RECORDED_TABLES;

/** Whether a table is computed from what others have. */
export const isComputedTable = (table: TableId): table is ComputedTableId =>
  table in COMPUTED_TABLES;

/** Whether a table is of a kind that was found by discovery. */
export const isFoundTable = (table: TableId): table is FoundTableId => !(table in TABLES);

/** A table's declaration. */
export function tableDef(table: TableId): TableDef {
  return isFoundTable(table) ? FOUND : TABLES[table];
}

/** How an object of a table becomes its row. */
export function decoderOf<T extends KubeTableId>(table: T): Decoder<KubeTables[T]> {
  // The cast: a table's id decides its row type, which the compiler cannot follow.
  return KUBE_TABLES[table].decoder as unknown as Decoder<KubeTables[T]>;
}

import type { AnyResource } from './define.ts';
import { changes } from './changes.ts';
import { accessentries } from './accessentries.ts';
import { addons } from './addons.ts';
import { apiservices } from './apiservices.ts';
import { clusterrolebindings } from './clusterrolebindings.ts';
import { clusterroles } from './clusterroles.ts';
import { clusters } from './clusters.ts';
import { configmaps } from './configmaps.ts';
import { controllerrevisions } from './controllerrevisions.ts';
import { cronjobs } from './cronjobs.ts';
import { customresourcedefinitions } from './customresourcedefinitions.ts';
import { daemonsets } from './daemonsets.ts';
import { deployments } from './deployments.ts';
import { ec2nodeclasses } from './ec2nodeclasses.ts';
import { endpointslices } from './endpointslices.ts';
import { events } from './events.ts';
import { fargateprofiles } from './fargateprofiles.ts';
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
import { kinds } from './kinds.ts';
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
import { prices } from './prices.ts';
import { priorityclasses } from './priorityclasses.ts';
import { resourcequotas } from './resourcequotas.ts';
import { podidentities } from './podidentities.ts';
import { pods } from './pods.ts';
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
import { validatingwebhookconfigurations } from './validatingwebhookconfigurations.ts';
import { filesystems } from './filesystems.ts';
import { records } from './records.ts';
import { volumes } from './volumes.ts';
import { costs } from './costs.ts';
import { checks } from './checks.ts';
import { zones } from './zones.ts';

/**
 * The resources that are known from the start, in the order in which help and completion list them.
 * Names are looked up in the registry that is made of them (registry.ts).
 */
export const RESOURCES: readonly AnyResource[] = [
  clusters,
  insights,
  nodegroups,
  fargateprofiles,
  addons,
  accessentries,
  podidentities,
  nodes,
  checks,
  zones,
  costs,
  prices,
  subnets,
  instances,
  managednodes,
  nodepools,
  nodeclaims,
  ec2nodeclasses,
  nodeclasses,
  pods,
  deployments,
  statefulsets,
  daemonsets,
  replicasets,
  jobs,
  controllerrevisions,
  cronjobs,
  services,
  configmaps,
  secrets,
  ingresses,
  ingressclasses,
  gateways,
  httproutes,
  grpcroutes,
  tlsroutes,
  tcproutes,
  udproutes,
  gatewayclasses,
  referencegrants,
  networkpolicies,
  loadbalancers,
  latticeservices,
  targetgroups,
  records,
  networkinterfaces,
  persistentvolumeclaims,
  persistentvolumes,
  updates,
  traces,
  volumes,
  filesystems,
  storageclasses,
  pdbs,
  endpointslices,
  hpas,
  events,
  changes,
  namespaces,
  serviceaccounts,
  roles,
  rolebindings,
  clusterroles,
  clusterrolebindings,
  customresourcedefinitions,
  validatingwebhookconfigurations,
  mutatingwebhookconfigurations,
  resourcequotas,
  limitranges,
  priorityclasses,
  apiservices,
  kinds,
];

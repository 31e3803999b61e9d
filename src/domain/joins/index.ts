import { mappedPrincipalRows } from './accessentries.ts';
import { addonKeeper, addonPods, addonsOfPods } from './addons.ts';
import { ingressClass, ingressEndpoints } from './ingresses.ts';
import { BALANCER_RULES } from './balancers.ts';
import { cronJobRuns, jobPods } from './jobs.ts';
import { GATEWAY_RULES } from './gateways.ts';
import { LATTICE_RULES } from './lattice.ts';
import type { Rule } from './join.ts';
import { NETWORK_RULES } from './network.ts';
import { policyEnforcer, policyPods } from './networkpolicies.ts';
import { groupImages, groupNodes, groupsOfNodes } from './nodegroups.ts';
import { nodeGroup, nodeLoad, nodeNotice, nodeProfile, nodeUsage } from './nodes.ts';
import { budgetOverlaps } from './pdbs.ts';
import { associationPods } from './podidentities.ts';
import { podPlace, podRole, podUsage } from './pods.ts';
import { PRICE_RULES } from './prices.ts';
import { RBAC_RULES } from './rbac.ts';
import { accountAssociation, accountUse } from './serviceaccounts.ts';
import { RECORD_RULES } from './records.ts';
import { serviceEndpoints } from './services.ts';
import { STORAGE_RULES } from './storage.ts';
import { volumeOwner } from './volumes.ts';
import { WEBHOOK_RULES } from './webhooks.ts';
import { WORKLOAD_RULES } from './workloads.ts';

/**
 * What of other tables is written into a row, as data: all rules between the tables of a cluster.
 * The order is topological, a rule stands after those whose fields it reads, and those that change
 * most (usage) come last.
 */
export const RULES: readonly Rule[] = [
  nodeProfile,
  nodeGroup,
  podPlace,
  accountAssociation,
  podRole,
  accountUse,
  nodeLoad,
  groupsOfNodes,
  groupNodes,
  mappedPrincipalRows,
  associationPods,
  addonsOfPods,
  addonKeeper,
  addonPods,
  ...WORKLOAD_RULES,
  jobPods,
  cronJobRuns,
  serviceEndpoints,
  ingressEndpoints,
  ingressClass,
  ...GATEWAY_RULES,
  ...LATTICE_RULES,
  ...WEBHOOK_RULES,
  budgetOverlaps,
  policyPods,
  policyEnforcer,
  ...STORAGE_RULES,
  ...NETWORK_RULES,
  groupImages,
  ...PRICE_RULES,
  volumeOwner,
  ...BALANCER_RULES,
  ...RECORD_RULES,
  ...RBAC_RULES,
  podUsage,
  nodeUsage,
  nodeNotice,
];

import { nearest as nearestWord } from '../core/nearest.ts';
import type { AnyResource } from './define.ts';
import { clusters } from './clusters.ts';
import { cronjobs } from './cronjobs.ts';
import { daemonsets } from './daemonsets.ts';
import { deployments } from './deployments.ts';
import { events } from './events.ts';
import { hpas } from './hpas.ts';
import { jobs } from './jobs.ts';
import { namespaces } from './namespaces.ts';
import { nodegroups } from './nodegroups.ts';
import { nodes } from './nodes.ts';
import { pods } from './pods.ts';
import { replicasets } from './replicasets.ts';
import { serviceaccounts } from './serviceaccounts.ts';
import { services } from './services.ts';
import { statefulsets } from './statefulsets.ts';

/** Every resource, in the order in which help and completion list them. */
export const RESOURCES: readonly AnyResource[] = [
  clusters,
  nodegroups,
  nodes,
  pods,
  deployments,
  statefulsets,
  daemonsets,
  replicasets,
  jobs,
  cronjobs,
  services,
  hpas,
  events,
  namespaces,
  serviceaccounts,
];

const byName = new Map<string, AnyResource>();
for (const resource of RESOURCES) for (const name of namesOf(resource)) byName.set(name, resource);

/** Every name that a resource goes by: id, singular, aliases. */
export function namesOf(resource: AnyResource): readonly string[] {
  return [...new Set([resource.id, resource.singular, ...resource.aliases])];
}

/** The resource of that name or alias, whatever its case. */
export function findResource(name: string): AnyResource | undefined {
  return byName.get(name.toLowerCase());
}

/** The valid name most like one that is none, for "did you mean"; null where none is near. */
export function nearest(name: string): string | null {
  return nearestWord(name, byName.keys());
}

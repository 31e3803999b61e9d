import type { PodRow, ServiceRow } from '../domain/rows.ts';

/** Tells the pods that a service sends traffic to when they are ready; a text says why there are none. */
export function selects(service: ServiceRow): ((pod: PodRow) => boolean) | string {
  const labels = Object.entries(service.selector);
  if (service.type === 'ExternalName') return `${service.name} is a name for ${service.external}`;
  if (labels.length === 0) return `${service.name} has no selector: its endpoints are set by hand`;
  return (pod) =>
    pod.namespace === service.namespace &&
    labels.every(([key, value]) => pod.labels[key] === value);
}

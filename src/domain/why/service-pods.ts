/** The pods that a service means. */
import type { Work } from '../../core/work.ts';
import type { PodRow, ServiceRow } from '../rows.ts';
import { selectorText } from '../selector.ts';
import { hasEnded } from '../workload-pods.ts';
import { rowsWhere, type World } from './finding.ts';

export const pairs = (service: ServiceRow): readonly [string, string][] =>
  Object.entries(service.selector);

/** Whether a pod of its namespace could get traffic. Cheap: there may be very many elsewhere. */
export const couldServe =
  ({ namespace }: ServiceRow) =>
  (pod: PodRow): boolean =>
    pod.namespace === namespace && !hasEnded(pod) && pod.deleting === 0;

/** Whether a pod has all labels that are asked for. */
export function selecting(service: ServiceRow): (pod: PodRow) => boolean {
  const wanted = pairs(service);
  return ({ labels }) => wanted.every(([key, value]) => labels[key] === value);
}

export function selectedBy(service: ServiceRow, world: World): Work<readonly PodRow[]> {
  const [could, selects] = [couldServe(service), selecting(service)];
  return rowsWhere(world, 'pods', (pod) => could(pod) && selects(pod));
}

export const textOf = (matchLabels: Readonly<Record<string, string>>): string =>
  selectorText({ matchLabels, matchExpressions: [] });

/** Keys that several joins find rows by: one function, one index. */
import { hasEnded } from '../workload-pods.ts';
import { key } from './join.ts';

export const podsByNode = key('pods', 'cluster', (pod) => pod.node);
export const nodesByGroup = key('nodes', 'cluster', (node) => node.nodegroup, 'nodegroup');

/** Does it take room on its node, as the scheduler counts: until it ended, also while it is deleted. */
export const occupies = (pod: { readonly phase: string }): boolean => !hasEnded(pod);

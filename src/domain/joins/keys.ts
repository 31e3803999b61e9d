/** Keys that several joins find rows by: one function, one index. */
import { hostsOf } from '../balancer-targets.ts';
import { hasEnded } from '../workload-pods.ts';
import { key } from './join.ts';

export const podsByNode = key('pods', 'cluster', (pod) => pod.node);
export const nodesByGroup = key('nodes', 'cluster', (node) => node.nodegroup, 'nodegroup');

export const balancersByHost = key('loadbalancers', 'cluster', ({ dns }) => dns);

// What is reached by host names of load balancers, by these.
export const servicesByHost = key('services', 'cluster', ({ type, external }) =>
  type === 'LoadBalancer' ? hostsOf(external) : '',
);
export const ingressesByHost = key('ingresses', 'cluster', ({ address }) => hostsOf(address));
export const gatewaysByHost = key('gateways', 'cluster', ({ address }) => hostsOf(address));

/** Does it take room on its node, as the scheduler counts: until it ended, also while it is deleted. */
export const occupies = (pod: { readonly phase: string }): boolean => !hasEnded(pod);

/** What is written of load balancers into what is behind and before them. */
import { targetsTold } from '../balancer-targets.ts';
import type { LoadBalancerRow } from '../tables/loadbalancers.ts';
import { join, key } from './join.ts';
import { balancersByHost, gatewaysByHost, ingressesByHost, servicesByHost } from './keys.ts';

const balancerTargets = join({
  target: key('loadbalancers', 'cluster', ({ uid }) => uid),
  source: key('targetgroups', 'cluster', ({ balancers }) => balancers),
  uses: ['targets', 'error'],
  fields: ['targets'],
  ofAll: true,
  compute: (_, groups, known) => ({ targets: known ? targetsTold(groups) : null }),
});

/** What a load balancer tells of its targets goes to all that is reached by its host name. */
const fromBalancer = {
  source: balancersByHost,
  uses: ['targets'] as const,
  fields: ['targets'] as const,
  compute: (_: unknown, [balancer]: readonly Pick<LoadBalancerRow, 'targets'>[]) => ({
    targets: balancer?.targets ?? null,
  }),
};

const serviceTargets = join({ target: servicesByHost, ...fromBalancer });

/** In their order: each stands after those whose fields it reads. */
export const BALANCER_RULES = [
  balancerTargets,
  serviceTargets,
  join({ target: ingressesByHost, ...fromBalancer }),
  join({ target: gatewaysByHost, ...fromBalancer }),
];

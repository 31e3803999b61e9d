/** What is written of load balancers into what is behind and before them. */
import { hostsOf, targetsTold } from '../balancer-targets.ts';
import { join, key } from './join.ts';

export const balancerTargets = join({
  target: key('loadbalancers', 'cluster', ({ uid }) => uid),
  source: key('targetgroups', 'cluster', ({ balancers }) => balancers),
  uses: ['targets', 'error'],
  fields: ['targets'],
  ofAll: true,
  compute: (_, groups, known) => ({ targets: known ? targetsTold(groups) : null }),
});

const byHost = key('loadbalancers', 'cluster', ({ dns }) => dns);
const told = ['targets'] as const;

export const serviceTargets = join({
  target: key('services', 'cluster', ({ type, external }) =>
    type === 'LoadBalancer' ? hostsOf(external) : '',
  ),
  source: byHost,
  uses: told,
  fields: told,
  compute: (_, [balancer]) => ({ targets: balancer?.targets ?? null }),
});

/** What is reached by the host names of its status. */
const addressTargets = (table: 'ingresses' | 'gateways') =>
  join({
    target: key(table, 'cluster', ({ address }) => hostsOf(address)),
    source: byHost,
    uses: told,
    fields: told,
    compute: (_, [balancer]) => ({ targets: balancer?.targets ?? null }),
  });

/** In their order: each stands after those whose fields it reads. */
export const BALANCER_RULES = [
  balancerTargets,
  serviceTargets,
  addressTargets('ingresses'),
  addressTargets('gateways'),
];

/** Which names of Route 53 lead to load balancers, and to what is behind these. */
import { distinct } from '../../core/collect.ts';
import { hostsOf } from '../balancer-targets.ts';
import { join, key } from './join.ts';

const byTarget = key('records', 'cluster', ({ targets }) => targets);
const USES = ['name'] as const;
const FIELDS = ['names'] as const;

const namesOf = (
  records: readonly { readonly name: string }[],
  known: boolean,
): readonly string[] | null =>
  known || records.length > 0 ? distinct(records.map(({ name }) => name)) : null;

export const balancerNames = join({
  target: key('loadbalancers', 'cluster', ({ dns }) => dns),
  source: byTarget,
  uses: USES,
  fields: FIELDS,
  ofAll: true,
  compute: (_, records, known) => ({ names: namesOf(records, known) }),
});

export const serviceNames = join({
  target: key('services', 'cluster', ({ type, external }) =>
    type === 'LoadBalancer' ? hostsOf(external) : '',
  ),
  source: byTarget,
  uses: USES,
  fields: FIELDS,
  ofAll: true,
  compute: (_, records, known) => ({ names: namesOf(records, known) }),
});

const addressNames = (table: 'ingresses' | 'gateways') =>
  join({
    target: key(table, 'cluster', ({ address }) => hostsOf(address)),
    source: byTarget,
    uses: USES,
    fields: FIELDS,
    ofAll: true,
    compute: (_, records, known) => ({ names: namesOf(records, known) }),
  });

export const recordBalancers = join({
  target: byTarget,
  source: key('loadbalancers', 'cluster', ({ dns }) => dns),
  uses: ['name', 'owner'],
  fields: ['balancers'],
  ofAll: true,
  compute: (_, balancers, known) => ({
    balancers:
      known || balancers.length > 0
        ? distinct(balancers.map(({ name, owner }) => (owner === '' ? name : owner)))
        : null,
  }),
});

export const RECORD_RULES = [
  balancerNames,
  serviceNames,
  addressNames('ingresses'),
  addressNames('gateways'),
  recordBalancers,
];

/** Which names of Route 53 lead to load balancers, and to what is behind these. */
import { distinct } from '../../core/collect.ts';
import type { RecordRow } from '../tables/records.ts';
import { join, key } from './join.ts';
import { balancersByHost, gatewaysByHost, ingressesByHost, servicesByHost } from './keys.ts';

const byTarget = key('records', 'cluster', ({ targets }) => targets);

/** The names that lead to a host name go to all that is reached by it. */
const fromRecords = {
  source: byTarget,
  uses: ['name'] as const,
  fields: ['names'] as const,
  ofAll: true,
  compute: (_: unknown, records: readonly Pick<RecordRow, 'name'>[], known: boolean) => ({
    names: known || records.length > 0 ? distinct(records.map(({ name }) => name)) : null,
  }),
};

export const balancerNames = join({ target: balancersByHost, ...fromRecords });
const serviceNames = join({ target: servicesByHost, ...fromRecords });

const recordBalancers = join({
  target: byTarget,
  source: balancersByHost,
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
  join({ target: ingressesByHost, ...fromRecords }),
  join({ target: gatewaysByHost, ...fromRecords }),
  recordBalancers,
];

/** Principals that only the config map aws-auth tells of: an access entry goes before it. */
import { blankAccessEntry } from '../tables/accessentries.ts';
import { derivation, key } from './join.ts';

export const mappedPrincipalRows = derivation({
  table: 'accessentries',
  source: key('configmaps', 'cluster', ({ principals }) => principals.map(({ arn }) => arn)),
  uses: ['principals', 'created'],
  derive: (uid, [map]) => {
    const principal = map?.principals.find(({ arn }) => arn === uid);
    return {
      ...blankAccessEntry(uid),
      origin: 'aws-auth',
      username: principal?.username ?? '',
      groups: principal?.groups ?? [],
      policies: [],
      created: map?.created ?? 0,
    };
  },
});

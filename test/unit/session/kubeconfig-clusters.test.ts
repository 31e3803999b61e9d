/** What the kubeconfig says of clusters, for where AWS may not list them. */
import { expect, it } from 'vitest';
import { ALL_REGIONS } from '../../../src/domain/aws-regions.ts';
import { scopeOf, withNames } from '../../../src/session/kubeconfig-clusters.ts';
import type { ContextInfo } from '../../../src/session/types.ts';

const context = (of: Partial<ContextInfo>): ContextInfo => ({
  ...{ name: 'c', server: 'https://10.0.0.1', namespace: '', current: false, problem: '' },
  ...{ eks: null, ...of },
});
const signed = context({ eks: { name: 'shop', region: 'eu-west-1', profile: 'prod' } });
const named = context({ name: 'arn:aws:eks:us-east-1:111122223333:cluster/web' });
const local = context({ name: 'kind' });

it('names the clusters of a profile, and those of which nobody says whose they are', () => {
  const contexts = [signed, named, local];
  expect(withNames({ profile: 'prod', region: 'eu-west-1' }, contexts).named).toEqual([
    { name: 'shop', region: 'eu-west-1' },
    { name: 'web', region: 'us-east-1' },
  ]);
  expect(withNames({ profile: 'dev', region: 'eu-west-1' }, contexts).named).toEqual([
    { name: 'web', region: 'us-east-1' },
  ]);
});

it('asks where the credentials of a context are made', () => {
  expect(scopeOf(signed, [])).toEqual({ profile: 'prod', region: 'eu-west-1' });
});

it('asks in the region that a context names, unless it is asked in already', () => {
  expect(scopeOf(named, [])).toEqual({ profile: '', region: 'us-east-1' });
  expect(scopeOf(named, [{ profile: 'dev', region: 'us-east-1' }])).toBeNull();
  expect(scopeOf(named, [{ profile: 'dev', region: ALL_REGIONS }])).toBeNull();
  expect(scopeOf(named, [{ profile: 'dev', region: 'us-west-2' }])).toEqual({
    profile: '',
    region: 'us-east-1',
  });
  expect(scopeOf(local, [])).toBeNull();
});

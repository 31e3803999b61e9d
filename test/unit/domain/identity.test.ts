import { roleOfPod } from '../../../src/domain/identity.ts';
import { describe, expect, it } from 'vitest';
import { diagnose, type IdentityFacts, type IdentityPod } from '../../../src/domain/identity.ts';
import { byPodIdentity, byWebIdentity } from '../../../src/domain/role-taker.ts';
import { trustDocument } from '../../../src/domain/trust-policy.ts';

const clusterArn = 'arn:aws:eks:eu-central-1:111122223333:cluster/prod';
const ROLE = 'arn:aws:iam::111122223333:role/api';
const identity = {
  provider: 'arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/ABC',
  namespace: 'shop',
  serviceAccount: 'api',
  audience: 'sts.amazonaws.com',
};
const pod = (change: Partial<IdentityPod> = {}): IdentityPod => ({
  ...{ name: 'api-1', createdAt: 2000, roles: { app: ROLE }, agents: [], skipped: [] },
  ...{ readsToken: true, onFargate: false },
  ...change,
});
const facts = (change: Partial<IdentityFacts> = {}): IdentityFacts => ({
  ...{ clusterArn, identity, annotation: ROLE, annotatedAt: 1000, provider: ['sts.amazonaws.com'] },
  ...{ trust: trustDocument([byWebIdentity(identity).statement]), role: 'there' as const },
  ...{ association: 'absent' as const, agent: null, webhook: true, pods: [pod()] },
  ...change,
});
const ofPod = (change: Partial<IdentityPod>): Partial<IdentityFacts> => ({ pods: [pod(change)] });
const association = { id: 'a-1', roleArn: ROLE, sessionTags: true };
const byTags = byPodIdentity({ clusterArn, ...identity, sessionTags: true }).statement;
const inStaging = { StringEquals: { 'aws:RequestTag/eks-cluster-name': 'staging' } };

describe('the identity of a service account', () => {
  it('is good where every link of the chain holds', () => {
    expect(diagnose(facts()).map(({ level }) => level)).toEqual(['good', 'good']);
  });

  it('is that of its node where it has none', () => {
    expect(diagnose(facts({ annotation: '' }))[0]?.text).toContain('act as their node');
  });

  const cases: readonly (readonly [Partial<IdentityFacts>, string, string])[] = [
    [{ provider: 'absent' }, 'has no OIDC provider', 'bind'],
    [{ provider: ['other'] }, 'does not take the audience', 'bind'],
    [{ annotation: 'api' }, 'is no ARN', 'bind'],
    [{ role: 'absent', trust: null }, 'there is no role', 'bind'],
    [{ trust: trustDocument([]) }, 'does not trust the account: no statement', 'bind'],
    [{ association }, 'is shadowed', 'delete'],
    [{ association, annotation: '', agent: false }, 'no Pod Identity agent', 'install'],
    [{ association, annotation: '', ...ofPod({ onFargate: true }) }, 'on Fargate', 'IRSA'],
    [{ association, annotation: '', ...ofPod({}) }, 'older than the association', 'restart'],
    [ofPod({ roles: { app: '' }, createdAt: 500 }), 'older than the binding', 'restart'],
    [ofPod({ roles: { app: '' } }), 'got no role from the webhook', 'restart'],
    [{ webhook: false, ...ofPod({ roles: { app: '' } }) }, 'is not configured', ''],
    [ofPod({ roles: { app: ROLE, side: '' } }), 'container side of api-1 has no role', ''],
    [ofPod({ roles: { app: ROLE, side: '' }, skipped: ['side'] }), 'passed over', ''],
    [ofPod({ roles: { app: `${ROLE}-old` } }), 'has the role', 'restart'],
    [ofPod({ agents: ['app'] }), 'both identities', ''],
    [ofPod({ readsToken: false }), 'may not read its token', 'fsGroup'],
    [{ provider: null }, 'could not be asked', ''],
    [{ association, trust: trustDocument([byTags]) }, 'trusts the account', ''],
    [
      { association, trust: trustDocument([{ ...byTags, Condition: inStaging }]) },
      'aws:RequestTag/eks-cluster-name is prod, and it wants',
      'bind',
    ],
    [
      { trust: trustDocument([{ ...byWebIdentity(identity).statement, Effect: 'Deny' }]) },
      'a statement denies it',
      'another role',
    ],
    [
      { annotation: ROLE.replace('111122223333', '999999999999'), trust: null, role: null },
      'is of another account',
      '',
    ],
  ];
  it.each(cases)('with %o: %s', (change, text, fix) => {
    const found = diagnose(facts(change)).find((each) => each.text.includes(text));
    if (fix === '') expect(found?.fix).toBe('');
    else expect(found?.fix).toContain(fix);
  });
});

describe('the role that a pod gets', () => {
  const [irsa, pia] = ['arn:aws:iam::1:role/by-irsa', 'arn:aws:iam::1:role/by-pia'];
  it.each([
    ['', irsa, null, irsa],
    ['', irsa, '', irsa],
    ['', irsa, pia, pia],
    ['', null, pia, pia],
    ['', null, null, null],
    ['', '', '', ''],
    ['jobs', irsa, '', irsa],
    // The webhook passes the annotation over, and there is no agent that would give the other one.
    ['jobs', irsa, pia, ''],
  ])('on Fargate profile %j of annotation %j and association %j is %j', (...given) => {
    const [fargateProfile, role, associatedRole, gets] = given;
    expect(roleOfPod({ fargateProfile, role, associatedRole })).toBe(gets);
  });
});

import { describe, expect, it } from 'vitest';
import { addAssociation } from '../../../../src/simulator/catalog/pod-identity.ts';
import { eachAwsBench } from '../../../support/aws-bench.ts';
import { NOW } from '../../../support/aws-region.ts';

const bench = eachAwsBench();
const OPERATOR = 'arn:aws:iam::111122223333:role/ShopOperator';
const DEVELOPER = 'arn:aws:iam::111122223333:role/ShopDeveloper';

describe('access entries', () => {
  it('tell who a principal is to Kubernetes, and its policies with where they hold', async () => {
    const { rows, last } = await bench().follow('accessentries');
    expect(last).toMatchObject({ state: 'live', reason: '' });
    expect(rows.get(OPERATOR)).toMatchObject({
      origin: 'entry',
      type: 'STANDARD',
      username: 'arn:aws:sts::111122223333:assumed-role/ShopOperator/{{SessionName}}',
      policies: ['ClusterAdmin'],
    });
    expect(rows.get(DEVELOPER)).toMatchObject({
      groups: ['shop-developers'],
      policies: ['View in catalog, checkout'],
    });
  });

  it('are described once in five minutes, and listed once a minute', async () => {
    const { clock, shop } = bench();
    const sink = await bench().follow('accessentries');
    const entries = shop.accessEntries.length;
    clock.advance(60_000);
    await sink.until(({ last }) => last?.asOf === clock.now());
    expect(bench().counted('ListAccessEntries')).toBe(2);
    expect(bench().counted('DescribeAccessEntry')).toBe(entries);
    clock.advance(5 * 60_000);
    await sink.until(({ last }) => last?.asOf === clock.now());
    expect(bench().counted('DescribeAccessEntry')).toBe(2 * entries);
  });

  it('keep what is known without their policies, which name the action they need', async () => {
    bench().deny('ListAssociatedAccessPolicies');
    const { rows, last } = await bench().follow('accessentries');
    expect(last).toMatchObject({ state: 'live', reason: 'needs eks:ListAssociatedAccessPolicies' });
    expect(rows.get(DEVELOPER)).toMatchObject({ groups: ['shop-developers'], policies: null });
  });

  it('keep their principal where they may not be described', async () => {
    bench().deny('DescribeAccessEntry');
    const { rows, last } = await bench().follow('accessentries');
    expect(last?.reason).toBe('needs eks:DescribeAccessEntry');
    expect(rows.get(OPERATOR)).toMatchObject({ type: '', username: '' });
  });

  it('say so where the cluster goes by its config map alone', async () => {
    const { shop } = bench();
    Object.assign(shop.access, { authenticationMode: 'CONFIG_MAP' });
    const { last } = await bench().follow('accessentries');
    expect(last?.reason).toContain('authentication mode must be set to one of');
  });

  it('leave when they are deleted', async () => {
    const { shop, clock } = bench();
    const sink = await bench().follow('accessentries');
    shop.accessEntries.shift();
    clock.advance(60_000);
    await sink.until(({ rows }) => !rows.has(OPERATOR));
  });
});

describe('Pod Identity associations', () => {
  const roleArn = 'arn:aws:iam::111122223333:role/shop-pod-identity';
  const target = 'arn:aws:iam::444455556666:role/data';
  const bound = () => {
    const { region, shop } = bench();
    const plan = { namespace: 'catalog', serviceAccount: 'api', roleArn, targetRoleArn: target };
    return addAssociation(region, shop, { ...plan, disableSessionTags: true }, NOW);
  };

  it('tell account, role, role of another account and whether sessions carry tags', async () => {
    const { id } = bound();
    const { rows, last } = await bench().follow('podidentities');
    expect(last).toMatchObject({ state: 'live', reason: '' });
    expect(rows.get(id)).toMatchObject({
      namespace: 'catalog',
      name: 'api',
      roleArn,
      targetRoleArn: target,
      sessionTags: false,
      created: NOW,
    });
  });

  it('keep the account where they may not be described', async () => {
    const { id } = bound();
    bench().deny('DescribePodIdentityAssociation');
    const { rows, last } = await bench().follow('podidentities');
    expect(last?.reason).toBe('needs eks:DescribePodIdentityAssociation');
    expect(rows.get(id)).toMatchObject({ name: 'api', roleArn: '', sessionTags: null });
  });
});

describe('insights', () => {
  it('tell what blocks an upgrade, and which client calls what goes away', async () => {
    const { rows } = await bench().follow('insights');
    const [error] = [...rows.values()].filter(({ status }) => status === 'ERROR');
    expect(error).toMatchObject({
      category: 'UPGRADE_READINESS',
      version: '1.36',
      deprecated: [
        {
          usage: '/apis/networking.k8s.io/v1beta1/ipaddresses',
          stopsIn: '1.36',
          clients: [
            { agent: 'argocd-application-controller', requests: 4_321 },
            { agent: 'helm', requests: 12 },
          ],
        },
      ],
    });
  });

  it('that pass are not asked about further, and all are listed four times an hour', async () => {
    const { clock } = bench();
    const sink = await bench().follow('insights');
    expect(bench().counted('DescribeInsight')).toBe(1);
    clock.advance(15 * 60_000);
    await sink.until(({ last }) => last?.asOf === clock.now());
    expect(bench().calls).toEqual(['ListInsights', 'DescribeInsight', 'ListInsights']);
  });

  it('are listed where they may not be described', async () => {
    bench().deny('DescribeInsight');
    const { rows, last } = await bench().follow('insights');
    expect(last).toMatchObject({ state: 'live', reason: 'needs eks:DescribeInsight' });
    expect([...rows.values()].map(({ status }) => status)).toContain('ERROR');
  });

  it('are denied as a whole, in words', async () => {
    bench().deny('ListInsights');
    const { last } = await bench().follow('insights');
    expect(last).toMatchObject({ state: 'denied', reason: 'needs eks:ListInsights' });
  });
});

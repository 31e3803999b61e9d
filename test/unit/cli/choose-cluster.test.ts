import { describe, expect, it } from 'vitest';
import { chooseCluster } from '../../../src/cli/choose-cluster.ts';
import { arnKey } from '../../../src/domain/cluster-key.ts';

const row = (region: string, name: string) => ({
  id: arnKey(`arn:aws:eks:${region}:1:cluster/${name}`),
  name,
  context: '',
  region,
});
const prod = row('eu-central-1', 'prod');
const staging = row('eu-central-1', 'staging');
const oregon = row('us-west-2', 'prod');

describe('--cluster', () => {
  it('names a cluster by its name or ARN', () => {
    expect(chooseCluster([prod, staging], 'staging')).toBe(staging);
    expect(chooseCluster([prod, staging, oregon], oregon.id)).toBe(oregon);
  });

  it('means the one of the regions that are named, where the name alone is not enough', () => {
    const all = [prod, staging, oregon];
    expect(chooseCluster(all, 'prod', ['us-west-2'])).toBe(oregon);
    expect(chooseCluster(all, 'prod', ['eu-west-1', 'eu-central-1'])).toBe(prod);
    expect(chooseCluster(all, oregon.id, ['eu-central-1'])).toBe(oregon);
    const context = { ...row('', 'kind'), context: 'kind' };
    expect(chooseCluster([...all, context], 'kind', ['us-west-2'])).toBe(context);
    const ambiguous = `--cluster must name one of: ${prod.id}, ${oregon.id}`;
    for (const regions of [['us-west-2', 'eu-central-1'], ['all'], []])
      expect(() => chooseCluster(all, 'prod', regions)).toThrow(ambiguous);
  });

  it('is not taken from another region than the one that is named', () => {
    expect(() => chooseCluster([prod, staging], 'prod', ['us-west-2'])).toThrow(
      `no cluster prod is known in us-west-2: --cluster must name one of: ${prod.id}`,
    );
  });

  it('is asked for with words that it takes', () => {
    expect(() => chooseCluster([prod], undefined)).toThrow(
      'no context is the current one, or it names none: --cluster must name one of: prod',
    );
    expect(() => chooseCluster([prod, staging], undefined)).toThrow(
      '--cluster must name one of: prod, staging',
    );
    expect(() => chooseCluster([prod, staging, oregon], 'prod')).toThrow(
      `--cluster must name one of: ${prod.id}, ${oregon.id}`,
    );
    expect(() => chooseCluster([prod, staging], 'stagin')).toThrow(
      "unknown cluster 'stagin'; did you mean 'staging'?",
    );
  });
});

import { describe, expect, it } from 'vitest';
import { chooseCluster } from '../../../src/cli/choose-cluster.ts';
import { arnKey } from '../../../src/domain/cluster-key.ts';

const row = (region: string, name: string) => ({
  id: arnKey(`arn:aws:eks:${region}:1:cluster/${name}`),
  name,
  context: '',
});
const prod = row('eu-central-1', 'prod');
const staging = row('eu-central-1', 'staging');
const oregon = row('us-west-2', 'prod');

describe('--cluster', () => {
  it('names a cluster by its name or ARN', () => {
    expect(chooseCluster([prod, staging], 'staging')).toBe(staging);
    expect(chooseCluster([prod, staging, oregon], oregon.id)).toBe(oregon);
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

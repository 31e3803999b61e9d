import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../src/config/load.ts';
import { workspaceChoice } from '../../../src/config/workspaces.ts';

const shop = { name: 'shop-prod', arn: 'arn:aws:eks:eu-central-1:111122223333:cluster/shop-prod' };
const choice = (yaml: string) => workspaceChoice(parseConfig(yaml, 'config.yaml'))(shop);

describe('the workspace of a cluster', () => {
  it('is that of the first pattern that fits its name or its ARN', () => {
    expect(choice('')).toBeNull();
    expect(choice('prometheus: { lab: ws-1 }')).toBeNull();
    expect(choice('prometheus: { lab: ws-1, ^shop-: ws-2, .: ws-3 }')?.workspace).toBe('ws-2');
    expect(choice('prometheus: { ":111122223333:": mine }')).toEqual({
      ...{ workspace: 'mine', label: null },
    });
  });

  it('has a label that tells its series from others', () => {
    expect(choice('prometheus: { .: { workspace: ws-1, label: k8s=shop=eu } }')).toEqual({
      ...{ workspace: 'ws-1', label: { label: 'k8s', value: 'shop=eu' } },
    });
  });

  it.each([
    ['prometheus: ws-1', 'config.yaml: prometheus: is no list of `pattern of clusters: workspace`'],
    ['prometheus: { shop: 3 }', 'prometheus.shop: has to be a workspace (id, ARN or alias), or {'],
    [
      'prometheus: { shop: { workspace: a } }',
      'prometheus.shop: has to be a workspace (id, ARN or',
    ],
    ['prometheus: { shop: { workspace: a, label: k8s } }', 'label: name=value }'],
    ['prometheus: { "(": a }', 'configuration: prometheus: Invalid regular expression'],
  ])('that is wrong is explained: %s', (yaml, message) => {
    expect(() => choice(yaml)).toThrow(message);
  });
});

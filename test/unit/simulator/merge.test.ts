import { describe, expect, it } from 'vitest';
import { mergePatch, strategicMerge } from '../../../src/simulator/kube-api/merge.ts';
import { parseFieldSelector, parseLabelSelector } from '../../../src/simulator/world/selectors.ts';

describe('merge patch', () => {
  it('merges objects, removes by null and replaces lists', () => {
    expect(mergePatch({ a: { b: 1, c: 2 }, l: [1, 2] }, { a: { b: null, d: 3 }, l: [3] })).toEqual({
      a: { c: 2, d: 3 },
      l: [3],
    });
  });
});

describe('strategic merge', () => {
  const pod = {
    containers: [
      {
        name: 'web',
        image: 'a:1',
        env: [
          { name: 'A', value: '1' },
          { name: 'B', value: '2' },
        ],
        ports: [{ containerPort: 80 }],
      },
      { name: 'proxy', image: 'p:1' },
    ],
    tolerations: [{ key: 'a' }],
    finalizers: ['x'],
  };

  it('merges lists by their key and leaves the rest alone', () => {
    const merged = strategicMerge(pod, {
      containers: [
        {
          name: 'web',
          env: [
            { name: 'B', value: '3' },
            { name: 'C', value: '4' },
          ],
        },
        { name: 'new', image: 'n:1' },
      ],
    }) as typeof pod;
    expect(merged.containers.map((each) => [each.name, each.image])).toEqual([
      ['web', 'a:1'],
      ['proxy', 'p:1'],
      ['new', 'n:1'],
    ]);
    expect(merged.containers[0]?.env).toEqual([
      { name: 'A', value: '1' },
      { name: 'B', value: '3' },
      { name: 'C', value: '4' },
    ]);
    expect(pod.containers).toHaveLength(2);
  });

  it('deletes and replaces by directive', () => {
    expect(
      (strategicMerge(pod, { containers: [{ name: 'proxy', $patch: 'delete' }] }) as typeof pod)
        .containers,
    ).toHaveLength(1);
    expect(
      strategicMerge({ template: { a: 1, b: 2 } }, { template: { $patch: 'replace', c: 3 } }),
    ).toEqual({ template: { c: 3 } });
    expect(
      strategicMerge(pod, {
        '$deleteFromPrimitiveList/finalizers': ['x'],
        '$setElementOrder/containers': [],
      }),
    ).toMatchObject({ finalizers: [] });
    expect(
      strategicMerge(
        { strategy: { type: 'RollingUpdate', rollingUpdate: {} } },
        { strategy: { $retainKeys: ['type'], type: 'Recreate' } },
      ),
    ).toEqual({ strategy: { type: 'Recreate' } });
    expect(
      (strategicMerge(pod, { tolerations: [{ key: 'b' }] }) as typeof pod).tolerations,
    ).toEqual([{ key: 'b' }]);
  });
});

describe('selectors of a query', () => {
  const labels = { app: 'web', tier: 'front', 'k8s.io/role': 'x' };

  it.each([
    ['app=web', true],
    ['app==web,tier!=back', true],
    ['app in (api, web),tier', true],
    ['app notin (api,web)', false],
    ['!tier', false],
    ['!nothing,k8s.io/role=x', true],
    ['nothing!=x', true],
    ['', true],
  ])('%s', (text, matches) => {
    expect(parseLabelSelector(text)(labels)).toBe(matches);
  });

  it('reads fields by their path, absent ones as empty', () => {
    const pod = { spec: { nodeName: 'n' }, status: { phase: 'Running' } };
    expect(parseFieldSelector('spec.nodeName=n,status.phase!=Failed')(pod)).toBe(true);
    expect(parseFieldSelector('spec.nodeName=')({})).toBe(true);
    expect(() => parseFieldSelector('nonsense')).toThrow("can't understand 'nonsense'");
    expect(() => parseLabelSelector('a b c')).toThrow('unable to parse requirement');
  });
});

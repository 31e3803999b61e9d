import { expect, it } from 'vitest';
import { iso, why } from './pod-case.ts';

it('names the node whose kubelet says nothing of a pod that it was given', () => {
  const found = why({});
  expect(found).toMatchObject({
    certainty: 'unknown',
    sentence: 'it is bound to node n1, whose kubelet has said nothing of it for 10m',
  });
  expect(found?.evidence[0]?.about).toEqual({ kind: 'Node', namespace: '', name: 'n1' });
});

it('gives it time', () => {
  expect(why({ metadata: { creationTimestamp: iso(5_000) } })).toBeNull();
});

it('says that its node is gone', () => {
  expect(why({ spec: { nodeName: 'n2' } })?.sentence).toBe(
    'its node n2 is not in the cluster any more',
  );
});

import { expect, it } from 'vitest';
import { nodeHealth } from '../../../src/domain/health.ts';
import { labelledNotice, noticedNode, noticeOf } from '../../../src/domain/node-notice.ts';
import { nodeRow } from '../../support/rows.ts';

const NOW = Date.UTC(2026, 10, 26, 12);
const MINUTE = 60_000;
const event = (reason: string, minutes: number, source = 'karpenter, ip-10-0-0-1') => ({
  ...{ reason, source, message: 'Spot interruption warning was triggered' },
  last: NOW - minutes * MINUTE,
});

it('is found among events about nodes alone', () => {
  const about = { objectKind: 'Node', objectName: 'a' };
  expect(noticedNode({ ...about, reason: 'SpotInterrupted' })).toBe('a');
  expect(noticedNode({ ...about, reason: 'NodeReady' })).toBe('');
  expect(noticedNode({ ...about, objectKind: 'NodeClaim', reason: 'SpotInterrupted' })).toBe('');
  expect(noticedNode({ ...about, reason: 'constructor' })).toBe('');
});

it('is the newest, and of the node that there is now', () => {
  const all = [event('SpotRebalanceRecommendation', 9), event('SpotInterrupted', 1)];
  expect(noticeOf(all, 0)).toMatchObject({ text: 'Spot interruption', by: 'karpenter' });
  expect(noticeOf(all, NOW)).toBeNull();
  expect(noticeOf([], 0)).toBeNull();
});

it.each([
  [1, 'warn', 'Spot interruption'],
  [11, 'ok', ''],
])('%d minutes old, the health of its node is %s', (minutes, level, cause) => {
  const notice = noticeOf([event('SpotInterruption', minutes, 'aws-node-termination-handler')], 0);
  const node = nodeRow({ name: 'a', notice, isReady: true, created: NOW - 90 * MINUTE });
  expect(nodeHealth(node, NOW)).toEqual({ level, cause });
});

it.each([
  [{}, ''],
  [{ 'aws-node-termination-handler/event-id': 'spot-itn-1a2b' }, 'Spot interruption'],
  [
    { 'aws-node-termination-handler/event-id': 'rebalance-recommendation-1' },
    'Spot rebalance recommendation',
  ],
  [{ 'aws-node-termination-handler/event-id': 'other-1' }, 'instance is being terminated'],
])('by the labels %j it is "%s"', (labels, text) => {
  expect(labelledNotice(labels)).toBe(text);
});

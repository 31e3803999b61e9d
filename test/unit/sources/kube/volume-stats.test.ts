import { expect, it } from 'vitest';
import { isRead } from '../../../../src/sources/kube/readonly.ts';
import { summaryPath, volumeStats } from '../../../../src/sources/kube/volume-stats.ts';
import type { Transport } from '../../../../src/sources/kube/transport.ts';

const answering = (body: unknown): Transport =>
  ({ json: () => Promise.resolve(body) }) as unknown as Transport;

it('reads the volumes of claims out of a summary, and nothing else', async () => {
  const volume = { time: '2026-11-24T06:00:00Z', capacityBytes: 20, usedBytes: 19 };
  const pvcRef = { name: 'data-db-0', namespace: 'shop' };
  const summary = {
    node: { nodeName: 'n1' },
    pods: [
      {
        podRef: { name: 'db-0' },
        volume: [
          { ...volume, name: 'data', pvcRef, inodes: 100, inodesUsed: 7, inodesFree: 93 },
          { ...volume, name: 'tmp' },
          { name: 'data', pvcRef: { name: 'unread', namespace: 'shop' } },
          { ...volume, name: 'media', pvcRef: { name: 'media', namespace: 'shop' }, inodes: 0 },
        ],
      },
      { podRef: { name: 'web' } },
      null,
    ],
  };
  const at = Date.UTC(2026, 10, 24, 6);
  expect(await volumeStats(answering(summary), 'n1')).toEqual([
    {
      ...{ namespace: 'shop', name: 'data-db-0', used: 19, capacity: 20 },
      ...{ inodesUsed: 7, inodes: 100, at },
    },
    {
      ...{ namespace: 'shop', name: 'media', used: 19, capacity: 20 },
      ...{ inodesUsed: null, inodes: null, at },
    },
  ]);
  expect(await volumeStats(answering('no summary'), 'n1')).toEqual([]);
});

it.each([
  [summaryPath('ip-10-0-0-1'), true],
  ['/api/v1/nodes/n1/proxy/run/ns/pod/c', false],
  ['/api/v1/nodes/n1/proxy/stats/summary/../../run', false],
  ['/api/v1/nodes/n1/proxy', false],
])('%s is a read: %s', (path, is) => {
  expect(isRead('GET', path)).toBe(is);
});

it('is nothing that is posted', () => {
  expect(isRead('POST', summaryPath('n1'))).toBe(false);
});

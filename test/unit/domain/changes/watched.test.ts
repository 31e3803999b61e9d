/** Of several changes in one line it is told how the last of them came to be known. */
import { describe, expect, it } from 'vitest';
import { sized, type Change } from '../../../../src/domain/changes/change.ts';
import { ChangeLog } from '../../../../src/domain/changes/log.ts';
import type { ChangeRow } from '../../../../src/domain/rows.ts';

const restarted = (pod: number, workload: string, at: number): Change => ({
  ...{ key: `restarted ${workload}-${pod} ${at}`, at, change: 'restarted', kind: 'Pod' },
  ...{ namespace: 'shop', name: `${workload}-${pod}`, who: '', what: 'OOMKilled', level: 'bad' },
  owner: { kind: 'Deployment', name: workload },
  flood: 'restarted OOMKilled',
});

const scaled = (at: number, from: number, to: number): Change => ({
  ...{ key: `scaled ${at}`, at, change: 'scaled', kind: 'Deployment', namespace: 'shop' },
  ...{ name: 'api', who: 'HPA api', level: 'ok' },
  ...sized({ from, to }),
});

function linesOf(log: ChangeLog): readonly ChangeRow[] {
  const lines = new Map<string, ChangeRow>();
  const { put, removed } = log.take();
  for (const row of put) lines.set(row.uid, row);
  for (const { uid } of removed) lines.delete(uid);
  return [...lines.values()];
}

describe('of several it is known how the last came to be told', () => {
  it.each([
    [
      [
        [1_000, false],
        [2_000, true],
      ],
      true,
    ],
    [
      [
        [2_000, true],
        [1_000, false],
      ],
      true,
    ],
    [
      [
        [1_000, true],
        [2_000, false],
      ],
      false,
    ],
  ] as const)('%j', (times, watched) => {
    // Of one workload, and of so many pods that they are one line.
    for (const [many, same] of [
      [2, 'api'],
      [40, ''],
    ] as const) {
      const log = new ChangeLog();
      for (const [i, [at, seen]] of times.entries()) {
        for (let pod = 0; pod < many; pod++)
          log.add(restarted(pod, same || `w${pod}-${i}`, at), seen);
      }
      const [line, another] = linesOf(log);
      expect(another).toBeUndefined();
      expect(line?.watched).toBe(watched);
    }
  });

  it('so it is of scalings by one autoscaler', () => {
    const log = new ChangeLog();
    log.add(scaled(1_000, 3, 6), false);
    log.add(scaled(60_000, 6, 4), true);
    expect(linesOf(log)).toMatchObject([{ count: 2, watched: true }]);
  });
});

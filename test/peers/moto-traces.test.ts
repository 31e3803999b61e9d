/**
 * Traces of X-Ray, against what the aws CLI prints of the same moto. It takes no filter, with which
 * the pane asks: then the pane says so. Skipped where moto or the CLI is not installed.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { traceRow } from '../../src/sources/aws/tables/traces.ts';
import { type MotoCluster, startMotoCluster, type Told } from '../support/moto-cluster.ts';
import { onPath } from '../support/on-path.ts';

describe.skipIf(!onPath('moto_server') || !onPath('aws'))('traces, and the aws CLI', () => {
  let moto: MotoCluster;
  const end = Math.floor(Date.now() / 1000);

  const idOf = (seconds: number): string =>
    `1-${seconds.toString(16)}-${String(seconds).padStart(24, '0')}`;

  beforeAll(async () => {
    moto = await startMotoCluster();
    const segments = [
      { at: end - 300, took: 2, fault: true },
      { at: end - 200, took: 4, error: true },
      { at: end - 100, took: 1 },
    ].map(({ at, took, ...how }, i) =>
      JSON.stringify({
        ...{ trace_id: idOf(at), id: `000000000000000${i}`, name: 'checkout' },
        ...{ start_time: at, end_time: at + took, ...how },
      }),
    );
    const unread = await moto.aws(
      'UnprocessedTraceSegments',
      'xray put-trace-segments --trace-segment-documents',
      ...segments,
    );
    expect(unread).toEqual([]);
  }, 300_000);
  afterAll(() => moto.close());

  it('tell the same of how requests ended, and when they began', async () => {
    const from = end - 3600;
    const theirs = await moto.aws<{ Id: string; HasFault: boolean; HasError: boolean }[]>(
      'TraceSummaries',
      `xray get-trace-summaries --start-time ${from} --end-time ${end}`,
    );
    expect(theirs).toHaveLength(3);
    const { TraceSummaries, NextToken } = await moto.door.call('xray:GetTraceSummaries', {
      ...{ StartTime: from * 1000, EndTime: end * 1000 },
    });
    expect(NextToken).toBe('');
    const rows = TraceSummaries.map((summary) => traceRow(summary, moto.region));
    expect(
      rows.map(({ uid, duration, responseTime }) => ({ uid, duration, responseTime })),
    ).toEqual(
      await moto.aws<Told[]>(
        'TraceSummaries[].{uid:Id,duration:Duration,responseTime:ResponseTime}',
        `xray get-trace-summaries --start-time ${from} --end-time ${end}`,
      ),
    );
    expect(rows).toMatchObject([
      { outcome: 'fault', created: (end - 300) * 1000 },
      { outcome: 'error', created: (end - 200) * 1000 },
      { outcome: 'ok', created: (end - 100) * 1000 },
    ]);
  });

  it('say that they cannot be read where filters are not known', async () => {
    const { rows, status } = await moto.table('traces');
    expect(rows).toEqual([]);
    expect(status?.state).not.toBe('live');
    expect(status?.reason).not.toBe('');
  });
});

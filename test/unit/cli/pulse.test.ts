import { describe, expect, it } from 'vitest';
import { pulse } from '../../../src/cli/pulse.ts';
import { contextKey } from '../../../src/domain/cluster-key.ts';
import type { PodRow } from '../../../src/domain/rows.ts';
import { IDLE } from '../../../src/domain/status.ts';
import type { TableId } from '../../../src/domain/tables/index.ts';
import { Store } from '../../../src/store/index.ts';
import { boardText } from '../../../src/ui/pulse/arrange.ts';
import { podRow } from '../../support/rows.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const cluster = contextKey('lab');

/** The pulse of a cluster of these pods; `denied`: a table that may not be read. */
async function run(
  pods: readonly PodRow[],
  format: 'text' | 'json',
  denied: TableId | null = null,
) {
  const clock = new VirtualClock();
  const store = new Store({ clock, cluster });
  const printed = { out: '', err: '' };
  const need = (tables: readonly TableId[]): (() => void) => {
    for (const table of tables) {
      if (table === 'pods') store.sink(table).put([...pods]);
      const isDenied = table === denied;
      if (!isDenied) store.sink(table).synced();
      const state = isDenied ? 'denied' : 'live';
      const reason = isDenied ? `${table} are forbidden to dev` : '';
      store.sink(table).status({ ...IDLE, state, synced: !isDenied, reason });
    }
    return () => undefined;
  };
  const code = await pulse(
    { store, need },
    {
      ...{ clock, timeout: 1000, format, namespace: '', roundTrip: () => 12 },
      output: {
        width: null,
        out: (text) => (printed.out += text),
        err: (text) => (printed.err += text),
      },
    },
  );
  return { ...printed, code };
}

const crashing = podRow({
  uid: 'p1',
  name: 'api-0',
  namespace: 'shop',
  phase: 'Running',
  status: 'CrashLoopBackOff',
  restarts: 7,
});

it('keeps texts apart that are longer than their fields', () => {
  const fields = ['FailedComputeMetricsReplicas', 'hpa/worker'].map((text, i) => ({
    ...{ field: { cell: [[text, 'text']] as const, width: 18 }, x: 2 + 20 * i, width: 18 },
  }));
  expect(boardText([{ parts: [{ x: 0, fields }] }])).toBe(
    'FailedComputeMetricsReplicas hpa/worker',
  );
});

describe('ekscope get pulse', () => {
  it('ends with 1 where something is broken, and says what', async () => {
    const { out, code } = await run([crashing], 'text');
    expect(out).toContain('CrashLoopBackOff');
    expect(out).toContain('API server 12 ms');
    expect(code).toBe(1);
  });

  it('ends with 0 where nothing is', async () => {
    expect((await run([], 'text')).code).toBe(0);
  });

  it('ends with 3 where some of it cannot be known', async () => {
    const { err, code } = await run([], 'text', 'jobs');
    expect(err).toContain('jobs are forbidden to dev');
    expect(code).toBe(3);
  });

  it('gives programs raw values', async () => {
    const { out } = await run([crashing], 'json');
    expect(JSON.parse(out)).toMatchObject({ apiServerMs: 12, namespace: '' });
    const { kinds } = JSON.parse(out) as { kinds: { resource: string; problems: unknown[] }[] };
    expect(kinds.find(({ resource }) => resource === 'pods')?.problems).toMatchObject([
      { level: 'bad', count: 1, example: { namespace: 'shop', name: 'api-0' } },
    ]);
  });
});

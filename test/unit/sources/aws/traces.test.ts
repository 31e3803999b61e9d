import { expect, it } from 'vitest';
import type { TraceRow } from '../../../../src/domain/tables/traces.ts';
import { traceHealth, traceLink } from '../../../../src/domain/traces.ts';
import { traces as pane } from '../../../../src/resources/traces.ts';
import { traceRow } from '../../../../src/sources/aws/tables/traces.ts';
import type { TraceSummary } from '../../../../src/ports/aws/xray-calls.ts';
import { AWS_TABLES } from '../../../../src/sources/aws/tables/index.ts';
import type { AwsFault } from '../../../../src/domain/aws-fault.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';
import { eachAwsBench } from '../../../support/aws-bench.ts';
import { NOW } from '../../../support/aws-region.ts';

const bench = eachAwsBench();
const QUARTER = 15 * 60_000;

const badness = (row: TraceRow): string =>
  String(pane.columns.find(({ id }) => id === 'status')?.sortBy?.(row));

it('tells the requests of the last quarter of an hour, what failed, where and why', async () => {
  const { rows, last } = await bench().follow('traces');
  const all = [...rows.values()];
  expect(last).toMatchObject({ state: 'live', reason: '' });
  expect(all.every(({ created }) => created >= NOW - QUARTER && created <= NOW)).toBe(true);
  const fault = all.find(({ outcome }) => outcome === 'fault');
  expect(fault).toMatchObject({
    httpStatus: 504,
    method: 'POST',
    url: 'https://shop.example.com/checkout',
    entry: 'web',
    services: ['web', 'bff', 'checkout', 'payments-api'],
    cause: 'payments-api: TimeoutError: payment provider did not answer within 3000 ms',
    region: 'eu-central-1',
  });
  expect(fault?.responseTime).toBeGreaterThan(3);
  expect(new Set(all.map(({ outcome }) => outcome))).toEqual(
    new Set(['fault', 'error', 'throttled', 'ok']),
  );
  const [worst] = all.toSorted((a, b) => (badness(a) < badness(b) ? -1 : 1));
  expect(worst && traceHealth(worst).level).toBe('bad');
});

it('asks for what came since alone, page by page, and forgets what is old', async () => {
  const sink = await bench().follow('traces');
  const first = bench().counted('GetTraceSummaries');
  expect(first).toBeGreaterThan(2);
  bench().calls.length = 0;
  bench().clock.advance(60_000);
  await sink.until(({ calls }) => calls.filter((call) => call === 'status live').length > 1);
  // Two minutes of each, and neither has more than a page of them.
  expect(bench().counted('GetTraceSummaries')).toBe(2);
});

it('says that it is cut, and how to see more, as long as what is missing would be shown', async () => {
  const clock = new VirtualClock(NOW);
  let endless = true;
  let asked = 0;
  const call = () => {
    asked += 1;
    return Promise.resolve({ TraceSummaries: [], NextToken: endless ? `page ${asked}` : '' });
  };
  const target = { name: 'shop', arn: 'arn:shop', profile: '', region: 'eu-central-1' };
  const context = { clock, reads: () => ({ call, localIds: new Map() }), lasting: never };
  const [part] = AWS_TABLES.traces.parts(target, context as never);
  const read = async (): Promise<string[]> => {
    const gaps: AwsFault[] = [];
    const { signal } = new AbortController();
    await part?.read({ signal, wanted: false, changed: () => undefined, gaps });
    return gaps.map(({ message, hint }) => `${message} · ${hint}`);
  };
  expect(await read()).toEqual([
    expect.stringMatching(/^not all: X-Ray had more than 10 pages .*--filter-expression/),
  ]);
  expect(asked).toBe(10);
  endless = false;
  clock.advance(QUARTER - 1);
  expect(await read()).toHaveLength(1);
  clock.advance(1);
  expect(await read()).toEqual([]);
});

const never = (): never => {
  throw new Error('nothing lasts');
};

it('shows no secret of an address, or of what was thrown', () => {
  const thrown = { Name: 'Refused', Message: 'password=hunter22 is wrong' };
  const summary: TraceSummary = {
    ...{ Id: '1-6a0b1c2d-1', StartTime: NOW, Duration: 1, ResponseTime: 1 },
    ...{ HasFault: true, HasError: false, HasThrottle: false, IsPartial: false },
    Http: {
      HttpURL: 'https://shop.example.com/login?token=abcdef123456',
      ...{ HttpStatus: 500, HttpMethod: 'GET', ClientIp: '' },
    },
    ...{ ServiceIds: [], EntryPoint: { Name: 'web' }, ErrorRootCauses: [] },
    FaultRootCauses: [
      { Services: [{ Name: 'web', EntityPath: [{ Name: 'web', Exceptions: [thrown] }] }] },
    ],
  };
  expect(JSON.stringify(traceRow(summary, 'eu-central-1'))).not.toMatch(/abcdef123456|hunter22/);
});

it.each([
  [
    'eu-central-1',
    'https://eu-central-1.console.aws.amazon.com/cloudwatch/home?region=eu-central-1#xray:traces/1-a',
  ],
  [
    'us-gov-west-1',
    'https://us-gov-west-1.console.amazonaws-us-gov.com/cloudwatch/home?region=us-gov-west-1#xray:traces/1-a',
  ],
  ['us-iso-east-1', ''],
])('leads to the console of %s', (region, link) => {
  expect(traceLink({ name: '1-a', region })).toBe(link);
});

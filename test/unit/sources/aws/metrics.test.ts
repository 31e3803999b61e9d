import { Agent, request } from 'node:https';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Metric } from '../../../../src/domain/charts/metric.ts';
import type { AwsDoor } from '../../../../src/ports/aws.ts';
import {
  accessDenied,
  type ApiCall,
  type ApiError,
  throttled,
} from '../../../../src/simulator/aws-api/index.ts';
import type { Region } from '../../../../src/simulator/region.ts';
import { NOW, testRegion } from '../../../support/aws-region.ts';
import { ONCE, servedDoor, type ServedDoor } from '../../../support/served-door.ts';

const MINUTE = 60_000;
const dimensions = { ClusterName: 'shop' };
const metric = (name: string, stat = 'Average'): Metric => ({
  ...{ namespace: 'AWS/EKS', name, dimensions, stat },
});

let region: Region;
let served: ServedDoor;
let door: AwsDoor;
let fault: (call: ApiCall) => ApiError | null;

beforeAll(async () => {
  const made = testRegion();
  region = made.region;
  made.shop.metrics = () => [
    {
      ...{
        namespace: 'AWS/EKS',
        dimensions,
        resolution: 60,
        since: NOW - 50 * MINUTE,
        until: null,
      },
      figures: {
        minutes: (at) => (NOW - at) / MINUTE,
        odd: (at) => ((NOW - at) % (2 * MINUTE) === 0 ? null : -1),
      },
    },
    {
      ...{ namespace: 'AWS/EC2', dimensions: { InstanceId: 'i-1' }, resolution: 300 },
      ...{ since: 0, until: null, figures: { CPUUtilization: () => 5 } },
    },
  ];
  served = await servedDoor(region, { fault: (call) => fault(call) }, ONCE);
  ({ door } = served);
});
beforeEach(() => {
  fault = () => null;
});
afterAll(() => served.close());

const ask = (metrics: readonly Metric[], change: object = {}, Period = 300) =>
  door.call('cloudwatch:GetMetricData', {
    MetricDataQueries: metrics.map((each, i) => ({ Id: `m${i}`, metric: each, Period })),
    ...{ StartTime: NOW - 60 * MINUTE, EndTime: NOW },
    ...change,
  });

describe('points of metrics', () => {
  it('come oldest first, a value for each period that has one', async () => {
    const { MetricDataResults } = await ask([metric('minutes', 'Maximum'), metric('odd', 'Sum')]);
    const [minutes, odd] = MetricDataResults;
    expect(minutes?.StatusCode).toBe('Complete');
    // Nothing was measured before, and what is younger than a minute has not come in yet.
    expect(minutes?.Timestamps).toEqual(
      Array.from({ length: 10 }, (_, i) => NOW - (50 - 5 * i) * MINUTE),
    );
    expect(minutes?.Values).toEqual(Array.from({ length: 10 }, (_, i) => 50 - 5 * i));
    expect(odd?.Values.slice(0, 3)).toEqual([-2, -3, -2]);
  });

  it('are none of a metric with other dimensions, or finer than they are taken', async () => {
    const instance = (namespace: string): Metric => ({
      ...{ namespace, name: 'CPUUtilization', dimensions: { InstanceId: 'i-1' }, stat: 'Average' },
    });
    const { MetricDataResults } = await ask(
      [{ ...metric('minutes'), dimensions: {} }, instance('AWS/EC2'), instance('AWS/EBS')],
      {},
      60,
    );
    expect(MetricDataResults.map(({ Values }) => Values.length)).toEqual([0, 12, 0]);
    expect(MetricDataResults[1]?.Timestamps.slice(0, 2)).toEqual([
      ...[NOW - 60 * MINUTE, NOW - 55 * MINUTE],
    ]);
  });

  it('are not kept for ever, the finer ones the shorter', async () => {
    const DAY = 1440 * MINUTE;
    const long = { StartTime: NOW - 20 * DAY, EndTime: NOW - 16 * DAY };
    const cpu = {
      ...metric('CPUUtilization'),
      namespace: 'AWS/EC2',
      dimensions: { InstanceId: 'i-1' },
    };
    const fine = await ask([cpu], long, 60);
    const coarse = await ask([cpu], long, 3600);
    expect(fine.MetricDataResults[0]?.Values).toEqual([]);
    expect(coarse.MetricDataResults[0]?.Values).toHaveLength(4 * 24);
  });

  it('are listed by name, as far as there are any', async () => {
    const list = (Name: string) =>
      door.call('cloudwatch:ListMetrics', { Namespace: 'AWS/EKS', Dimensions: [{ Name }] });
    expect((await list('ClusterName')).Metrics).toEqual([
      { MetricName: 'minutes' },
      { MetricName: 'odd' },
    ]);
    expect((await list('InstanceId')).Metrics).toEqual([]);
  });
});

describe('what fails', () => {
  it.each([
    [accessDenied, 'denied', 'needs cloudwatch:GetMetricData'],
    [throttled, 'busy', 'AWS throttles cloudwatch:GetMetricData'],
  ] as const)('is said in words: %o', async (made, kind, message) => {
    fault = (call) => (call.operation === 'GetMetricData' ? made(call) : null);
    await expect(ask([metric('minutes')])).rejects.toMatchObject({ kind, message });
  });

  it('is a statistic that there is none of', async () => {
    await expect(ask([metric('minutes', 'Median')])).rejects.toMatchObject({ kind: 'rejected' });
  });
});

it('is told to clients that speak AWS Query too', async () => {
  const form = new URLSearchParams({
    ...{ Action: 'GetMetricData', Version: '2010-08-01' },
    StartTime: new Date(NOW - 10 * MINUTE).toISOString(),
    EndTime: new Date(NOW).toISOString(),
    'MetricDataQueries.member.1.Id': 'a',
    'MetricDataQueries.member.1.MetricStat.Metric.Namespace': 'AWS/EKS',
    'MetricDataQueries.member.1.MetricStat.Metric.MetricName': 'minutes',
    'MetricDataQueries.member.1.MetricStat.Metric.Dimensions.member.1.Name': 'ClusterName',
    'MetricDataQueries.member.1.MetricStat.Metric.Dimensions.member.1.Value': 'shop',
    'MetricDataQueries.member.1.MetricStat.Period': '300',
    'MetricDataQueries.member.1.MetricStat.Stat': 'Maximum',
  });
  const answer = await post(form.toString());
  expect(answer).toContain('<member>10</member>');
  expect(answer).toContain('<StatusCode>Complete</StatusCode>');
});

function post(body: string): Promise<string> {
  const { accessKeyId } = region.credentials;
  const scope = `${accessKeyId}/20261124/${region.name}/monitoring/aws4_request`;
  return new Promise((resolve, reject) => {
    const sent = request(
      served.aws.url,
      {
        method: 'POST',
        agent: new Agent({ ca: readFileSync(served.aws.caFile) }),
        headers: { authorization: `AWS4-HMAC-SHA256 Credential=${scope}` },
      },
      (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () => resolve(text));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

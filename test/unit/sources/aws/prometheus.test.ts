/** Managed Service for Prometheus through the door: of a served region, and where its requests go. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AwsDoor } from '../../../../src/ports/aws.ts';
import {
  accessDenied,
  type ApiCall,
  type ApiError,
} from '../../../../src/simulator/aws-api/index.ts';
import type { Region } from '../../../../src/simulator/region.ts';
import type { ClientConfig } from '../../../../src/sources/aws/client-config.ts';
import { explain } from '../../../../src/sources/aws/explain.ts';
import { apsOperations } from '../../../../src/sources/aws/operations/aps.ts';
import { NOW, testRegion } from '../../../support/aws-region.ts';
import { ONCE, servedDoor, type ServedDoor } from '../../../support/served-door.ts';

const MINUTE = 60_000;
const WORKSPACE = 'ws-00000000-0000-0000-0000-000000000001';

let region: Region;
let served: ServedDoor;
let door: AwsDoor;
let fault: (call: ApiCall) => ApiError | null;

beforeAll(async () => {
  const made = testRegion();
  region = made.region;
  const { prometheus } = region;
  prometheus.workspaces.push(
    { id: WORKSPACE, alias: 'metrics', createdAt: NOW, tags: { team: 'shop' } },
    ...Array.from({ length: 120 }, (_, i) => ({
      ...{ id: `ws-${i}`, alias: '', createdAt: NOW, tags: {} },
    })),
  );
  prometheus.scrapers.push({
    ...{ id: 's-1', alias: '', clusterArn: made.shop.arn, workspaceId: WORKSPACE },
    ...{ subnetIds: [], createdAt: NOW, externalLabels: { cluster: 'shop' } },
  });
  made.shop.series = (name) =>
    name === 'minutes'
      ? [
          {
            labels: { pod: 'a' },
            ...{ since: NOW - 5 * MINUTE, kind: 'gauge', read: (at) => (NOW - at) / MINUTE },
          },
        ]
      : [];
  served = await servedDoor(region, { fault: (call) => fault(call) }, ONCE);
  ({ door } = served);
});
beforeEach(() => {
  fault = () => null;
});
afterAll(() => served.close());

const ask = (query: string, mostSamples = 1000, workspaceId = WORKSPACE) =>
  door.call('aps:QueryMetrics', {
    ...{ workspaceId, region: '', query, mostSamples, step: 60 },
    ...{ start: NOW - 10 * MINUTE, end: NOW },
  });

describe('what there is', () => {
  it('is listed page by page', async () => {
    const { workspaces } = await door.call('aps:ListWorkspaces', {});
    expect(workspaces).toHaveLength(121);
    expect(workspaces[0]).toEqual({
      ...{ workspaceId: WORKSPACE, alias: 'metrics', tags: { team: 'shop' } },
      arn: `arn:aws:aps:eu-central-1:111122223333:workspace/${WORKSPACE}`,
      status: { statusCode: 'ACTIVE' },
    });
    const { scrapers } = await door.call('aps:ListScrapers', {});
    expect(scrapers).toEqual([
      {
        ...{ scraperId: 's-1', status: { statusCode: 'ACTIVE' } },
        source: { eksConfiguration: { clusterArn: region.clusters[0]?.arn } },
        destination: { ampConfiguration: { workspaceArn: workspaces[0]?.arn } },
      },
    ]);
  });
});

describe('a question', () => {
  it('is answered with series, from when on there are any, and with what it costs', async () => {
    const { series, samples } = await ask('minutes{pod="a",cluster="shop"}');
    expect(series).toEqual([
      {
        labels: { __name__: 'minutes', pod: 'a', cluster: 'shop' },
        points: [5, 4, 3, 2, 1, 0].map((minutes) => [NOW - minutes * MINUTE, minutes]),
      },
    ]);
    expect(samples).toBe(6);
  });

  it('has no points that are no numbers', async () => {
    const { series } = await ask('minutes / 0');
    expect(series[0]?.points).toEqual([]);
  });

  it.each([
    [
      'minutes{',
      'QueryMetrics: invalid parameter "query": 1:9: parse error: unexpected end of input',
    ],
    ['topk(1, minutes)', /the function topk is not served/],
  ])('that is wrong is refused in words of Prometheus: %s', async (query, message) => {
    await expect(ask(query)).rejects.toMatchObject({
      ...{ kind: 'rejected', code: 'Prometheus_bad_data' },
      message: expect.stringMatching(message) as string,
    });
  });

  it('that would cost too much is refused', async () => {
    await expect(ask('minutes', 2)).rejects.toMatchObject({ kind: 'rejected' });
  });

  it('to a workspace that is not there is told so', async () => {
    await expect(ask('minutes', 1000, 'ws-x')).rejects.toMatchObject({ kind: 'absent' });
  });

  it.each(['QueryMetrics', 'ListScrapers', 'ListWorkspaces'])(
    'without the right to %s names it',
    async (operation) => {
      fault = (call) => (call.operation === operation ? accessDenied(call) : null);
      const asked =
        operation === 'QueryMetrics'
          ? ask('minutes')
          : door.call(`aps:${operation as 'ListScrapers' | 'ListWorkspaces'}`, {});
      await expect(asked).rejects.toMatchObject({
        ...{ kind: 'denied', message: `needs aps:${operation}` },
      });
    },
  );
});

describe('requests', () => {
  interface Sent {
    readonly hostname: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
  }

  const run = <T>(request: (options: object) => Promise<T>): Promise<T> => request({});
  const question = (region: string) => ({
    ...{ workspaceId: 'ws-1', region, query: 'up' },
    ...{ start: 0, end: 0, step: 60, mostSamples: 1 },
  });

  function operationsOf(change: Partial<ClientConfig>) {
    const config = {
      ...{
        region: 'eu-central-1',
        useFipsEndpoint: false,
        useDualstackEndpoint: false,
        maxAttempts: 1,
      },
      credentials: () => Promise.resolve({ accessKeyId: 'AKIA', secretAccessKey: 'x' }),
      ...change,
    };
    return apsOperations(config as unknown as ClientConfig);
  }

  function sentError(change: Partial<ClientConfig>, region: string): Promise<unknown> {
    const operations = operationsOf(change);
    return operations['aps:QueryMetrics'](question(region), run).catch((error: unknown) => error);
  }

  /** What is sent where the user set no endpoint. */
  async function sent(change: Partial<ClientConfig>, region = ''): Promise<readonly Sent[]> {
    const all: Sent[] = [];
    const requestHandler = {
      handle: (request: Sent) => {
        all.push(request);
        return Promise.reject(new Error('goes nowhere'));
      },
    };
    const operations = operationsOf({ requestHandler: requestHandler as never, ...change });
    await operations['aps:QueryMetrics'](question(region), run).catch(() => undefined);
    await operations['aps:ListWorkspaces']({}, run).catch(() => undefined);
    return all;
  }

  it('go to the region of the workspace, and are signed for it', async () => {
    const [question, list] = await sent({}, 'us-east-1');
    expect(question?.hostname).toBe('aps-workspaces.us-east-1.amazonaws.com');
    expect(question?.headers['authorization']).toContain('/us-east-1/aps/aws4_request');
    expect(list?.headers['authorization']).toContain('/eu-central-1/aps/aws4_request');
  });

  it('that fail there name that region, not the cluster’s', async () => {
    const failing = {
      handle: () =>
        Promise.reject(Object.assign(new Error('no'), { $metadata: { httpStatusCode: 503 } })),
    };
    const failed = async (region: string): Promise<string> => {
      const error = await sentError({ requestHandler: failing as never }, region);
      const context = { action: 'aps:QueryMetrics', profile: '', region: 'eu-central-1' };
      return explain(error, { ...context, endpoint: '' }).message;
    };
    expect(await failed('us-east-1')).toBe('AWS aps in us-east-1 answers 503 to QueryMetrics');
    expect(await failed('')).toBe('AWS aps in eu-central-1 answers 503 to QueryMetrics');
  });

  it.each([
    [{}, 'aps-workspaces.eu-central-1.amazonaws.com', 'aps.eu-central-1.amazonaws.com'],
    [
      { region: 'cn-north-1' },
      'aps-workspaces.cn-north-1.amazonaws.com.cn',
      'aps.cn-north-1.amazonaws.com.cn',
    ],
    [{ endpoint: 'https://aps.corp.example:8443' }, 'aps.corp.example', 'aps.corp.example'],
    [{ endpoint: 'https://127.0.0.1:1' }, '127.0.0.1', '127.0.0.1'],
  ] as const)('go where the data is, signed: %j', async (change, data, service) => {
    const [question, list] = await sent(change);
    expect([question?.hostname, list?.hostname]).toEqual([data, service]);
    expect(question?.path).toBe('/workspaces/ws-1/api/v1/query_range');
    expect(question?.headers['authorization']).toContain('/aps/aws4_request');
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AwsDoor } from '../../../../src/ports/aws.ts';
import {
  accessDenied,
  type ApiCall,
  type ApiError,
  throttled,
} from '../../../../src/simulator/aws-api/index.ts';
import type { LogStream } from '../../../../src/simulator/log-group.ts';
import { controlPlaneLogs } from '../../../../src/simulator/logs/control-plane.ts';
import type { EksCluster, Region } from '../../../../src/simulator/region.ts';
import { NOW, testRegion } from '../../../support/aws-region.ts';
import { servedDoor, type ServedDoor } from '../../../support/served-door.ts';

const GROUP = '/aws/containerinsights/shop/application';

let region: Region;
let shop: EksCluster;
let served: ServedDoor;
let door: AwsDoor;
let fault: (call: ApiCall) => ApiError | null;
let time: () => number = () => NOW;

/** A stream with a line in each second of the last minute. */
const stream = (name: string, message: (i: number) => string): LogStream => {
  const all = Array.from({ length: 60 }, (_, i) => ({
    timestamp: NOW - 60_000 + i * 1000,
    message: message(i),
  }));
  const events = (from: number, until: number) =>
    all.filter(({ timestamp }) => timestamp >= from && timestamp < until);
  return { name, events, count: (from, until) => events(from, until).length };
};

beforeAll(async () => {
  ({ region, shop } = testRegion());
  served = await servedDoor(region, { fault: (call) => fault(call), now: () => time() });
  ({ door } = served);
});
beforeEach(() => {
  fault = () => null;
  const json = (pod: string) => (i: number) =>
    JSON.stringify({ log: `${pod} \u001b[31m${i}`, kubernetes: { pod_name: pod } });
  shop.logGroups = () => [
    ...controlPlaneLogs(region, shop, NOW),
    {
      ...{ name: GROUP, createdAt: 0, retentionDays: 1 },
      streams: () => [stream('a-1', json('a')), stream('b-1', json('b'))],
    },
  ];
});
afterAll(() => served.close());

const ask = (change: object = {}) =>
  door.call('logs:FilterLogEvents', {
    ...{ logGroupName: GROUP, startTime: NOW - 60_000, endTime: NOW },
    ...change,
  });

describe('events of a log group', () => {
  it('come oldest first over its streams, each with an id, as they were written', async () => {
    const { events, nextToken } = await ask();
    expect(nextToken).toBe('');
    expect(events.slice(0, 3).map(({ logStreamName }) => logStreamName)).toEqual([
      ...['a-1', 'b-1', 'a-1'],
    ]);
    expect(events[0]?.message).toContain('\\u001b[31m0');
    expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(events.length);
    // What was written a moment ago cannot be read yet.
    expect(events.at(-1)?.timestamp).toBeLessThan(NOW - 1000);
  });

  it('are those of streams, of a pattern, of a span, where that is asked for', async () => {
    const ofStream = await ask({ logStreamNamePrefix: 'b-' });
    expect(new Set(ofStream.events.map((each) => each.logStreamName))).toEqual(new Set(['b-1']));
    const ofPod = await ask({ filterPattern: '{ $.kubernetes.pod_name = "a" }' });
    expect(new Set(ofPod.events.map((each) => each.logStreamName))).toEqual(new Set(['a-1']));
    const ofTerm = await ask({ filterPattern: '"m7"' });
    expect(ofTerm.events).toHaveLength(2);
    const ofSpan = await ask({ startTime: NOW - 30_000, endTime: NOW - 30_000 });
    expect(ofSpan.events).toHaveLength(2);
  });

  it('come in pages, the same with each look', async () => {
    const wide = { logGroupName: '/aws/eks/shop/cluster', startTime: NOW - 3_600_000 };
    const ids: string[] = [];
    let [pages, token] = [0, ''];
    do {
      const page = await ask({ ...wide, ...(token !== '' && { nextToken: token }) });
      ids.push(...page.events.map(({ eventId }) => eventId));
      token = page.nextToken;
      pages++;
    } while (token !== '');
    expect(pages).toBeGreaterThan(2);
    expect(new Set(ids).size).toBe(ids.length);
    const again = await ask({ ...wide, startTime: NOW - 60_000 });
    expect(again.events.every(({ eventId }) => ids.includes(eventId))).toBe(true);
  });
});

describe('a live tail', () => {
  const arn = `arn:aws:logs:eu-central-1:111122223333:log-group:${GROUP}`;
  const begin = async (change: object = {}, signal?: AbortSignal) =>
    (await door.call('logs:StartLiveTail', { logGroupIdentifiers: [arn], ...change }, signal))
      .updates;

  beforeEach(() => {
    time = () => NOW;
  });

  it('sends what is written since it began, in messages of an event stream', async () => {
    const updates = await begin({ logEventFilterPattern: '{ $.kubernetes.pod_name = "b" }' });
    // What was written a moment before it began can be read a moment later.
    time = () => NOW + 3000;
    for await (const { events, isSampled } of updates) {
      expect(isSampled).toBe(false);
      if (events.length === 0) continue;
      expect(events[0]).toMatchObject({ logStreamName: 'b-1', timestamp: NOW - 1000 });
      expect(events[0]?.message).toContain('b \\u001b[31m59');
      break;
    }
  });

  it('says that it sends some of the lines where there are more than fit', async () => {
    const many = Array.from({ length: 1200 }, (_, i) => ({
      ...{ timestamp: NOW + i, message: String(i) },
    }));
    const events = (from: number, until: number) =>
      many.filter(({ timestamp }) => timestamp >= from && timestamp < until);
    shop.logGroups = () => [
      {
        ...{ name: GROUP, createdAt: 0, retentionDays: 1 },
        streams: () => [{ name: 'a-1', events, count: (from, to) => events(from, to).length }],
      },
    ];
    const updates = await begin();
    time = () => NOW + 5000;
    for await (const update of updates) {
      if (update.events.length === 0) continue;
      expect(update.isSampled).toBe(true);
      expect(update.events.length).toBeLessThanOrEqual(500);
      break;
    }
  });

  it('ends after three hours, which is told from other ends', async () => {
    const updates = await begin();
    time = () => NOW + 3 * 3_600_000;
    const all = async () => {
      for await (const update of updates) expect(update.isSampled).toBe(false);
    };
    await expect(all()).rejects.toMatchObject({ code: 'SessionTimeoutException' });
  });

  it('ends when it is left', async () => {
    const stop = new AbortController();
    const updates = await begin({}, stop.signal);
    stop.abort();
    const all = async () => {
      for await (const update of updates) expect(update.events).toEqual([]);
    };
    await expect(all()).rejects.toMatchObject({ kind: 'unreachable' });
  });

  it('takes ARNs alone, of groups that are there, and names the right that it needs', async () => {
    await expect(begin({ logGroupIdentifiers: [GROUP] })).rejects.toMatchObject({
      ...{ kind: 'rejected', message: expect.stringContaining('is not an ARN') as string },
    });
    await expect(begin({ logGroupIdentifiers: [`${arn}x`] })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
    });
    fault = (call) => (call.operation === 'StartLiveTail' ? accessDenied(call) : null);
    await expect(begin()).rejects.toMatchObject({
      ...{ kind: 'denied', message: 'needs logs:StartLiveTail' },
    });
  });
});

describe('what fails', () => {
  it.each([
    [accessDenied, 'denied', 'needs logs:FilterLogEvents'],
    [throttled, 'busy', 'AWS throttles logs:FilterLogEvents'],
  ] as const)('is said in words: %o', async (made, kind, message) => {
    fault = (call) => (call.operation === 'FilterLogEvents' ? made(call) : null);
    await expect(ask()).rejects.toMatchObject({ kind, message });
  });

  it('is absent where there is no such group', async () => {
    await expect(ask({ logGroupName: '/none' })).rejects.toMatchObject({
      ...{ kind: 'absent', code: 'ResourceNotFoundException' },
    });
  });

  it('is rejected where the pattern is none', async () => {
    await expect(ask({ filterPattern: '{ broken' })).rejects.toMatchObject({ kind: 'rejected' });
  });
});

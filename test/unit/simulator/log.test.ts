import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RunLog } from '../../../src/simulator/logs/run.ts';
import type { Run } from '../../../src/simulator/logs/style.ts';
import { ApiClient } from './api-client.ts';
import { behave, NOW, smallWorld, workload } from './small-world.ts';
import type { SmallWorld } from './small-world.ts';

let small: SmallWorld;
let api: ApiClient;

beforeEach(async () => {
  small = smallWorld();
  small.world.profiles.set('shop/web', {
    behaviour: { startup: [1, 2] },
    load: { cpu: 0.5, memory: 0.5, swing: 0, period: 300 },
    logs: { style: 'json', rate: 5 },
  });
  small.add('deployments', 'web', workload('web', 1));
  small.run(120);
  api = await ApiClient.start(small.world);
});

afterEach(() => api.close());

/** The name of the first pod of an app. */
function podOf(app: string): string {
  return small.pods().find(({ metadata }) => metadata.name.startsWith(app))?.metadata.name ?? '';
}

function path(query = '', app = 'web'): string {
  return `/api/v1/namespaces/shop/pods/${podOf(app)}/log${query}`;
}

async function lines(query: string): Promise<string[]> {
  const { text } = await api.get(path(query));
  return text.split('\n').filter(Boolean);
}

describe('logs', () => {
  it('tell the whole history from the start, the same every time', async () => {
    const all = await lines('');
    expect(all[0]).toContain('"msg":"starting"');
    expect(all.length).toBeGreaterThan(500);
    expect(await lines('')).toEqual(all);
    expect(await lines('?tailLines=7')).toEqual(all.slice(-7));
    expect(await lines('?tailLines=0')).toEqual([]);
    expect((await api.get(path('?limitBytes=100'))).text).toHaveLength(100);
  });

  it('begin where they are asked to, with times in order', async () => {
    const stamped = await lines('?sinceSeconds=10&timestamps=true');
    const times = stamped.map((line) => Date.parse(line.slice(0, line.indexOf(' '))));
    expect(stamped[0]).toMatch(/^2026-11-24T06:\d\d:\d\d\.\d{9}Z \{/);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(Math.min(...times)).toBeGreaterThanOrEqual(small.clock.now() - 10_000);
    expect(stamped.length).toBeGreaterThan(40);
    const since = new Date(small.clock.now() - 2000).toISOString();
    expect((await lines(`?sinceTime=${since}`)).length).toBeLessThan(15);
  });

  it('follow without a gap, and end with the pod', async () => {
    const before = await lines('');
    const stream = await api.stream(path('?follow=true&tailLines=1'));
    expect(await stream.next()).toBe(before.at(-1));
    small.run(2);
    const after = await lines('');
    for (const line of after.slice(before.length)) expect(await stream.next()).toBe(line);
    small.world.store.remove('pods', 'shop', podOf('web'));
    await stream.rest();
  });

  it('say what a container that crashed said last', async () => {
    behave(small, 'ill', { crash: { after: [3, 4], exitCode: 2, reason: 'Error' } });
    small.add('deployments', 'ill', workload('ill', 1));
    small.run(60);
    const { text } = await api.get(path('?previous=true', 'ill'));
    expect(text).toContain('unhandled exception');
    const none = await api.get(path('?previous=true'));
    expect(none.code).toBe(400);
    expect(none.body['message']).toBe(
      `previous terminated container "web" in pod "${podOf('web')}" not found`,
    );
  });

  it('ask for a container where there are several, and name those there are', async () => {
    const { template } = workload('two', 1) as { template: { spec: { containers: object[] } } };
    const [web] = template.spec.containers;
    small.add('deployments', 'two', {
      ...workload('two', 1),
      template: { ...template, spec: { containers: [web, { ...web, name: 'proxy' }] } },
    });
    small.run(30);
    const name = podOf('two');
    const at = path('', 'two');
    expect((await api.get(at)).body['message']).toBe(
      `a container name must be specified for pod ${name}, choose one of: [web proxy]`,
    );
    expect((await api.get(`${at}?container=proxy`)).code).toBe(200);
    expect((await api.get(`${at}?container=nobody`)).body['message']).toBe(
      `container nobody is not valid for pod ${name}`,
    );
  });
});

describe('the log of a run', () => {
  const run: Run = {
    id: 'containerd://abc',
    app: 'web',
    pod: 'web-1',
    logging: { style: 'spring', rate: 40 },
    startedAt: NOW,
    endedAt: null,
    exitCode: 0,
    reason: '',
  };

  it('never tells an entry before its time, and forgets what rotation took', () => {
    const log = new RunLog(run);
    for (const seconds of [0, 1, 7, 60, 3600]) {
      const at = NOW + seconds * 1000;
      const count = log.countUntil(at);
      expect(log.timeOf(count - 1)).toBeLessThanOrEqual(at);
      expect(log.timeOf(count)).toBeGreaterThan(at);
    }
    const day = log.countUntil(NOW + 86_400_000);
    expect(day - log.oldest(day)).toBe(20_000);
    expect(log.indexAt(NOW, day)).toBe(log.oldest(day));
  });
});

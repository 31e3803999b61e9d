/** `ekscope get` of what is computed and recorded: as scripts read it. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { at, object, objects, text as textOf, type Json } from '../../src/core/json.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { startRegion, type Region } from './region.ts';

const EKSCOPE = fileURLToPath(new URL('../../bin/ekscope.js', import.meta.url));
const run = promisify(execFile);

let region: Region;

beforeAll(async () => {
  region = await startRegion('--pods', '200', '--nodes', '12');
}, 60_000);

afterAll(() => region[Symbol.dispose]());

/** What it prints as JSON, and its exit code. */
async function get(...args: readonly string[]) {
  const env = { PATH: process.env['PATH'], HOME: tempFolder(), ...region.env };
  const ended = await run(process.execPath, [EKSCOPE, 'get', ...args, '-o', 'json'], { env }).then(
    ({ stdout }) => ({ stdout, code: 0 }),
    (error: unknown) => error as { readonly stdout: string; readonly code: number },
  );
  return { read: JSON.parse(ended.stdout) as unknown, code: ended.code };
}

/** Asks the API server of the first cluster, as anybody else would. */
async function api(method: string, path: string, body?: object): Promise<Json> {
  const config: unknown = parse(readFileSync(region.env['KUBECONFIG'] ?? '', 'utf8'));
  const [cluster] = objects(at(config, 'clusters'));
  const [user] = objects(at(config, 'users'));
  const asked = request(`${textOf(at(cluster, 'cluster', 'server'))}${path}`, {
    method,
    ca: Buffer.from(textOf(at(cluster, 'cluster', 'certificate-authority-data')), 'base64'),
    headers: {
      authorization: `Bearer ${textOf(at(user, 'user', 'token'))}`,
      'content-type': 'application/strategic-merge-patch+json',
    },
  });
  asked.end(body === undefined ? undefined : JSON.stringify(body));
  const [answer] = (await once(asked, 'response')) as [NodeJS.ReadableStream];
  return object(JSON.parse(await text(answer)));
}

it('tells rollouts of the last half hour, with what they changed', async () => {
  for (const kind of ['deployments', 'daemonsets'] as const) {
    const list = await api('GET', `/apis/apps/v1/${kind}`);
    const [first] = objects(list['items']);
    const [namespace, name] = ['namespace', 'name'].map((key) =>
      textOf(at(first, 'metadata', key)),
    );
    const [container] = objects(at(first, 'spec', 'template', 'spec', 'containers'));
    await api(
      'PATCH',
      `/apis/apps/v1/namespaces/${namespace}/${kind}/${name}?fieldManager=deployer`,
      {
        spec: {
          template: { spec: { containers: [{ name: container?.['name'], image: 'x/y:2' }] } },
        },
      },
    );
    const { read, code } = await get('changes', '-A');
    expect(code).toBe(0);
    const found = objects(read).find(
      (each) => each['change'] === 'rollout' && each['name'] === name,
    );
    expect(found).toMatchObject({ namespace, who: 'deployer', watched: false, count: 1 });
    expect(found?.['what']).toMatch(/ → .*x\/y:2/);
    expect(Date.parse(textOf(found?.['at']))).toBeGreaterThan(0);
  }
}, 60_000);

it('tells what falls with each zone, in figures and by name', async () => {
  const { read, code } = await get('zones');
  expect(code).toBe(0);
  const zones = objects(read);
  expect(zones.map(({ name }) => name)).toEqual([
    'eu-central-1a',
    'eu-central-1b',
    'eu-central-1c',
  ]);
  for (const zone of zones) {
    const down = textOf(zone['down']).split(', ').filter(Boolean);
    expect(down).toHaveLength(Number(zone['lost']));
    expect(Number(zone['homeless'])).toBeLessThanOrEqual(Number(zone['pods']));
    if (Number(zone['homeless']) === 0) expect(zone['room']).toBe('all fit');
  }
}, 60_000);

it('tells the pulse, with an exit code that says whether something is broken', async () => {
  const { read, code } = await get('pulse', '-A');
  const kinds = objects(at(read, 'kinds'));
  expect(kinds.map(({ resource }) => resource)).toEqual(
    expect.arrayContaining(['nodes', 'pods', 'deployments']),
  );
  const isBroken = kinds.some((kind) =>
    objects(kind['problems']).some(({ level }) => level === 'bad'),
  );
  expect(code).toBe(isBroken ? 1 : 0);
  for (const kind of kinds) {
    const count = objects(kind['problems']).reduce((sum, each) => sum + Number(each['count']), 0);
    expect(count).toBeLessThanOrEqual(Number(kind['total']));
  }
  expect(Date.parse(textOf(at(read, 'at')))).toBeGreaterThan(0);
  const system = objects(at(read, 'system')).map(({ name }) => name);
  expect(system).toEqual(expect.arrayContaining(['coredns', 'aws-node']));
}, 60_000);

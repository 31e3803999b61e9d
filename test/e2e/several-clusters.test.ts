import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { App } from './driver.ts';
import { startRegion, type Region } from './region.ts';

let region: Region;
beforeAll(async () => {
  region = await startRegion('--seed', '7', '--speed', '20');
});
afterAll(() => region[Symbol.dispose]());

interface Audited {
  readonly phase: string;
  readonly cluster: string;
  readonly targets: readonly string[];
  readonly commands: readonly string[];
  readonly result: string;
}

/** Marks the first row of each cluster that the filter lets through. */
async function markOfEach(app: App, filter: string): Promise<void> {
  await app.wait(new RegExp(`▌ shop-(prod|staging) .*${filter}`));
  for (const cluster of ['shop-prod', 'shop-staging']) {
    app.type(`/\x15${filter} cluster:${cluster}\r`);
    await app.wait(new RegExp(`▌[ *]${cluster} .*${filter}`));
    app.type('g ');
    await app.wait(new RegExp(`▌\\*${cluster} .*${filter}`));
  }
  // What the filter hides is not forgotten, nor is it acted on.
  await app.wait('1 marked, 1 marked not listed');
  app.type(`/\x15${filter}\r`);
  await app.wait('2 marked');
}

it('takes back on both clusters what was done on both', async () => {
  const command = ':deploy @shop-prod,shop-staging /mailer';
  await using app = new App({ args: ['-c', command], env: region.env });
  await markOfEach(app, 'mailer');
  app.press('s');
  await app.wait(/in shop-prod, \d+ in shop-staging; empty leaves them/);
  app.type('2\r');
  await app.wait(/▸\[ Cancel \] {3}\[ Do it \]/);
  app.press('tab', 'enter');
  await app.wait(/✓ shop-prod: scaled .*✓ shop-staging: scaled .*U undo/);
  app.type('U');
  await app.wait(/Undo: scale · 2 deployments in 2 clusters[^]*▸\[ Cancel \] {3}\[ Do it \]/);
  app.press('tab', 'enter');
  await app.wait(/✓ shop-prod: scaled deployment\/mailer 2 → \d+ · ✓ shop-staging: scaled/);
});

it('deletes marked pods of two clusters, asked once, each by its own connection', async () => {
  const command = ':pods @shop-prod,shop-staging /fraud-check';
  await using app = new App({ args: ['-c', command], env: region.env });
  await markOfEach(app, 'fraud-check');
  app.press('ctrl-d');
  await app.wait(/Delete · 2 pods in 2 clusters[^]*What it owns/);
  app.press('enter');
  const plan = await app.wait(/▸\[ Cancel \] {3}\[ Do it \]/);
  expect(plan).toMatch(/▌shop-prod {2,}Delete pod\/fraud-check/);
  expect(plan).toMatch(/▌shop-staging {2,}Delete pod\/fraud-check/);
  app.press('tab', 'enter');
  await app.wait(/shop-prod: .*shop-staging: /);
  await app.wait(
    /✓ shop-prod: deleted pod\/fraud-check.* · ✓ shop-staging: deleted pod\/fraud-check/,
  );
  const lines = readFileSync(join(app.home, '.local/state/ekscope/audit.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Audited);
  const results = lines.filter(({ phase }) => phase === 'result');
  expect(results.map(({ result }) => result)).toEqual(['ok', 'ok']);
  expect(results.map(({ cluster }) => cluster.split('/').at(-1)).sort()).toEqual([
    'shop-prod',
    'shop-staging',
  ]);
  for (const { cluster, targets, commands } of results) {
    expect(targets).toHaveLength(1);
    expect(commands[0]).toContain(`--context ${cluster.replace('context:', '')}`);
  }
});

import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openMemory } from '../../../src/cli/memory.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

let folder = '';
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'ekscope-test-')), 'clusters');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

const left = { pane: 'nodes', namespace: 'shop', favorites: ['shop', 'kube-system'] };
const files = (): readonly string[] => readdirSync(folder);

/** What a run keeps of clusters. */
async function keep(...clusters: readonly string[]): Promise<void> {
  const memory = await openMemory(folder, new VirtualClock());
  for (const cluster of clusters) memory.keep(cluster, left);
  await memory.close();
}

describe('what is remembered', () => {
  it('is there in the next run, for the same cluster only', async () => {
    await keep('context:prod');
    const memory = await openMemory(folder, new VirtualClock());
    expect(memory.recall('context:prod')).toMatchObject(left);
    expect(memory.recall('context:Prod')).toBeNull();
    expect(memory.trouble).toBe('');
    expect(statSync(join(folder, files()[0] ?? '')).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it('is what lists and bookmarks were, but for filters that are too long to be read again', async () => {
    const sort = { column: 'name', descending: true };
    const list = (filter: string) => ({ filter, problemsOnly: true, sort });
    const place = { pane: 'pods', namespace: 'shop', filter: 'api' };
    const memory = await openMemory(folder, new VirtualClock());
    const lists = { pods: list('api'), nodes: list('x'.repeat(1000)) };
    memory.keep('context:prod', { ...left, lists, bookmarks: { 1: place } });
    await memory.close();
    expect((await openMemory(folder, new VirtualClock())).recall('context:prod')).toMatchObject({
      lists: { pods: list('api') },
      bookmarks: { 1: place },
    });
  });

  it('is nothing, without a word, before anything was kept', async () => {
    const memory = await openMemory(folder, new VirtualClock());
    expect(memory.recall('context:prod')).toBeNull();
    expect(memory.trouble).toBe('');
  });

  it('outlives another program that keeps other clusters at the same time', async () => {
    const clock = new VirtualClock();
    const one = await openMemory(folder, clock);
    const two = await openMemory(folder, clock);
    one.keep('context:a', left);
    two.keep('context:b', { ...left, pane: 'pods' });
    await Promise.all([one.close(), two.close()]);
    const memory = await openMemory(folder, clock);
    expect(memory.recall('context:a')).toMatchObject({ pane: 'nodes' });
    expect(memory.recall('context:b')).toMatchObject({ pane: 'pods' });
  });

  it('is written once things are calm', async () => {
    const clock = new VirtualClock();
    const memory = await openMemory(folder, clock);
    for (const pane of ['pods', 'nodes', 'events']) memory.keep('context:a', { ...left, pane });
    expect(() => files()).toThrow();
    clock.advance(1000);
    await memory.close();
    expect(files()).toHaveLength(1);
    expect((await openMemory(folder, clock)).recall('context:a')).toMatchObject({ pane: 'events' });
  });

  it('is bounded: what was left longest ago is forgotten', async () => {
    const clock = new VirtualClock();
    const memory = await openMemory(folder, clock);
    for (let i = 0; i < 130; i++) {
      clock.advance(1);
      memory.keep(`context:${i}`, left);
    }
    await memory.close();
    const next = await openMemory(folder, clock);
    await next.close();
    expect(next.recall('context:29')).toBeNull();
    expect(next.recall('context:30')).not.toBeNull();
    expect(files()).toHaveLength(100);
  });
});

describe('what is no memory of ours', () => {
  it.each([
    ['damaged', '{"version":1,', 'is damaged'],
    ['empty', '', 'is damaged'],
    ['of another version', '{"version":2}', 'is not what this version writes'],
    [
      'of another cluster',
      JSON.stringify({ version: 1, cluster: 'context:b', at: 1, ...left }),
      'is not what this version writes',
    ],
    [
      'full of what is no namespace',
      JSON.stringify({ version: 1, cluster: 'context:a', at: 1, ...left, namespace: '\x1b[2J' }),
      'is not what this version writes',
    ],
    ['too large', 'x'.repeat(70_000), 'has 70000 bytes'],
  ])('is not used, with a word: %s', async (_what, text, words) => {
    await keep('context:a');
    writeFileSync(join(folder, files()[0] ?? ''), text);
    const memory = await openMemory(folder, new VirtualClock());
    expect(memory.recall('context:a')).toBeNull();
    expect(memory.trouble).toContain('where you left off is not known');
    expect(memory.trouble).toContain(words);
  });

  it('is not followed', async () => {
    await keep('context:a');
    const [name = ''] = files();
    const elsewhere = join(folder, '..', 'elsewhere');
    writeFileSync(elsewhere, JSON.stringify({ version: 1, cluster: 'context:a', at: 1, ...left }));
    rmSync(join(folder, name));
    symlinkSync(elsewhere, join(folder, name));
    const memory = await openMemory(folder, new VirtualClock());
    expect(memory.recall('context:a')).toBeNull();
    expect(memory.trouble).toContain('symbolic link');
  });

  it('is left alone', async () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'notes.txt'), 'mine');
    expect((await openMemory(folder, new VirtualClock())).trouble).toBe('');
    expect(files()).toEqual(['notes.txt']);
  });
});

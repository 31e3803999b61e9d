import { mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { draftFiles } from '../../../src/cli/draft-files.ts';
import { pathsOf } from '../../../src/config/paths.ts';
import type { ProgramEnd } from '../../../src/ports/local.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const DRAFT = { text: 'kind: Pod\n', origin: '{"kind":"Pod"}' };
const ENDED: ProgramEnd = { code: 0, signal: '' };

function setUp(
  env: Record<string, string> = {},
  end: () => Promise<ProgramEnd> = () => Promise.resolve(ENDED),
) {
  const home = tempFolder();
  const started: (readonly string[])[] = [];
  const clock = new VirtualClock();
  const drafts = draftFiles({ paths: pathsOf({}, home), env, home }, clock, {
    run: (command, args) => {
      started.push([command, ...args]);
      return end();
    },
  });
  return { home, drafts, started, clock };
}

describe('a text that is kept', () => {
  it('is in a file that we alone can read, and is dropped with all that an editor left', async () => {
    const { drafts, home } = setUp();
    const path = await drafts.keep('pod-a b/../c.yaml', DRAFT);
    expect(drafts.shown(path)).toBe('~/.local/state/ekscope/edits/1/pod-a-b-..-c.yaml');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
    writeFileSync(`${path}~`, 'a backup');
    expect(await drafts.read(path)).toEqual(DRAFT);
    await drafts.drop(path);
    expect(await drafts.read(path)).toBeNull();
    expect(readdirSync(join(home, '.local/state/ekscope/edits'))).toEqual([]);
  });

  it('stays what it is beside others, until a month later', async () => {
    const { drafts, clock } = setUp();
    const first = await drafts.keep('a.yaml', DRAFT);
    const second = await drafts.keep('a.yaml', { ...DRAFT, text: 'other' });
    expect(second).not.toBe(first);
    await drafts.replace(second, { text: 'changed', origin: '{}' });
    expect(await drafts.read(first)).toEqual(DRAFT);
    expect(await drafts.read(second)).toEqual({ text: 'changed', origin: '{}' });
    const now = clock.now() / 1000;
    for (const [path, days] of [
      [first, 31],
      [second, 29],
    ] as const)
      utimesSync(dirname(path), now - days * 86_400, now - days * 86_400);
    await drafts.keep('a.yaml', DRAFT);
    expect(await drafts.read(second)).not.toBeNull();
    expect(readdirSync(dirname(dirname(first)))).toHaveLength(2);
  });

  it('is not written through what somebody else put there', async () => {
    const { drafts, home } = setUp();
    const edits = join(home, '.local/state/ekscope/edits');
    mkdirSync(edits, { recursive: true, mode: 0o777 });
    writeFileSync(join(edits, '1'), 'in the way');
    await expect(drafts.keep('a.yaml', DRAFT)).rejects.toThrow('it is not a folder');
  });
});

describe('the editor', () => {
  it('gets the file behind its own arguments', async () => {
    const { drafts, started } = setUp({ EDITOR: 'code --wait', VISUAL: '' });
    await drafts.edit('/e/1/a.yaml');
    expect(started).toEqual([['code', '--wait', '/e/1/a.yaml']]);
  });

  it.each([
    [{ code: 3, signal: '' }, 'the editor ended with code 3'],
    [{ code: null, signal: 'SIGKILL' }, 'the editor was ended by SIGKILL'],
  ])('that ends with %j is told', async (end, words) => {
    const { drafts } = setUp({}, () => Promise.resolve(end));
    await expect(drafts.edit('/e/1/a.yaml')).rejects.toThrow(words);
  });

  it('that is not there is told with what to set', async () => {
    const { drafts } = setUp({}, () => Promise.reject(new Error('vi is not installed')));
    await expect(drafts.edit('/e/1/a.yaml')).rejects.toThrow(
      'vi is not installed: set KUBE_EDITOR or EDITOR',
    );
  });
});

import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { userFiles } from '../../../../src/sources/local/index.ts';

const MOST = 1000;
let folder = '';
let path = '';
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'user-files-')));
  path = join(folder, 'config');
});
afterEach(() => rmSync(folder, { recursive: true }));

const mode = (of: string): number => statSync(of).mode & 0o7777;
/** Something else in the place of the file. */
const instead = (make: () => void) => () => {
  rmSync(path);
  make();
};
const bytes = (text: string): Uint8Array => Buffer.from(text);

describe('a file that is there', () => {
  it('is replaced with its mode, and nothing is left beside it', async () => {
    writeFileSync(path, 'old');
    chmodSync(path, 0o640);
    const files = userFiles();
    const file = await files.read(path, MOST);
    expect(file).toMatchObject({ path, locked: '' });
    await files.replace(file, bytes('new'));
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(mode(path)).toBe(0o640);
    expect(readdirSync(folder)).toEqual(['config']);
  });

  it('tells what stood there as long as nobody else wrote it', async () => {
    writeFileSync(path, 'old');
    const files = userFiles();
    expect(files.former(await files.read(path, MOST))).toBeUndefined();
    await files.replace(await files.read(path, MOST), bytes('new'));
    expect(String(files.former(await files.read(path, MOST)))).toBe('old');
    writeFileSync(path, 'newer');
    expect(files.former(await files.read(path, MOST))).toBeUndefined();
  });

  it.each(['changed', 'old!', 'ol', null])('changed since to %j is left alone', async (now) => {
    writeFileSync(path, 'old');
    const files = userFiles();
    const file = await files.read(path, MOST);
    if (now === null) rmSync(path);
    else writeFileSync(path, now);
    await expect(files.replace(file, bytes('new'))).rejects.toThrow('it was changed meanwhile');
    expect(existsSync(path) ? readFileSync(path, 'utf8') : null).toBe(now);
    expect(readdirSync(folder).length).toBe(now === null ? 0 : 1);
  });

  it('is written through the links of the user, which stay', async () => {
    mkdirSync(join(folder, 'dotfiles'));
    writeFileSync(join(folder, 'dotfiles', 'kube'), 'old');
    symlinkSync('dotfiles/kube', join(folder, 'one'));
    symlinkSync(join(folder, 'one'), path);
    const files = userFiles();
    const file = await files.read(path, MOST);
    expect(file.path).toBe(join(folder, 'dotfiles', 'kube'));
    await files.replace(file, bytes('new'));
    expect(readlinkSync(path)).toBe(join(folder, 'one'));
    expect(readFileSync(join(folder, 'dotfiles', 'kube'), 'utf8')).toBe('new');
  });

  it.each<[string, () => void, RegExp]>([
    ['larger than it may be', () => truncateSync(path, MOST + 1), /larger than 1000 bytes/],
    ['a folder', instead(() => mkdirSync(path)), /no regular file/],
    [
      'a link to nothing',
      instead(() => symlinkSync('nowhere', path)),
      /a link to .*nowhere, which is not there/,
    ],
    ['a link to itself', instead(() => symlinkSync('config', path)), /in a circle/],
  ])('%s is not read', async (_, make, why) => {
    writeFileSync(path, 'old');
    make();
    await expect(userFiles().read(path, MOST)).rejects.toThrow(why);
  });

  it.each<[string, () => void, RegExp]>([
    ['is read-only', () => chmodSync(path, 0o444), /read-only/],
    ['has a second name', () => linkSync(path, join(folder, 'other')), /second name/],
  ])('that %s is read and not replaced', async (_, make, why) => {
    writeFileSync(path, 'old');
    make();
    const files = userFiles();
    const file = await files.read(path, MOST);
    expect(file.locked).toMatch(why);
    await expect(files.replace(file, bytes('new'))).rejects.toThrow(why);
    expect(readFileSync(path, 'utf8')).toBe('old');
  });
});

describe('a file that is not there', () => {
  it('is made with its folders, for the user alone, and removed again', async () => {
    const below = join(folder, 'a', '.kube', 'config');
    const files = userFiles();
    const file = await files.read(below, MOST);
    expect(file).toEqual({ path: below, bytes: null, locked: '' });
    await files.replace(file, bytes('new'));
    expect([mode(below), mode(join(folder, 'a', '.kube'))]).toEqual([0o600, 0o700]);
    const made = await files.read(below, MOST);
    expect(files.former(made)).toBeNull();
    await files.replace(made, null);
    expect(existsSync(below)).toBe(false);
  });

  it('made meanwhile by somebody else is left alone', async () => {
    const files = userFiles();
    const file = await files.read(path, MOST);
    writeFileSync(path, '');
    await expect(files.replace(file, bytes('new'))).rejects.toThrow('changed meanwhile');
    expect(readFileSync(path, 'utf8')).toBe('');
  });

  it('below a file cannot be made', async () => {
    writeFileSync(path, '');
    const outcome = await userFiles()
      .read(join(path, 'config'), MOST)
      .then(({ locked }) => locked, String);
    expect(outcome).toMatch(/no folder/);
  });
});

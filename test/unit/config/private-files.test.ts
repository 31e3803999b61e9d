import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  appendLine,
  createFile,
  openToAppend,
  privateFolder,
  readOwn,
  replaceFile,
} from '../../../src/config/private-files.ts';
import { giveAway, tempFolder } from '../../support/temp-folder.ts';

const modeOf = (path: string): string => (statSync(path).mode & 0o7777).toString(8);

/** Each way to write a file. */
const WRITERS: Readonly<Record<string, (path: string) => Promise<unknown>>> = {
  append: (path) => appendLine(path, 'line'),
  open: async (path) => (await openToAppend(path)).close(),
  replace: (path) => replaceFile(path, 'text'),
  create: (path) => createFile(path, 'text'),
};
const writers = Object.entries(WRITERS);
/** The ways that use a file that is there already. */
const openers = writers.filter(([name]) => name === 'append' || name === 'open');

describe('folders', () => {
  it('are made with their parents, closed to others whatever the umask', async () => {
    const path = join(tempFolder(), 'a', 'b');
    const umask = process.umask(0);
    try {
      expect(await privateFolder(path)).toBe(path);
    } finally {
      process.umask(umask);
    }
    expect([modeOf(dirname(path)), modeOf(path)]).toEqual(['700', '700']);
  });

  it('that others could read are closed', async () => {
    const path = join(tempFolder(), 'open');
    mkdirSync(path);
    chmodSync(path, 0o755);
    await privateFolder(path);
    expect(modeOf(path)).toBe('700');
  });

  it.each([0o777, 0o1777, 0o702])('that others could write (%o) are refused', async (mode) => {
    const path = join(tempFolder(), 'open');
    mkdirSync(path);
    chmodSync(path, mode);
    await expect(privateFolder(path)).rejects.toMatchObject({
      message: `${path}: others can change it`,
      hint: `chmod go-w ${path}`,
    });
  });

  it('of somebody else are refused', async () => {
    const path = join(tempFolder(), 'theirs');
    mkdirSync(path);
    giveAway(path);
    await expect(privateFolder(path)).rejects.toThrow(/belongs to user/);
  });

  it('below a folder that others can write are refused', async () => {
    const shared = join(tempFolder(), 'shared');
    mkdirSync(join(shared, 'mine'), { recursive: true });
    // Not below a folder that is closed to others: those cannot get there.
    chmodSync(dirname(shared), 0o755);
    chmodSync(shared, 0o777);
    await expect(privateFolder(join(shared, 'mine'))).rejects.toThrow(`${shared}: others can`);
    chmodSync(shared, 0o1777);
    await expect(privateFolder(join(shared, 'mine'))).resolves.toBe(join(shared, 'mine'));
  });

  it('below one that nobody else can enter may be writable', async () => {
    const shared = join(tempFolder(), 'shared');
    mkdirSync(shared);
    chmodSync(shared, 0o777);
    await expect(privateFolder(join(shared, 'mine'))).resolves.toBe(join(shared, 'mine'));
  });

  it('are reached through links of ours, by their own path', async () => {
    const at = tempFolder();
    mkdirSync(join(at, 'real'));
    symlinkSync('real', join(at, 'link'));
    expect(await privateFolder(join(at, 'link', 'x'))).toBe(join(at, 'real', 'x'));
  });

  it('behind links that go round are refused', async () => {
    const at = tempFolder();
    symlinkSync('b', join(at, 'a'));
    symlinkSync('a', join(at, 'b'));
    await expect(privateFolder(join(at, 'a', 'x'))).rejects.toThrow(/circle/);
  });

  it('where a file is in the way say so', async () => {
    const at = tempFolder();
    writeFileSync(join(at, 'file'), '');
    await expect(privateFolder(join(at, 'file', 'x'))).rejects.toThrow(/not a folder/);
  });
});

describe('files', () => {
  it.each(writers)('%s: are made for us alone whatever the umask', async (_, write) => {
    const path = join(tempFolder(), 'x', 'file');
    const umask = process.umask(0);
    try {
      await write(path);
    } finally {
      process.umask(umask);
    }
    expect([modeOf(dirname(path)), modeOf(path)]).toEqual(['700', '600']);
    expect(readdirSync(dirname(path))).toEqual(['file']);
  });

  it.each(openers)('%s: those that others could read are closed', async (_, write) => {
    const path = join(tempFolder(), 'file');
    writeFileSync(path, '', { mode: 0o644 });
    await write(path);
    expect(modeOf(path)).toBe('600');
  });

  it.each(writers)('%s: a link is not followed', async (name, write) => {
    const at = tempFolder();
    const path = join(at, 'file');
    writeFileSync(join(at, 'victim'), 'precious');
    symlinkSync('victim', path);
    if (name === 'append' || name === 'open') await expect(write(path)).rejects.toThrow(/link/);
    else await write(path);
    expect(readFileSync(join(at, 'victim'), 'utf8')).toBe('precious');
    // Replacing puts a file in the place of the link; creating leaves what is there.
    if (name === 'create') expect(readlinkSync(path)).toBe('victim');
    if (name === 'replace') expect(readFileSync(path, 'utf8')).toBe('text');
  });

  it.each(openers)('%s: a named pipe is refused and waited for by nobody', async (_, write) => {
    const path = join(tempFolder(), 'pipe');
    execFileSync('mkfifo', [path]);
    await expect(write(path)).rejects.toMatchObject({
      message: `${path}: it is a named pipe, not a regular file`,
      hint: 'remove it, or choose another place',
    });
  });

  it.each(openers)('%s: a device is refused', async (_, write) => {
    await expect(write('/dev/null')).rejects.toThrow(/device/);
  });

  it.each(openers)('%s: of somebody else are refused', async (_, write) => {
    const path = join(tempFolder(), 'theirs');
    writeFileSync(path, '');
    giveAway(path);
    await expect(write(path)).rejects.toThrow(/belongs to user/);
  });

  it.each(openers)('%s: that others can write are refused', async (_, write) => {
    const path = join(tempFolder(), 'file');
    writeFileSync(path, '');
    chmodSync(path, 0o666);
    await expect(write(path)).rejects.toThrow(/others can change it/);
  });

  it.each(openers)('%s: a second name in a shared folder is refused', async (_, write) => {
    const at = tempFolder();
    const shared = join(at, 'shared');
    mkdirSync(shared);
    chmodSync(shared, 0o1777);
    writeFileSync(join(at, 'precious'), '');
    linkSync(join(at, 'precious'), join(shared, 'log'));
    await expect(write(join(shared, 'log'))).rejects.toThrow(/second name/);
  });

  it('that cannot be written say why, and what to do', async () => {
    await expect(appendLine(join(tempFolder(), 'x'.repeat(300)), '')).rejects.toMatchObject({
      message: expect.stringMatching(/name is too long$/) as string,
      hint: 'choose a shorter one',
    });
  });

  it('are appended to line by line, and a line that was cut short is ended', async () => {
    const path = join(tempFolder(), 'log');
    await appendLine(path, 'one');
    writeFileSync(path, 'one\ntw');
    await appendLine(path, 'three');
    expect(readFileSync(path, 'utf8')).toBe('one\ntw\nthree\n');
  });

  it('are replaced as a whole, or not at all', async () => {
    const at = tempFolder();
    const path = join(at, 'state');
    await replaceFile(path, 'old');
    await replaceFile(path, 'new');
    expect(readFileSync(path, 'utf8')).toBe('new');
    mkdirSync(join(at, 'folder'));
    await expect(replaceFile(join(at, 'folder'), 'x')).rejects.toThrow(/a folder is in its place/);
    expect(readdirSync(at).sort()).toEqual(['folder', 'state']);
  });

  it('that are there already are not created', async () => {
    const path = join(tempFolder(), 'file');
    expect([await createFile(path, 'a'), await createFile(path, 'b')]).toEqual([true, false]);
    expect(readFileSync(path, 'utf8')).toBe('a');
  });

  it('are read where they are ours, up to a size', async () => {
    const path = join(tempFolder(), 'file');
    expect(await readOwn(path, 10)).toBeNull();
    await replaceFile(path, 'täxt');
    expect(await readOwn(path, 10)).toBe('täxt');
    await expect(readOwn(path, 4)).rejects.toThrow(/it has 5 bytes, more than 4/);
    giveAway(path);
    await expect(readOwn(path, 10)).rejects.toThrow(/belongs to user/);
  });
});

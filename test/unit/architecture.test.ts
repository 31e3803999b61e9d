import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const SRC = fileURLToPath(new URL('../../src', import.meta.url));

/** Which folders of src each folder may import from, beside itself. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  domain: ['core'],
  keys: ['core'],
  theme: ['core'],
  config: ['core'],
  ports: ['core', 'domain'],
  store: ['core', 'domain', 'ports'],
  'sources/local': ['core', 'domain', 'ports'],
  'sources/kube': ['core', 'domain', 'ports', 'sources/local'],
  'sources/aws': ['core', 'domain', 'ports', 'sources/local'],
  session: ['core', 'domain', 'ports', 'store', 'config'],
  resources: ['core', 'domain', 'ports'],
  actions: ['core', 'domain', 'ports'],
  'ui/terminal': ['core', 'keys'],
  ui: [
    'core',
    'domain',
    'ports',
    'store',
    'session',
    'resources',
    'actions',
    'keys',
    'theme',
    'config',
    'ui/terminal',
  ],
  simulator: ['core', 'domain'],
  docs: ['core', 'resources', 'actions', 'keys', 'config', 'theme', 'cli'],
};

/** Packages that only some folders may know. */
const ONLY_IN: readonly [package_: RegExp, folders: readonly string[]][] = [
  [/^@kubernetes\//, ['sources/kube']],
  [/^@aws-sdk\/|^@smithy\//, ['sources/aws', 'simulator']],
  [/^ink$|^ink-|^react$/, ['ui', 'main']],
  [/^chalk$/, ['theme']],
];

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g;

interface Import {
  readonly file: string;
  readonly from: string;
  readonly target: string;
  readonly typeOnly: boolean;
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => file.replaceAll('\\', '/'));

function folderOf(file: string): string {
  const [top = '', second = ''] = file.split('/');
  if (!file.includes('/')) return 'main';
  return top === 'sources' || (top === 'ui' && second === 'terminal') ? `${top}/${second}` : top;
}

const imports: readonly Import[] = files.flatMap((file) => {
  const text = readFileSync(join(SRC, file), 'utf8');
  return [...text.matchAll(IMPORT)].map((found) => ({
    file,
    from: folderOf(file),
    target: found[2] ?? found[3] ?? '',
    typeOnly: found[1] !== undefined,
  }));
});

/** An import within src, as a path from src. */
function inside({ file, target }: Import): string | null {
  if (!target.startsWith('.')) return null;
  return relative(SRC, resolve(SRC, dirname(file), target)).replaceAll('\\', '/');
}

it('sees imports at all', () => {
  expect(imports.length).toBeGreaterThan(100);
});

it('every folder imports only what its layer allows', () => {
  const wrong = imports.filter((one) => {
    const target = inside(one);
    if (target === null || one.from === 'main' || one.from === 'cli') return false;
    const to = folderOf(target);
    return to !== one.from && !(MAY_IMPORT[one.from] ?? []).includes(to);
  });
  expect(wrong.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
});

it('the engine of actions knows none of them, and they know each other one way', () => {
  const floors = ['engine', 'targets', 'workloads', 'nodes', 'pods', 'objects', 'aws', 'index.ts'];
  const floorOf = (file: string): number => floors.indexOf(file.split('/')[1] ?? '');
  const wrong = imports.filter((one) => {
    const target = inside(one);
    if (one.from !== 'actions' || target === null || folderOf(target) !== 'actions') return false;
    return floorOf(one.file) < 0 || floorOf(target) > floorOf(one.file);
  });
  expect(wrong.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
});

it('ports are types only', () => {
  const wrong = imports.filter(({ from, typeOnly }) => from === 'ports' && !typeOnly);
  expect(wrong.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
});

it.each(ONLY_IN)('%s only where it belongs', (pattern, folders) => {
  const wrong = imports.filter(
    ({ from, target }) => pattern.test(target) && !folders.includes(from),
  );
  expect(wrong.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
});

it('the AWS schemas stay in the simulated AWS API', () => {
  const wrong = imports.filter(
    ({ from, file, target }) =>
      from === 'simulator' && /^@(aws-sdk|smithy)\//.test(target) && !file.includes('aws-api/'),
  );
  expect(wrong.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
});

it('process.env is read by config, main and the simulator entry only', () => {
  const allowed = /^(config\/|main\.tsx$|simulator\/main\.ts$)/;
  const wrong = files.filter(
    (file) => !allowed.test(file) && /process\.env\b/.test(readFileSync(join(SRC, file), 'utf8')),
  );
  expect(wrong).toEqual([]);
});

it('has no import cycles, of types or of values', () => {
  const graph = new Map<string, readonly string[]>(
    files.map((file) => [
      file,
      imports
        .filter((one) => one.file === file)
        .map(inside)
        .filter((target) => target !== null),
    ]),
  );
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) {
      cycles.push([...path.slice(path.indexOf(file)), file].join(' → '));
      return;
    }
    if (done.has(file)) return;
    for (const target of graph.get(file) ?? []) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  expect(cycles).toEqual([]);
});

/**
 * kubectl is the judge of the kinds that a server offers, and of what it prints of each. Without a
 * cluster of your own (EKSCOPE_PEER_KUBECONFIG) it is asked about the simulated region.
 */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual, promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import {
  kindRefOf,
  type FoundCell,
  type FoundColumn,
  type FoundRow,
  type KindRow,
} from '../../src/domain/kinds.ts';
import type { KubePort } from '../../src/ports/kube.ts';
import { createKubePort, loadKubeconfig } from '../../src/sources/kube/index.ts';
import { type Region, startRegion } from '../e2e/region.ts';
import { onPath } from '../support/on-path.ts';
import { recordingSink } from '../support/recording-sink.ts';

const OWN_CLUSTER = process.env['EKSCOPE_PEER_KUBECONFIG'] ?? '';
const run = promisify(execFile);

describe.skipIf(!onPath('kubectl'))('kubectl and the kinds of a server', () => {
  let region: Region | null = null;
  let kubeconfig = OWN_CLUSTER;
  let port: KubePort;
  let kinds: readonly KindRow[];

  beforeAll(async () => {
    if (OWN_CLUSTER === '') {
      region = await startRegion('--scenario', 'still', '--pods', '60');
      kubeconfig = region.env['KUBECONFIG'] ?? '';
    }
    const context = (await kubectl('config', 'current-context')).trim();
    const config = loadKubeconfig({ text: readFileSync(kubeconfig, 'utf8') });
    port = createKubePort({
      target: { config, context },
      readonly: () => true,
      version: '0',
      fallbackNamespaces: [],
      clock: systemClock,
      env: { ...process.env, ...region?.env },
    });
    const sink = recordingSink<KindRow>();
    port.followKinds(sink);
    await sink.until(({ last }) => last?.state === 'live');
    kinds = [...sink.rows.values()];
  });
  afterAll(() => {
    port.close();
    region?.[Symbol.dispose]();
  });

  async function kubectl(...args: readonly string[]): Promise<string> {
    const env = { ...process.env, ...region?.env, KUBECONFIG: kubeconfig };
    const { stdout } = await run('kubectl', args, { env, maxBuffer: 2 ** 26 });
    return stdout;
  }

  it('are the same', async () => {
    const names = await kubectl('api-resources', '--verbs=list', '-o', 'name');
    const ours = kinds.map(({ name, group }) => (group === '' ? name : `${name}.${group}`));
    expect(ours.sort()).toEqual(names.trim().split('\n').sort());
  });

  it('are printed the same, cell by cell', async () => {
    const asked = kinds.map(({ name, version, group }) => `${name}.${version}.${group}`).join();
    for (const wide of [false, true]) {
      const theirs = async () =>
        linesOf(await kubectl('get', asked, '-A', ...(wide ? ['-o', 'wide'] : [])));
      const ours = async () =>
        (await Promise.all(kinds.map((kind) => printed(port, kind, wide)))).flat().sort();
      await sameWhileStill(ours, theirs);
    }
  });
});

/**
 * A world is never quite still (jobs end, events come): the lines are compared where kubectl says
 * the same after ours were printed as before, and at the latest the third time.
 */
async function sameWhileStill(
  ours: () => Promise<readonly string[]>,
  theirs: () => Promise<readonly string[]>,
): Promise<void> {
  let before = await theirs();
  for (let time = 1; ; time++) {
    const printedOnes = await ours();
    const after = await theirs();
    if (time === 3 || isDeepStrictEqual(before, after)) {
      expect(printedOnes).toEqual(after);
      return;
    }
    before = after;
  }
}

/**
 * The rows of a kind as kubectl would print them beside those of others, without ages and the space
 * between columns.
 */
async function printed(port: KubePort, kind: KindRow, wide: boolean): Promise<readonly string[]> {
  const sink = recordingSink<FoundRow>();
  let columns: readonly FoundColumn[] = [];
  const stop = port.watchKind(
    kindRefOf(kind),
    { namespace: '' },
    { ...sink, columns: (told) => (columns = told) },
  );
  await sink.until(({ last }) => last?.state === 'live');
  stop();
  const is = [kind.kind.toLowerCase(), kind.group].filter(Boolean).join('.');
  const rows = [...sink.rows.values()].map(({ namespace, cells }) => {
    const words = columns.flatMap(({ priority, format }, i) => {
      if (priority > 0 && !wide) return [];
      const word = wordsOf(cells[i] ?? null);
      return format === 'name' ? `${is}/${word}` : word;
    });
    return [kind.namespaced ? namespace : '', ...words].join(' ');
  });
  return rows.map(withoutAges);
}

/** As kubectl writes a cell: its first line, control characters made visible. */
function wordsOf(cell: FoundCell): string {
  if (cell === null) return '';
  const [first = '', ...more] = String(cell).split(/[\n\f\r]/);
  const words = first.replaceAll('\x1b', '^[');
  return more.length > 0 ? `${words}...` : words;
}

/** The lines of all tables without their titles. */
function linesOf(output: string): readonly string[] {
  const tables = output.split('\n\n').map((table) => table.split('\n').filter(Boolean).slice(1));
  return tables.flat().map(withoutAges).sort();
}

function withoutAges(line: string): string {
  return line
    .replaceAll(/\b((\d+[smhdy])+|\d{4}-\d\d-\d\dT\S+Z)\b/g, '…')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

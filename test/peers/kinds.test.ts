/**
 * kubectl is the judge of the kinds that a server offers, and of what it prints of each. Without a
 * cluster of your own (EKSCOPE_PEER_KUBECONFIG) it is asked about the simulated region.
 */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
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

const ATTEMPTS = 5;

/**
 * A world is never quite still: autoscalers say other figures every quarter of a minute, jobs begin
 * and end. Of each line there must be as many as kubectl says before and after ours were printed, or
 * a number between. What changes twice meanwhile may be neither: it is looked at again.
 */
async function sameWhileStill(
  ours: () => Promise<readonly string[]>,
  theirs: () => Promise<readonly string[]>,
): Promise<void> {
  let before = await theirs();
  for (let attempt = 1; ; attempt++) {
    const printedOnes = await ours();
    const after = await theirs();
    const differences = differencesOf(printedOnes, before, after);
    if (differences.length === 0) return;
    if (attempt === ATTEMPTS) expect(differences).toEqual([]);
    before = after;
  }
}

/** The lines of which there are more or fewer than there were both before and after. */
function differencesOf(
  lines: readonly string[],
  before: readonly string[],
  after: readonly string[],
): readonly string[] {
  const [ours, was, is] = [countsOf(lines), countsOf(before), countsOf(after)] as const;
  return [...new Set([...lines, ...before, ...after])].flatMap((line) => {
    const [count, first, last] = [ours(line), was(line), is(line)] as const;
    const isTheirs = count >= Math.min(first, last) && count <= Math.max(first, last);
    return isTheirs ? [] : [`${line}: kubectl ${first}, then ${last}; ekscope ${count}`];
  });
}

/** How many there are of a line. */
function countsOf(lines: readonly string[]): (line: string) => number {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return (line) => counts.get(line) ?? 0;
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

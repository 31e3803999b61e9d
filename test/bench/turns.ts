/** The longest turns of the program's event loop while it does what takes longest. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { BenchCluster } from './cluster.ts';
import { Figures } from './figures.ts';
import { start } from './measures.ts';
import type { Program, Subject } from './program.ts';

/** What is done in such a run, in this order. */
export const PHASES = ['list', 'sort', 'filter', 'storm'] as const;
type Phase = (typeof PHASES)[number];

const PROBE = fileURLToPath(new URL('turn-probe.js', import.meta.url));
/** By CPU, memory, status, age, name; the last one twice, which reverses it. */
const SORTS = ['C', 'M', 'S', 'A', 'N', 'N'];
const FILTER = '/service-12';
const ESCAPE = '\x1b';
/** Between two keys: what they ask for is done by then (ms). */
const PAUSE = 600;
const STORM_MS = 6000;

/** @param home where the probe leaves what it saw */
export async function longestTurns(
  subject: Subject,
  home: string,
  tell: BenchCluster['tell'],
  figures: Figures,
): Promise<void> {
  const file = join(home, 'turns.json');
  const env = {
    ...subject.env,
    NODE_OPTIONS: `--import=${PROBE}`,
    EKSCOPE_BENCH_TURNS: file,
  };
  const began = new Map<Phase | 'end', number>();
  const begin = (phase: Phase | 'end'): void => void began.set(phase, Date.now());
  {
    const seen = new Figures();
    await using program = await start({ ...subject, env }, seen);
    began.set('list', Date.now() - program.now() + (seen.median('rows') ?? 0));
    begin('sort');
    await press(program, SORTS);
    begin('filter');
    await press(program, [...Array.from(FILTER), ESCAPE]);
    begin('storm');
    if (tell !== null) {
      tell({ do: 'events', perSecond: 1000 });
      await sleep(STORM_MS);
      tell({ do: 'events', perSecond: 0 });
    }
    begin('end');
  }
  const turns = JSON.parse(readFileSync(file, 'utf8')) as readonly [at: number, ms: number][];
  const ends = [...PHASES.slice(1), 'end'] as const;
  for (const [i, phase] of PHASES.entries()) {
    const [from, to] = [began.get(phase) ?? 0, began.get(ends[i] ?? 'end') ?? 0];
    const within = turns.filter(([at]) => at >= from && at < to).map(([, ms]) => ms);
    if (phase !== 'storm' || tell !== null) figures.add(`turn-${phase}`, Math.max(0, ...within));
  }
}

async function press(program: Program, keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    program.press(key);
    await sleep(PAUSE);
  }
}

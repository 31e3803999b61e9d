/** A log at a rate that no eye follows: is a line lost, how old is the newest on the screen, do keys work. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchCluster } from './cluster.ts';
import { percentile, type Figures } from './figures.ts';
import { LOG_LINE } from './log-faucet.ts';
import { SIZE } from './measures.ts';
import { Program, type Subject } from './program.ts';

/** Lines a second: one that an eye follows, a busy pod, a broken one. */
export const RATES = [100, 1_000, 20_000] as const;
const SECONDS = 10;

const LOGS = 'l';
const SAVE = '\x13';
const LEFT = '\x1b[D';
const RIGHT = '\x1b[C';

/** @param home where the program keeps its files: what it saves is compared with what was sent */
export async function logStream(
  subject: Subject,
  home: string,
  tell: NonNullable<BenchCluster['tell']>,
  figures: Figures,
  rate: (typeof RATES)[number],
): Promise<void> {
  const lines = rate * SECONDS;
  const id = (name: string): string => `log-${rate}-${name}`;
  // Pods of one container, so that one stream carries it all.
  await using program = new Program(
    { ...subject, args: [...subject.args, '-c', ':pods team-3'] },
    SIZE,
  );
  await program.settled(1500, 60_000);
  program.press(LOGS);
  await program.settled(1500, 20_000);
  const clock = Date.now() - program.now();
  const before = program.cpu();
  const began = program.now();
  tell({ do: 'log', perSecond: rate, lines });
  figures.add(id('key'), ...(await shifts(program, began + SECONDS * 1000)));
  figures.add(id('cpu'), (100 * (program.cpu() - before)) / (program.now() - began));
  await program.settled(1000, 60_000);
  const delays = program.since(began).chunks.flatMap(({ at, data }) => {
    const newest = [...data.matchAll(LOG_LINE)].map(([, , sent]) => Number(sent)).at(-1);
    return newest === undefined ? [] : [clock + at - newest];
  });
  for (const p of [50, 99]) figures.add(id(`delay-p${p}`), percentile(delays, p) ?? NaN);
  program.press(SAVE);
  await program.settled(2000, 20_000);
  figures.add(id('lost'), lost(join(home, '.local/state/ekscope/saves'), lines));
}

/** The answer to a key that comes in the gap after a frame is the next thing written. */
async function shifts(program: Program, until: number): Promise<number[]> {
  const latencies: number[] = [];
  for (let right = true; program.now() < until; right = !right) {
    await nextChunk(program);
    await program.settled(8, 200);
    const pressed = program.now();
    program.press(right ? RIGHT : LEFT);
    latencies.push((await nextChunk(program)) - pressed);
    await sleep(20);
  }
  return latencies;
}

function nextChunk(program: Program): Promise<number> {
  return new Promise((resolve) => {
    const done = (at: number): void => {
      stop();
      clearTimeout(late);
      resolve(at);
    };
    const stop = program.listen(({ at }) => done(at));
    const late = setTimeout(() => done(program.now()), 2000);
  });
}

/** Gaps in the saved buffer, and what is missing at its end. */
function lost(folder: string, lines: number): number {
  const name = readdirSync(folder).sort().at(-1) ?? '';
  const saved = readFileSync(join(folder, name), 'utf8');
  const numbers = [...saved.matchAll(LOG_LINE)].map(([, seq]) => Number(seq));
  const gaps = numbers.slice(1).reduce((sum, seq, i) => sum + seq - (numbers[i] ?? 0) - 1, 0);
  return gaps + (lines - 1 - (numbers.at(-1) ?? -1));
}

/** What is measured, one function per figure or group of figures. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchCluster } from './cluster.ts';
import { percentile, type Figures } from './figures.ts';
import { pressAmidOutput, pressInSilence, upAndDown } from './keys.ts';
import { Program, type Size, type Subject } from './program.ts';

/** The size that the targets name. */
export const SIZE: Size = { columns: 200, rows: 60 };
const KEYS = 300;
/** Moves in one direction: fewer than there are rows on the screen. */
const PAGE = 40;
const PAGES = 20;
const QUIET_S = 12;
const REST_MS = 30_000;
const TEN_MINUTES = 600;
/** Changes a second of a soak, and how often (s) its memory is read. */
const CHURN = 250;
const READ_EVERY = 5;
const LOAD_TIMEOUT = 180_000;
/** What stays the same for so long (ms) is taken to be whole. */
const STILL_MS = 1500;

const PAGE_DOWN = '\x06';
const PAGE_UP = '\x02';
/** The mark of the row under the cursor: only a moved cursor paints it. */
const CURSOR = '▌';

const painted = (screen: string): boolean => screen.trim() !== '';
// On the screen and in raw output, where the letter of an escape sequence may stand in front.
const ROW = /(Running|Completed|Pending|CrashLoopBackOff|OOMKilled|Error)\b/;
const countOf = (screen: string): string => /\[([\d,]+)\]/.exec(screen)?.[1] ?? '';

/** Start to first frame, first rows, all rows; leaves the program as it is after that. */
export async function start(subject: Subject, figures: Figures): Promise<Program> {
  const { rows = ROW } = subject;
  const hasRows = (screen: string): boolean => rows.test(screen);
  const program = new Program(subject, SIZE);
  await program.wrote(hasRows, LOAD_TIMEOUT);
  const last = await wholeCount(program);
  const moments = await program.firstSeen([
    painted,
    hasRows,
    (screen) => hasRows(screen) && countOf(screen) === last,
  ]);
  if (moments[1] == null) {
    throw new Error(`${subject.name} shows no rows:\n${await program.screen()}`);
  }
  figures.add('list-cpu', program.cpu() / 1000);
  for (const [i, id] of ['frame', 'rows', 'all-rows'].entries()) {
    const moment = moments[i];
    if (moment != null) figures.add(id, moment);
  }
  return program;
}

/**
 * The count of rows once they are all there: it stays the same. Silence would not tell it: on a real
 * cluster there is always something that changes, if only an age.
 */
async function wholeCount(program: Program): Promise<string> {
  const until = program.now() + LOAD_TIMEOUT;
  for (let before = ''; program.now() < until;) {
    if (await program.settled(STILL_MS, STILL_MS)) return countOf(await program.screen());
    const count = countOf(await program.screen());
    if (count !== '' && count === before) return count;
    before = count;
  }
  throw new Error(`the rows are never all there:\n${await program.screen()}`);
}

/** Cursor moves and pages on a screen that is quiet otherwise. */
export async function moves(program: Program, figures: Figures): Promise<void> {
  const answers = await pressInSilence(program, upAndDown(KEYS, PAGE));
  const latencies = answers.map(({ latency }) => latency);
  addPercentiles(figures, 'key', latencies);
  figures.add('move-bytes', ...answers.map(({ bytes }) => bytes));
  const keys = [...Array<string>(PAGES).fill(PAGE_DOWN), ...Array<string>(PAGES).fill(PAGE_UP)];
  const pages = await pressInSilence(program, keys);
  addPercentiles(
    figures,
    'page',
    pages.map(({ latency }) => latency),
  );
  figures.add('page-bytes', ...pages.map(({ bytes }) => bytes));
}

/** Bytes and CPU while nothing happens. */
export async function idle(program: Program, figures: Figures): Promise<void> {
  // Half a minute long V8 gives back what a big list left behind: that is done once.
  await sleep(REST_MS);
  const { cpu, bytes } = await over(program, QUIET_S);
  figures.add('idle-cpu', cpu);
  figures.add('idle-bytes', bytes);
}

/** Bytes of one changed cell, and CPU and key latency while pods change. */
export async function changes(
  program: Program,
  tell: NonNullable<BenchCluster['tell']>,
  figures: Figures,
): Promise<void> {
  program.press('g');
  await program.settled(1000, 20_000);
  const pod = /service-\S+/.exec((await program.screen()).split('\n').slice(10).join('\n'))?.[0];
  for (let times = 1; pod !== undefined && times <= 5; times++) {
    const before = program.now();
    tell({ do: 'restart', pod, times });
    await sleep(300);
    figures.add('cell-bytes', program.since(before).bytes);
  }
  tell({ do: 'events', perSecond: 10 });
  await sleep(1000);
  const busy = await over(program, QUIET_S);
  figures.add('busy-cpu', busy.cpu);
  figures.add('busy-kb', ((busy.bytes / QUIET_S) * TEN_MINUTES) / 1000);
  tell({ do: 'events', perSecond: 1000 });
  await sleep(500);
  const cpu = program.cpu();
  const began = program.now();
  const latencies = await pressAmidOutput(
    program,
    upAndDown(KEYS, PAGE),
    (data) => data.includes(CURSOR),
    () => false,
  );
  figures.add('storm-cpu', (100 * (program.cpu() - cpu)) / (program.now() - began));
  addPercentiles(figures, 'storm-key', latencies);
  tell({ do: 'events', perSecond: 0 });
}

/** Pods come and go for so many minutes: what memory is at its end, beside what it was when it had settled. */
export async function soak(
  program: Program,
  tell: NonNullable<BenchCluster['tell']>,
  figures: Figures,
  minutes: number,
): Promise<void> {
  tell({ do: 'churn', perSecond: CHURN });
  const readings: number[] = [];
  for (let s = 0; s < minutes * 60; s += READ_EVERY) {
    await sleep(READ_EVERY * 1000);
    readings.push(program.memory());
  }
  tell({ do: 'churn', perSecond: 0 });
  const part = Math.ceil(readings.length / 5);
  const [settled, end] = [readings.slice(part, 2 * part), readings.slice(-part)];
  const median = (of: readonly number[]): number => percentile(of, 50) ?? 0;
  if (median(settled) > 0) figures.add('soak-growth', median(end) / median(settled));
}

/** Key latency from the first rows on, until `loaded` (ms since the start). */
export async function keysWhileLoading(
  subject: Subject,
  loaded: number,
  figures: Figures,
): Promise<void> {
  await using program = new Program(subject, SIZE);
  await program.wrote((data) => data.includes(CURSOR), LOAD_TIMEOUT);
  const latencies = await pressAmidOutput(
    program,
    upAndDown(KEYS, PAGE),
    (data) => data.includes(CURSOR),
    () => program.now() > loaded,
  );
  figures.add('loading-key', ...latencies);
}

async function over(
  program: Program,
  seconds: number,
): Promise<{ readonly cpu: number; readonly bytes: number }> {
  const before = { cpu: program.cpu(), at: program.now() };
  await sleep(seconds * 1000);
  const spent = program.cpu() - before.cpu;
  const { bytes } = program.since(before.at);
  return { cpu: (100 * spent) / (program.now() - before.at), bytes };
}

function addPercentiles(figures: Figures, id: string, values: readonly number[]): void {
  for (const p of [50, 99]) {
    const value = percentile(values, p);
    if (value !== null) figures.add(`${id}-p${p}`, value);
  }
}

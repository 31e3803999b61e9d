// Loaded before the program: takes down how much CPU time of its own thread each turn of the event
// loop takes. A machine that is busy with something else does not blur that. The loop never rests
// meanwhile, so nothing else is measured in such a run.
import { writeFileSync } from 'node:fs';
import { setImmediate } from 'node:timers';
import { isMainThread } from 'node:worker_threads';

/** Turns shorter than this (ms) are not worth a line. */
const LEAST = 4;
const file = process.env['EKSCOPE_BENCH_TURNS'];

if (isMainThread && file !== undefined && process.stdout.isTTY) {
  /** @type {[number, number][]} when (ms since 1970), and how long (ms) */
  const turns = [];
  const used = () => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  let before = used();
  const turn = () => {
    const ms = used() - before;
    if (ms >= LEAST) turns.push([Date.now(), ms]);
    before = used();
    setImmediate(turn);
  };
  setImmediate(turn);
  process.on('exit', () => writeFileSync(file, JSON.stringify(turns)));
}

/** From a key to what it does on the screen. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Chunk, Program } from './program.ts';

/** What one key caused. */
export interface Answer {
  /** From the key to the first byte (ms). */
  readonly latency: number;
  readonly bytes: number;
}

/** So long (ms) must nothing have been written before a key, and so long is its answer collected. */
const QUIET = 25;
/** A key that is answered by nothing within this time (ms) has no effect. */
const PATIENCE = 2000;

/**
 * Presses keys one by one, each in silence, so that all bytes after it are its own.
 * Keys without an answer are left out.
 */
export async function pressInSilence(
  program: Program,
  keys: Iterable<string>,
): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for (const key of keys) {
    await program.settled(QUIET, PATIENCE);
    const pressed = program.now();
    const first = await afterKey(program, key, () => true);
    if (first === null) continue;
    await program.settled(QUIET, PATIENCE);
    answers.push({ latency: first.at - pressed, bytes: program.since(pressed).bytes });
  }
  return answers;
}

/**
 * Presses keys at a pace while other things are written too: the answer to a key is the first
 * output that `isAnswer` takes for one. Ends with `until`.
 */
export async function pressAmidOutput(
  program: Program,
  keys: Iterable<string>,
  isAnswer: (data: string) => boolean,
  until: () => boolean,
): Promise<readonly number[]> {
  const latencies: number[] = [];
  for (const key of keys) {
    if (until()) break;
    const pressed = program.now();
    const answer = await afterKey(program, key, isAnswer);
    if (answer !== null) latencies.push(answer.at - pressed);
    // No rhythm that could fall in step with the frames.
    await sleep(15 + ((latencies.length * 7) % 31));
  }
  return latencies;
}

/** `length` moves down and up again within one page. */
export function* upAndDown(length: number, page: number): Generator<string> {
  for (let i = 0; i < length; i++) yield Math.floor(i / page) % 2 === 0 ? 'j' : 'k';
}

async function afterKey(
  program: Program,
  key: string,
  isAnswer: (data: string) => boolean,
): Promise<Chunk | null> {
  const { promise, resolve } = Promise.withResolvers<Chunk | null>();
  const stop = program.listen((chunk) => {
    if (isAnswer(chunk.data)) resolve(chunk);
  });
  const late = setTimeout(() => resolve(null), PATIENCE);
  program.press(key);
  const answer = await promise;
  stop();
  clearTimeout(late);
  return answer;
}

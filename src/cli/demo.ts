/** Starts the simulated region in a process of its own and takes over what it exports. */
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Paths } from '../config/paths.ts';
import { numberFlag, type Flags } from './args.ts';

/** A simulated region that runs. */
export interface Region {
  /** Variables that point the ecosystem's tools at it. */
  readonly exports: Readonly<Record<string, string>>;
  readonly stop: () => void;
  /** Resolves when it ends, whoever ended it. */
  readonly ended: Promise<RegionEnd>;
}

/** How it ended, and why in words. */
export interface RegionEnd {
  readonly code: number;
  readonly words: string;
}

/** The simulator's flags out of ours. */
function simulatorArgs(flags: Flags): readonly string[] {
  const args: string[] = [];
  for (const name of ['seed', 'nodes', 'pods', 'speed', 'latency'] as const) {
    const value = numberFlag(flags, name, 0);
    if (value !== undefined) args.push(`--${name}`, String(value));
  }
  if (flags.scenario !== undefined) args.push('--scenario', flags.scenario);
  return args;
}

/**
 * Starts it and waits until it serves.
 * @throws Error with what the simulator said, where it ends before that
 */
export async function startRegion(flags: Flags): Promise<Region> {
  const program = fileURLToPath(new URL('./simulator.js', import.meta.url));
  // Its standard input is ours to hold: when this process ends, however it ends, it ends too.
  const child = spawn(process.execPath, [program, '--follow-stdin', ...simulatorArgs(flags)], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const exports: Record<string, string> = {};
  let said = '';
  let complaint = '';
  const ended = new Promise<RegionEnd>((resolve) => {
    child.on('close', (code, signal) =>
      resolve({ code: code ?? 1, words: endWords(complaint, code, signal) }),
    );
    child.on('error', ({ message }) => resolve({ code: 1, words: message }));
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-2000);
  });
  const ready = new Promise<void>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const lines = said.split('\n');
      said = lines.pop() ?? '';
      for (const line of lines) {
        const found = /^export (\w+)='(.*)'$/.exec(line);
        if (found?.[1] !== undefined) exports[found[1]] = found[2] ?? '';
        if (line.startsWith('# ready')) resolve();
      }
    });
  });
  await Promise.race([
    ready,
    ended.then(({ code, words }) => {
      throw new RegionError(words, code);
    }),
  ]);
  return { exports, stop: () => child.kill('SIGTERM'), ended };
}

/**
 * Our files for a run on the region. What is done there is no history of the user's own clusters, nor
 * is what they left unfinished of any interest there: its audit log comes and goes with the region.
 */
export function pathsIn({ exports }: Pick<Region, 'exports'>, paths: Paths): Paths {
  const { KUBECONFIG } = exports;
  return KUBECONFIG === undefined
    ? paths
    : { ...paths, audit: join(dirname(KUBECONFIG), 'audit.jsonl') };
}

/** Why it ended: in its own words, where it had some. */
const endWords = (complaint: string, code: number | null, signal: string | null): string =>
  complaint.trim() ||
  `the simulated region ${signal === null ? `ended by itself (${code ?? 1})` : `was ended by ${signal}`}`;

/** The simulator ended before it served; `code` is its exit code. */
export class RegionError extends Error {
  override readonly name = 'RegionError';
  readonly code: number;

  constructor(message: string, code: number) {
    super(message);
    this.code = code;
  }
}

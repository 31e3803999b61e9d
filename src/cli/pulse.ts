/** `ekscope get pulse`: what is wrong in a cluster, printed once, with an exit code that says it. */
import type { Clock } from '../core/clock.ts';
import { sanitize } from '../core/text.ts';
import { isTroubled } from '../ui/table/trouble.ts';
import type { PulseFacts } from '../resources/pulse/facts.ts';
import { AFTER, FIRST, LAST, pulseSections } from '../resources/pulse/index.ts';
import { PULSE_TALLIES, PulseTallies } from '../resources/pulse/tallies.ts';
import { arrange, boardText } from '../ui/pulse/arrange.ts';
import { settled } from '../store/settled.ts';
import type { RowSource } from './get.ts';
import type { Output } from './output.ts';

/** How it may be printed. */
export const PULSE_FORMATS = ['text', 'json'] as const;

/** Cells of a line where it goes to no terminal. */
const WIDTH = 120;
/** At most so many lines, of which what is wrong has the most. */
const LINES = 48;

interface PulseOptions {
  readonly clock: Clock;
  /** How long its tables may take (ms). */
  readonly timeout: number;
  readonly format: (typeof PULSE_FORMATS)[number];
  /** Empty: all of them. */
  readonly namespace: string;
  readonly roundTrip: () => number | null;
  readonly output: Pick<Output, 'out' | 'err' | 'width'>;
}

/**
 * Prints the pulse of a cluster.
 * @returns 0: nothing is broken (there may be warnings), 1: something is, 3: some of it cannot be known
 */
export async function pulse(source: RowSource, options: PulseOptions): Promise<number> {
  const { store, need } = source;
  const { clock, timeout, output, namespace, format, roundTrip } = options;
  const tables = [...FIRST, ...AFTER, ...LAST];
  const release = need(tables);
  try {
    await settled(store, tables, clock, timeout);
    const tallies = await counted(source, namespace);
    const facts = tallies.facts(roundTrip());
    tallies.close();
    const columns = output.width ?? WIDTH;
    const rows = arrange((width) => pulseSections(facts, store, width), { columns, rows: LINES });
    output.out(
      format === 'json'
        ? `${JSON.stringify(jsonOf(facts), null, 2)}\n`
        : boardText(rows)
            .split('\n')
            .map((line) => `${sanitize(line)}\n`)
            .join(''),
    );
    const unknown = facts.kinds.filter(
      ({ kind, status }) =>
        !kind.isAside && status.state !== 'absent' && (!status.synced || isTroubled(status)),
    );
    for (const { kind, status } of unknown) {
      output.err(`ekscope: ${kind.label}: ${status.reason || status.state}\n`);
    }
    const isBroken = facts.kinds.some(({ troubles }) => troubles.some((t) => t.level === 'bad'));
    if (isBroken) return 1;
    return unknown.length > 0 ? 3 : 0;
  } finally {
    release();
  }
}

/** All rows put together, over several turns of the event loop where there are many. */
function counted({ store }: RowSource, namespace: string): Promise<PulseTallies> {
  return new Promise((resolve) => {
    let left = PULSE_TALLIES;
    const tallies: PulseTallies = new PulseTallies(
      store,
      () => namespace,
      () => {
        // The last of them may be counted before there is something to hand on.
        if (--left === 0) queueMicrotask(() => resolve(tallies));
      },
    );
  });
}

/** Raw values; what could not be read is `known: false`. */
function jsonOf({ kinds, causes, changes, system, roundTrip, namespace, now }: PulseFacts): object {
  return {
    at: new Date(now).toISOString(),
    namespace,
    apiServerMs: roundTrip,
    kinds: kinds.map(({ kind, total, troubles, status }) => ({
      resource: kind.resource.id,
      known: status.synced,
      total,
      problems: troubles.map(({ level, word, count, example, spots }) => ({
        level,
        word,
        count,
        example: { namespace: example.namespace, name: example.name },
        where: spots,
      })),
    })),
    warnings: causes.map(({ times, objects, newest }) => ({
      times,
      objects,
      reason: newest.reason,
      message: newest.message,
      at: new Date(newest.last).toISOString(),
    })),
    changes: changes.map(({ at, change, kind, namespace: of, name, what, who, count }) => ({
      at: new Date(at).toISOString(),
      change,
      kind,
      namespace: of,
      name,
      what,
      who,
      count,
    })),
    system: system.map(({ row, health, resource }) => ({
      resource,
      namespace: row.namespace,
      name: row.name,
      available: row.available,
      desired: row.desired,
      level: health.level,
      cause: health.cause,
    })),
  };
}

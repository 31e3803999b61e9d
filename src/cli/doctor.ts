/** `ekscope doctor`: the checks of a cluster, printed. */
import type { Clock } from '../core/clock.ts';
import { oneLine } from '../core/words.ts';
import {
  DOCTOR_NEEDS,
  examine,
  type CheckResult,
  type DoctorFacts,
} from '../domain/doctor/index.ts';
import type { ClusterRow } from '../domain/rows.ts';
import type { Connection } from '../session/index.ts';
import { settled } from '../store/settled.ts';
import { wordFlag, type Flags } from './args.ts';
import { told, type Output } from './output.ts';

/** How the checks may be printed. */
const DOCTOR_FORMATS = ['text', 'json'] as const;

/** What the checks are made with. */
interface DoctorOptions {
  /** The cluster as EKS tells of it. */
  readonly cluster: ClusterRow | null;
  readonly clock: Clock;
  /** How long rows are waited for (ms). */
  readonly timeout: number;
  readonly output: Pick<Output, 'out'>;
}

/**
 * Prints what every check found and what mends it.
 * @returns 0: nothing is broken; 1: something is; 3: nothing could be read
 */
export async function doctor(
  flags: Flags,
  { store, need }: Pick<Connection<undefined>, 'store' | 'need'>,
  { cluster, clock, timeout, output }: DoctorOptions,
): Promise<number> {
  const format = wordFlag('format', flags.output, DOCTOR_FORMATS) ?? 'text';
  const release = need(DOCTOR_NEEDS);
  try {
    await settled(store, DOCTOR_NEEDS, clock, timeout);
    const facts: DoctorFacts = {
      now: store.now(),
      cluster,
      rows: (table) => [...store.rows(table)].filter(({ gone }) => gone === 0),
      unread: (table) => {
        const { synced, reason } = store.status(table);
        return synced ? '' : reason || `${table}: no answer in time`;
      },
    };
    const results = examine(facts).map(printed);
    output.out(format === 'json' ? `${JSON.stringify(results, null, 2)}\n` : told(text(results)));
    if (results.every(({ level }) => level === 'unknown')) return 3;
    return results.some(({ level }) => level === 'bad') ? 1 : 0;
  } finally {
    release();
  }
}

/** A check as it is printed: what was found, a line each; why it is not known. */
interface Printed extends Pick<CheckResult, 'id' | 'title' | 'level' | 'fix'> {
  readonly found: readonly string[];
}

const printed = ({ id, title, level, findings, gaps, fix }: CheckResult): Printed => ({
  ...{ id, title, level, fix },
  found: [...findings.map(({ text }) => text), ...gaps],
});

const GLYPHS: Readonly<Record<CheckResult['level'], string>> = {
  ok: '✓',
  warn: '!',
  bad: '✗',
  unknown: '?',
};
/** Findings of one check that are written out. */
const MOST = 8;

function text(results: readonly Printed[]): string {
  const lines = results.flatMap(({ id, title, level, found, fix }) => [
    `${GLYPHS[level]} ${id.padEnd(4)} ${title}`,
    ...found.slice(0, MOST).map((each) => `       ${oneLine(each)}`),
    ...(found.length > MOST ? [`       and ${found.length - MOST} more`] : []),
    ...(fix === '' ? [] : [`       → ${fix}`]),
  ]);
  const count = (level: CheckResult['level']): number =>
    results.filter((each) => each.level === level).length;
  const sum = `${count('bad')} broken, ${count('warn')} to look at, ${count('ok')} well, ${count('unknown')} not known`;
  return `${[...lines, '', sum].join('\n')}\n`;
}

/** What a table without rows says: never nothing, always why. */
import { grouped } from '../../core/grouped.ts';
import { humanDuration } from '../../core/duration.ts';
import type { Cell } from '../../core/styled.ts';
import type { SourceStatus } from '../../domain/status.ts';
import { advice, longWait, unknownWords, type Unknown } from './trouble.ts';

/** What can be known about why there are no rows. */
export interface EmptyInput {
  /** Lower case plural, e.g. `pods`. */
  readonly what: string;
  readonly scope: string;
  readonly total: number;
  readonly filter: string;
  readonly problemsOnly: boolean;
  readonly status: SourceStatus;
  /** Columns that the filter asks for and that are not all known. */
  readonly unknown: readonly Unknown[];
  /** Titles of columns whose texts were not there to be looked through. */
  readonly unsearched: readonly string[];
  /** The resource's own words. */
  readonly empty: string;
  readonly now: number;
}

/** The reason, and below it what to do. */
export function whyEmpty(input: EmptyInput): readonly Cell[] {
  const { status, total, what } = input;
  if (total > 0) {
    const matching = `match /${input.filter}`;
    const both = input.problemsOnly && input.filter !== '';
    const none =
      input.filter === '' ? 'have a problem' : both ? `${matching} and have a problem` : matching;
    const hidden = `${grouped(total)} ${what} ${total === 1 ? 'is' : 'are'} hidden`;
    if (input.filter === '')
      return [
        [
          ['✓ ', 'good'],
          [`no ${what} ${none}`, 'text'],
        ],
        note(`${hidden} · ! shows them`),
      ];
    const others = both ? ' · ! shows those without a problem' : '';
    const back = note(`${hidden}${others} · esc clears the filter`);
    const [first] = input.unknown;
    // What is not known is not none.
    if (first) return [[[unknownWords(first), 'warn']], back];
    const [column] = input.unsearched;
    if (column === undefined) return [`no ${what} ${none}`, back];
    const unsearched = `${input.unsearched.join(', ')} not looked through`;
    return [
      `no ${what} ${none}`,
      note(`${unsearched}: ${column.toLowerCase()}:TEXT loads it`),
      back,
    ];
  }
  const since = humanDuration(input.now - status.since);
  switch (status.state) {
    case 'idle':
    case 'loading':
      return [
        [[`loading ${what}…${longWait(status, input.now)}`, 'info']],
        ...[status.reason, status.hint].filter((words) => words !== '').map(note),
      ];
    case 'stale':
      return [[[`no data for ${since}: ${status.reason}`, 'warn']], note(advice(status))];
    case 'denied':
    case 'expired':
    case 'absent': {
      const rest = advice(status);
      const told = status.retryAt > 0 ? `for ${since}${rest === '' ? '' : ` · ${rest}`}` : rest;
      const oneOnly = status.state === 'denied' && input.scope === 'all';
      const tips = [told, oneOnly ? ':ns NAME asks for a namespace that you may read' : ''];
      return [[[status.reason, 'bad']], ...tips.filter((tip) => tip !== '').map(note)];
    }
    case 'live':
      return input.scope === '' || input.scope === 'all'
        ? [input.empty]
        : [`no ${what} in ${input.scope}`, note(input.empty)];
  }
}

const note = (text: string): Cell => [[text, 'muted']];

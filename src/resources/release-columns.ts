/** Which release of an AMI runs, and how it stands to the latest, as panes show it. */
import type { Cell, Segment } from '../core/styled.ts';
import {
  ENDED,
  gapWords,
  isEnded,
  isFarBehind,
  releaseDate,
  releaseGap,
  releaseMoment,
  type ReleaseKnown,
} from '../domain/ami-release.ts';
import type { MachineImage } from '../domain/tables/instances.ts';
import { known, muted, NONE, toned, UNKNOWN } from './cells.ts';
import type { RowContext } from './define.ts';
import { textColumn } from './columns.ts';
import type { Column } from './column.ts';
import { when, type Line } from './describe/common.ts';

type Shown<Row> = Pick<Column<Row>, 'description' | 'tier' | 'needs' | 'alsoFrom'> & {
  readonly of: (row: Row) => ReleaseKnown;
};

/** A release, and how it stands to the latest: `1.35.3-20261110 14d behind`. */
export function releaseCell(released: ReleaseKnown, { now }: RowContext): Cell {
  if (released === 'none') return NONE;
  if (released === null) return UNKNOWN;
  const gap = releaseGap(released, now);
  const words = isEnded(released) ? 'no patches any more' : gapWords(gap, released.latestRelease);
  const release = released.release === '' ? '?' : released.release;
  if (words === '') return muted(release);
  return [
    [release, 'muted'],
    [` ${words}`, isFarBehind(gap) || isEnded(released) ? 'warn' : 'text'],
  ];
}

/** Which release something runs. */
export const releaseColumn = <Row>({ of, ...column }: Shown<Row>): Column<Row> =>
  textColumn(
    {
      ...column,
      ...{ id: 'release', title: 'RELEASE', max: 38 },
      // Neither versions nor ids say by their letters which of two is older.
      sortBy: (row) => releaseMoment(of(row)),
      cell: (row, ctx) => releaseCell(of(row), ctx),
    },
    (row) => wordOf(of(row), 'release'),
  );

/** The latest release of the kind that something runs. */
export const latestColumn = <Row>({ of, ...column }: Shown<Row>): Column<Row> =>
  textColumn(
    {
      ...column,
      ...{ id: 'latestRelease', title: 'LATEST', max: 22 },
      sortBy: (row) => releaseDate(wordOf(of(row), 'latestRelease') ?? ''),
      cell: (row) => muted(wordOf(of(row), 'latestRelease')),
    },
    (row) => wordOf(of(row), 'latestRelease'),
  );

const wordOf = (released: ReleaseKnown, which: 'release' | 'latestRelease'): string | null =>
  released === 'none' ? '' : (released?.[which] ?? null);

/** The release that something runs, and the latest there is, as lines of a description. */
export function releaseLines(released: ReleaseKnown, ctx: RowContext): readonly Line[] {
  if (released === 'none') return [];
  const line: Line = ['AMI release', releaseCell(released, ctx)];
  if (released === null) return [line];
  const { state } = releaseGap(released, ctx.now);
  if (state === 'custom') return [line];
  if (isEnded(released)) return [line, ['Latest release', toned(ENDED, 'warn')]];
  const latest = state === 'current' ? 'it is the latest' : known(released.latestRelease);
  return [line, ['Latest release', latest]];
}

/** The image of an instance, with what EC2 tells of it. */
export function imageLines({ id, name, created }: MachineImage, ctx: RowContext): readonly Line[] {
  if (id === '') return [];
  const told: Segment =
    name === '' ? [`  ${DEREGISTERED}`, 'warn'] : [name === null ? '' : `  ${name}`, 'muted'];
  return [
    ['AMI', [[id, 'text'], told]],
    ...(created === 0 ? [] : ([['AMI made', when(created, ctx)]] as const)),
  ];
}

const DEREGISTERED = 'EC2 does not tell of it: it was deregistered, or is not shared any more';

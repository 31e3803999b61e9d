/** The header: where one is, how alive it is, and how much there is. */
import { grouped } from '../../core/grouped.ts';
import { humanDuration } from '../../core/duration.ts';
import type { Segment } from '../../core/styled.ts';
import { sanitize, truncateMiddle } from '../../core/text.ts';
import type { SourceStatus } from '../../domain/status.ts';
import type { ConnectionInfo } from '../../session/index.ts';
import type { TitlePart } from '../pane.ts';
import { longWait } from '../table/trouble.ts';
import { packLine } from './pack.ts';

/** What there is how much of. */
export interface Counts {
  /** What one is called, and how many there are (null: not known, and then not said); the last stays longest. */
  readonly counts: readonly { readonly one: string; readonly n: number | null }[];
  readonly problems: number;
  /** The namespace whose problems are counted; empty: all, and what belongs to none. */
  readonly namespace: string;
}

/** What the header tells. */
export interface HeaderInput {
  /** Null: connected to nothing. */
  readonly cluster: {
    readonly title: string;
    readonly info: ConnectionInfo;
    readonly health: SourceStatus;
  } | null;
  /** Said in place of a cluster: the scopes that are listed, or that there are none. */
  readonly scopes: string;
  /** Where this is, said in place of AWS's own endpoint: `demo`. Empty: nothing is. */
  readonly place: string;
  readonly counts: Counts;
  readonly now: number;
}

const part = (cell: TitlePart['cell'], keep: number): TitlePart => ({ cell, keep });
const muted = (text: string, keep: number): TitlePart => part([[text, 'muted']], keep);

/** The first line of the header, exactly `width` cells. */
export function headerLine(input: HeaderInput, width: number): readonly Segment[] {
  const { cluster, counts } = input;
  const left = cluster
    ? clusterParts(cluster, input, width)
    : [part([['ekscope', 'title']], 9), muted(input.scopes, 8)];
  const line = packLine(left, countParts(counts), width - 2, { gap: ' · ', pad: 2 });
  return [[' ', 'text'], ...line, [' ', 'text']];
}

function clusterParts(
  { title, info, health }: NonNullable<HeaderInput['cluster']>,
  { now, place }: HeaderInput,
  width: number,
): readonly TitlePart[] {
  const name = (shown: string): Segment[] => [
    [shown, 'title'],
    ...(info.region === ''
      ? []
      : ([
          [' ▸ ', 'border'],
          [info.region, 'text'],
        ] as const)),
  ];
  // A name as long as the line must not hide whether what is shown is true.
  const short = name(truncateMiddle(sanitize(title), Math.min(30, Math.floor(width / 3))));
  // Whether all this is true comes first, and stays where there is room for nothing else.
  const parts: TitlePart[] = [
    part(liveness(health, now), 9.5),
    { cell: name(title), short, keep: 9 },
  ];
  if (info.account !== '') parts.push(muted(`acct ${shortAccount(info.account)}`, 3));
  if (info.user !== '') parts.push(muted(shortUser(info.user), 2));
  if (info.version !== '') parts.push(muted(info.version, 5));
  if (info.roundTrip !== null && health.state === 'live') {
    parts.push(muted(`${Math.max(1, Math.round(info.roundTrip))} ms`, 4));
  }
  // Of all that the line says, whom it comes from counts most.
  if (info.insecure !== null) parts.push(part([[info.insecure.what, 'bad']], 10));
  // Whether anything can be changed here goes before how much there is.
  if (info.readonly) parts.push(part([['READ-ONLY', 'warn']], 9));
  if (place !== '') parts.push(part([[place, 'accent']], 6));
  else if (info.awsEndpoint !== '') {
    const cell: Segment[] = [[`AWS at ${hostOf(info.awsEndpoint)}`, 'warn']];
    parts.push({ cell, short: [['not AWS itself', 'warn']], keep: 6 });
  }
  return parts;
}

/** Whether what is shown is true: a glyph, a word, and since when where it is not. */
export function liveness(health: SourceStatus, now: number): readonly Segment[] {
  const since = humanDuration(now - (health.asOf > 0 ? health.asOf : health.since));
  switch (health.state) {
    case 'live':
      return [['● live', 'good']];
    case 'idle':
    case 'loading':
      return [[`○ connecting${longWait(health, now)}`, 'info']];
    case 'stale':
      return [[health.asOf > 0 ? `◌ stale ${since}` : `◌ no data ${since}`, 'warn']];
    case 'expired':
      return [[`✗ not logged in ${since}`, 'bad']];
    case 'denied':
      return [[`✗ denied ${since}`, 'bad']];
    case 'absent':
      return [[`✗ absent ${since}`, 'bad']];
  }
}

function countParts({ counts }: Counts): readonly TitlePart[] {
  return counts.flatMap(({ one, n }, i) => {
    if (n === null) return [];
    const cell: Segment[] = [
      [grouped(n), 'text'],
      [` ${one}${n === 1 ? '' : 's'}`, 'muted'],
    ];
    return part(cell, MOST_KEPT - (counts.length - 1 - i));
  });
}

/** What the last of the counts is worth beside the other parts of the line. */
const MOST_KEPT = 4;

/** `▲ 3 problems (shop)`, or nothing. */
export function problemsSegments({ problems, namespace }: Counts): readonly Segment[] {
  if (problems === 0) return [];
  const scope = namespace === '' ? 'all' : truncateMiddle(sanitize(namespace), 20);
  return [
    [`▲ ${grouped(problems)} problem${problems === 1 ? '' : 's'}`, 'bad'],
    [` (${scope})`, 'muted'],
  ];
}

const shortAccount = (account: string): string =>
  account.length > 9 ? `${account.slice(0, 4)}…${account.slice(-4)}` : account;

/** `arn:aws:sts::123456789012:assumed-role/Admin/alice` → `Admin/alice`. */
const shortUser = (user: string): string => user.replace(/^arn:[^/]*\//, '');

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

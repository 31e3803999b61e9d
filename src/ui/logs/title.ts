import { grouped } from '../../core/grouped.ts';
import type { Segment, Tone } from '../../core/styled.ts';
import type { LogSession, Since } from '../../session/index.ts';
import type { PaneTitle, TitlePart } from '../pane.ts';
import type { FieldColumn } from './fold.ts';
import type { LogMember } from './member.ts';
import type { LogNarrowing } from './narrowing.ts';
import type { LogScroll } from './scroll.ts';
import { cutText, standingOf } from './standing.ts';

/** What a title tells. */
export interface LogTitleInput {
  readonly session: LogSession;
  /** The clusters that are shown together; empty: there is one. */
  readonly beside: readonly LogMember[];
  readonly narrowing: LogNarrowing;
  readonly scroll: LogScroll;
  /** What has columns of its own. */
  readonly fields: readonly FieldColumn[];
  /** What all pods are called alike and their lines do not say; empty: nothing. */
  readonly shared: string;
  /** Where the lines are kept, where that is not the cluster; else empty. */
  readonly where: string;
  readonly now: number;
}

/**
 * The title of a log pane: whose lines, how many of how many, since when; how each of several
 * clusters stands, and whether it follows.
 */
export function logTitle(input: LogTitleInput): PaneTitle {
  return { left: leftOf(input), right: rightOf(input) };
}

function leftOf({ session, narrowing, fields, shared, where }: LogTitleInput): TitlePart[] {
  const { target, buffer, since, runs } = session;
  const total = grouped(buffer.length);
  const count = narrowing.filter === null ? total : `${grouped(narrowing.filter.matches)}/${total}`;
  const parts = [part(`Logs(${target.title})`, 'title', 9), part(`[${count}]`, 'text', 9)];
  if (where !== '') parts.push(part(where, 'accent', 6.5));
  if (narrowing.pattern !== null) {
    parts.push(part(`/${narrowing.pattern.source}`, 'accent', 7));
    if (narrowing.pattern.pattern.isTooSlow)
      parts.push(part('takes too long: not applied', 'bad', 9));
    else if (!narrowing.hides) parts.push(part('marked only', 'muted', 4));
  }
  if (narrowing.only !== null) parts.push(onlyPart(narrowing.only));
  if (narrowing.problems) parts.push(part('! problems', 'warn', 9));
  if (narrowing.filter !== null) {
    const { progress } = narrowing.filter;
    if (progress < 1) parts.push(part(`searching ${Math.floor(progress * 100)}%`, 'info', 7));
    if (narrowing.context > 0) parts.push(part(`±${narrowing.context} lines`, 'accent', 6));
  }
  const names = fields.map(({ name }) => name).join(' ');
  if (names !== '') parts.push(part(`│ ${names}`, 'strong', 5));
  parts.push(part(runs === 'previous' ? 'before the last restart' : sinceText(since), 'muted', 3));
  if (shared !== '') parts.push(part(`${shared}…`, 'muted', 2));
  if (runs === 'all') parts.push(part('all runs', 'accent', 6));
  return parts;
}

function rightOf({ session, beside, scroll, now }: LogTitleInput): TitlePart[] {
  const { buffer, sources, leftOut, endedLeftOut, runs } = session;
  const parts: TitlePart[] = beside.map((member) => clusterPart(member, session, now));
  const isAlone = beside.length === 0;
  const failed = sources.filter(({ state }) => state === 'failed').length;
  if (failed > 0 && isAlone) parts.push(part(`${failed} failed`, 'bad', 6));
  if (leftOut > 0) parts.push(part(`${leftOut} containers left out`, 'warn', 6));
  if (endedLeftOut > 0) {
    parts.push(part(`${endedLeftOut} ended init containers left out`, 'muted', 1.5));
  }
  for (const { text, short, isNews = false } of session.notes) {
    const tone = isNews ? 'warn' : 'muted';
    parts.push({ ...part(text, tone, 6.8), short: [[short, tone]] });
  }
  if (buffer.dropped > 0) parts.push(part(droppedText(session, beside), 'warn', 5));
  if (sources.length > 1 && isAlone) parts.push(part(`${sources.length} streams`, 'muted', 2));
  const cut = isAlone ? cutText(sources, now) : '';
  const isGone = sources.length > 0 && sources.every((source) => source.isGone);
  const over = sources.length > 0 && sources.every(({ state }) => /^(ended|failed)$/.test(state));
  if (!scroll.following) parts.push(part(`paused +${grouped(scroll.behind)}`, 'warn', 9));
  else if (cut !== '') parts.push(part(`◌ ${cut}`, 'warn', 8));
  else if (isGone) parts.push(part('gone: what was read before', 'warn', 8));
  else if (over && failed > 0) parts.push(part('◌ not following', 'warn', 8));
  else if (over || runs === 'previous') parts.push(part('ended', 'muted', 8));
  else parts.push(part('● following', 'good', 8));
  return parts;
}

const onlyPart = ({ name, tone }: LogMember): TitlePart => ({
  cell: [
    ['only ', 'accent'],
    [name, tone],
  ],
  keep: 9,
});

/** How many lines were dropped; of which cluster, where it is one of several. */
function droppedText(session: LogSession, beside: readonly LogMember[]): string {
  const [first, another] = beside.filter(({ cluster }) => session.droppedOf(cluster) > 0);
  const whose = first && !another ? ` of ${first.name}` : '';
  return `${grouped(session.buffer.dropped)} older${whose} dropped`;
}

/** How one of several clusters stands, under its name; where there is no room, in a word. */
function clusterPart(member: LogMember, session: LogSession, now: number): TitlePart {
  const { text, short, tone, isTroubled } = standingOf(member, session, now);
  const name: Segment = [member.name, member.tone];
  const keep = isTroubled ? 8.5 : tone === 'muted' ? 4.5 : 7;
  return { cell: [name, [` ${text}`, tone]], short: [name, [` ${short}`, tone]], keep };
}

const part = (text: string, tone: Tone, keep: number): TitlePart => ({
  cell: [[text, tone]],
  keep,
});

function sinceText(since: Since): string {
  if (since === 'all') return 'from the beginning';
  if (since === 'tail') return 'last lines';
  return since < 3600 ? `since ${since / 60}m` : `since ${since / 3600}h`;
}

/** How each of the clusters stands whose logs are shown together. */
import { humanDuration } from '../../core/duration.ts';
import { plain, type Tone } from '../../core/styled.ts';
import { skewText } from '../../domain/skew.ts';
import type { SourceStatus } from '../../domain/status.ts';
import type { LogSession, LogSource } from '../../session/index.ts';
import { advice, isTroubled, statusBadge } from '../table/trouble.ts';
import { LOGGED } from './logged.ts';
import type { LogMember } from './member.ts';

/** How a cluster stands, in words that its name goes before. */
export interface Standing {
  readonly text: string;
  /** The same in a word or two. */
  readonly short: string;
  readonly tone: Tone;
  /** Lines of it are missing, or may be. */
  readonly isTroubled: boolean;
  /** What can be done about that; empty: nothing, or nothing is wrong. */
  readonly advice: string;
}

/** @param now ms */
export function standingOf(member: LogMember, session: LogSession, now: number): Standing {
  const { cluster, connection, refusal } = member;
  if (connection === null) return trouble(refusal, 'not connected', 'bad');
  const status = connection.store.status(LOGGED);
  const own = session.sources.filter((source) => source.cluster === cluster);
  return (
    ofStatus(status, now) ??
    ofStreams(own, now) ??
    ofClock(session.skewOf(cluster)) ??
    ofStates(own, session.runs === 'previous')
  );
}

/** What is wrong with some of several clusters, and what can be done where it is one. @param now ms */
export function troubles(
  beside: readonly LogMember[],
  session: LogSession,
  now: number,
): readonly string[] {
  const told = beside.map((member) => ({
    name: member.name,
    ...standingOf(member, session, now),
  }));
  const [first, ...others] = told.filter(({ isTroubled }) => isTroubled);
  if (!first) return [];
  const advice = others.length === 0 && first.advice !== '' ? [first.advice] : [];
  return [...[first, ...others].map(({ name, text }) => `${name}: ${text}`), ...advice];
}

const trouble = (text: string, short: string, tone: Tone, hint = ''): Standing => ({
  ...{ text, short, tone },
  isTroubled: true,
  advice: hint,
});

const well = (text: string, short = text, tone: Tone = 'muted'): Standing => ({
  ...{ text, short, tone },
  isTroubled: false,
  advice: '',
});

/** How well its pods are known; null: they are. */
function ofStatus(status: SourceStatus, now: number): Standing | null {
  const badge = statusBadge(status, '', now);
  if (badge === null || typeof badge === 'string') return null;
  const tone = badge[0]?.[1] ?? 'warn';
  if (!isTroubled(status)) return well(plain(badge), plain(badge), tone);
  const since = status.asOf > 0 ? ` ${humanDuration(now - status.asOf)}` : '';
  return trouble(plain(badge), `${status.state}${since}`, tone, advice(status));
}

function ofStreams(own: readonly LogSource[], now: number): Standing | null {
  const cut = cutText(own, now);
  if (cut !== '') return trouble(`◌ ${cut}`, '◌ cut', 'warn');
  const failed = own.filter(({ state }) => state === 'failed');
  const [first] = failed;
  return first ? trouble(`${which(failed, own)}failed: ${first.reason}`, 'failed', 'bad') : null;
}

/** Its lines are put where they belong nevertheless. */
function ofClock(skew: number): Standing | null {
  const text = skewText(skew === 0 ? null : skew);
  const short = `${humanDuration(Math.abs(skew))} ${skew > 0 ? 'ahead' : 'behind'}`;
  return text === '' ? null : well(`clock ${text}`, `clock ${short}`, 'warn');
}

function ofStates(own: readonly LogSource[], previous: boolean): Standing {
  if (own.length === 0) return well('no containers', 'none');
  // What has been read to its end is there, but nothing comes of it any more.
  const living = own.filter(({ state }) => state !== 'ended');
  if (living.length === 0) return well('ended');
  if (living.every(({ state }) => state === 'waiting')) {
    return well(previous ? 'not restarted' : 'not started');
  }
  return well(living.length === 1 ? '1 stream' : `${living.length} streams`, `${living.length}`);
}

/** Which streams are cut, since when and why; empty: none is. */
export function cutText(sources: readonly LogSource[], now: number): string {
  const cut = sources.filter(({ state }) => state === 'cut');
  const [first] = cut;
  if (!first) return '';
  return `${which(cut, sources)}cut ${humanDuration(now - first.cutAt)}: ${first.reason}, retrying`;
}

/** How many of how many, with a blank behind; empty where there is one. */
const which = (some: readonly LogSource[], all: readonly LogSource[]): string =>
  all.length > 1 ? `${some.length} of ${all.length} ` : '';

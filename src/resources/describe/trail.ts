/** Who did it, as CloudTrail tells: for what AWS changes on somebody's behalf without saying whose. */
import type { Cell } from '../../core/styled.ts';
import { truncate } from '../../core/text.ts';
import { isAbout, trailCall, type TrailCall } from '../../domain/trail.ts';
import type { Asking, Questions } from '../define.ts';
import type { Line } from './common.ts';

/** What is asked about: its name, and when it happened (ms). */
export interface Happened {
  readonly name: string;
  readonly at: number;
}

const IAM = ['cloudtrail:LookupEvents'] as const;

/** A call comes before what it changes: Auto Scaling takes its time, EKS begins at once (ms). */
const BEFORE = 5 * 60_000;
const AFTER = 60_000;
/** CloudTrail tells of most calls within some five minutes, and of all within this (ms; its user guide). */
const LATE = 15 * 60_000;
/** What an agent says of itself goes on and on: the beginning names it (cells). */
const LONGEST_AGENT = 40;
/** The most calls that are told. */
const MOST = 5;

/**
 * Asks CloudTrail who did what a row tells of.
 * @param happened null: nothing is asked
 */
export function trailQuestions<Row>(happened: (row: Row) => Happened | null): Questions<Row> {
  const title = 'Who did it, by CloudTrail';
  return {
    title,
    iam: IAM,
    sections: async (row, ask) => {
      const what = happened(row);
      if (what === null || what.at === 0) return [];
      const lines = await callLines(what, ask);
      return [{ title, lines }];
    },
  };
}

async function callLines({ name, at }: Happened, { call, now }: Asking): Promise<readonly Line[]> {
  const between = { StartTime: at - BEFORE, EndTime: at + AFTER };
  const { Events } = await call('cloudtrail:LookupEvents', between);
  const about = Events.flatMap((event) => {
    const read = trailCall(event);
    return isAbout(read, name) ? [{ at: event.EventTime ?? 0, read }] : [];
  });
  if (about.length > 0) return about.slice(0, MOST).map((each) => callLine(each.at, each.read));
  const told = at + LATE;
  if (now >= told)
    return [[[`no call about ${name} in the minutes before: AWS did it by itself`, 'muted']]];
  return [
    [['too early: CloudTrail tells of a call some 5 minutes late, 15 at most', 'warn']],
    [[`asked again each minute while this is open; by ${clockTime(told)} it knows`, 'muted']],
  ];
}

/** `11:42:05Z` */
const clockTime = (at: number): string => `${new Date(at).toISOString().slice(11, 19)}Z`;

function callLine(at: number, { operation, service, who, from, agent, error }: TrailCall): Line {
  const value: Cell = [
    [who || '?', 'strong'],
    [`  ${service}:${operation}`, 'accent'],
    [from === '' ? '' : `  from ${from}`, 'text'],
    [agent === '' ? '' : `  ${truncate(agent, LONGEST_AGENT)}`, 'muted'],
    [error === '' ? '' : `  refused: ${error}`, 'bad'],
  ];
  return [clockTime(at), value];
}

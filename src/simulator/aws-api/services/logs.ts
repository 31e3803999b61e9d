import {
  FilterLogEvents$,
  StartLiveTail$,
  type FilterLogEventsRequest,
  type FilterLogEventsResponse,
  type FilteredLogEvent,
  type LiveTailSessionUpdate,
  type StartLiveTailRequest,
} from '@aws-sdk/client-cloudwatch-logs';
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { LogGroup, LogStream } from '../../log-group.ts';
import { hash } from '../../random.ts';
import { regionArn } from '../../region.ts';
import type { AccountView } from '../account.ts';
import { ApiError } from '../api-error.ts';
import { type Operation, operation } from '../operation.ts';
import { messageTest } from './logs-pattern.ts';

/** Most events of an answer. AWS ends one at 1 MB too. */
const MOST = 10_000;
/** Entries that one call looks through: AWS answers with fewer events than there are, and a token. */
const SCANNED = 5_000;
/** It takes this long (ms) until what was written can be read. */
const INGESTION = 1_500;

/** What CloudWatch Logs answers of the region. */
export const LOGS_OPERATIONS: readonly Operation[] = [
  operation(FilterLogEvents$, (input: FilterLogEventsRequest, account): FilterLogEventsResponse => {
    const { limit = MOST, filterPattern = '', nextToken } = input;
    if (limit < 1 || limit > MOST) throw invalid(`limit ${limit} is not 1–${MOST}`);
    const streams = streamsOf(groupOf(input, account), input);
    const test = messageTest(filterPattern);
    const from = nextToken === undefined ? (input.startTime ?? 0) : timeIn(nextToken);
    // The last moment that is asked for counts.
    const end = Math.min((input.endTime ?? account.now) + 1, account.now - INGESTION);
    const until = scanned(streams, from, end, Math.min(limit, SCANNED));
    const events = streams
      .flatMap((stream) => eventsOf(stream, from, until))
      .filter(({ message = '' }) => test(message))
      .sort((a, b) => (a.timestamp ?? 0) - (b.timestamp ?? 0));
    return { events, ...(until < end && { nextToken: tokenOf(until) }) };
  }),
  operation(StartLiveTail$, (input: StartLiveTailRequest, account) => {
    const groups = groupsOf(input, account);
    return { responseStream: liveTail(input, groups, account) };
  }),
];

/** Log groups of one session, and events of one update. */
const MOST_GROUPS = 10;
const MOST_LIVE = 500;
/** How long a session goes on (ms), and how often it says what is new. */
const LONGEST = 3 * 3_600_000;
const UPDATE = 1_000;

/** By ARN, and by nothing else. */
function groupsOf(
  { logGroupIdentifiers = [], ...streams }: StartLiveTailRequest,
  { clusters, region }: AccountView,
): readonly LogGroup[] {
  const count = logGroupIdentifiers.length;
  if (count === 0 || count > MOST_GROUPS)
    throw invalid(`${count} log groups are not 1–${MOST_GROUPS}`);
  if (count > 1 && (streams.logStreamNames ?? streams.logStreamNamePrefixes) !== undefined) {
    throw invalid('log streams can be named for a single log group only');
  }
  const all = clusters.flatMap((cluster) => cluster.logGroups());
  return logGroupIdentifiers.map((arn) => {
    const found = all.find(({ name }) => regionArn(region, 'logs', `log-group:${name}`) === arn);
    if (found !== undefined) return found;
    if (!arn.startsWith('arn:')) throw invalid('The specified log group identifier is not an ARN.');
    throw new ApiError('ResourceNotFoundException', 400, 'The specified log group does not exist.');
  });
}

/** What is written from now on, once a second, until its time is over or nobody reads it. */
async function* liveTail(
  { logGroupIdentifiers = [], logEventFilterPattern = '', ...streams }: StartLiveTailRequest,
  groups: readonly LogGroup[],
  { now, clock }: AccountView,
): AsyncGenerator<object> {
  const test = messageTest(logEventFilterPattern);
  const { logStreamNames, logStreamNamePrefixes } = streams;
  const isMeant = ({ name }: LogStream): boolean =>
    logStreamNames?.includes(name) ??
    logStreamNamePrefixes?.some((prefix) => name.startsWith(prefix)) ??
    true;
  yield {
    sessionStart: {
      ...{ requestId: randomUUID(), sessionId: randomUUID(), logGroupIdentifiers },
      ...{ ...streams, logEventFilterPattern },
    },
  };
  let from = now - INGESTION;
  while (clock() - now < LONGEST) {
    const until = clock() - INGESTION;
    const events = groups.flatMap((group, i) =>
      group
        .streams()
        .filter(isMeant)
        .flatMap((stream) => eventsOf(stream, from, until))
        .filter(({ message = '' }) => test(message))
        .map(({ logStreamName, timestamp, message, ingestionTime }) => ({
          ...{ logStreamName, timestamp, message, ingestionTime },
          logGroupIdentifier: logGroupIdentifiers[i],
        })),
    );
    yield { sessionUpdate: updateOf(events) };
    from = Math.max(from, until);
    await setTimeout(UPDATE, undefined, { ref: false });
  }
  yield { SessionTimeoutException: { message: 'Live Tail session timed out.' } };
}

const updateOf = (
  events: NonNullable<LiveTailSessionUpdate['sessionResults']>,
): LiveTailSessionUpdate => ({
  sessionMetadata: { sampled: events.length > MOST_LIVE },
  sessionResults: events
    .toSorted((a, b) => (a.timestamp ?? 0) - (b.timestamp ?? 0))
    .filter((_, i) => i % Math.ceil(events.length / MOST_LIVE) === 0),
});

const invalid = (message: string): ApiError =>
  new ApiError('InvalidParameterException', 400, message);

function groupOf(
  { logGroupName, logGroupIdentifier }: FilterLogEventsRequest,
  { clusters, region }: AccountView,
): LogGroup {
  if ((logGroupName === undefined) === (logGroupIdentifier === undefined)) {
    throw invalid('Either logGroupName or logGroupIdentifier must be given');
  }
  const arn = regionArn(region, 'logs', 'log-group:');
  const name = logGroupName ?? logGroupIdentifier?.replace(arn, '');
  const found = clusters
    .flatMap((cluster) => cluster.logGroups())
    .find((group) => group.name === name);
  if (found) return found;
  throw new ApiError('ResourceNotFoundException', 400, 'The specified log group does not exist.');
}

function streamsOf(
  group: LogGroup,
  { logStreamNames, logStreamNamePrefix = '' }: FilterLogEventsRequest,
): readonly LogStream[] {
  if (logStreamNames !== undefined && logStreamNamePrefix !== '') {
    throw invalid('logStreamNames and logStreamNamePrefix cannot be given together');
  }
  return group
    .streams()
    .filter(({ name }) => logStreamNames?.includes(name) ?? name.startsWith(logStreamNamePrefix));
}

/** Until when the streams have no more entries than one call looks through. */
function scanned(streams: readonly LogStream[], from: number, until: number, most: number): number {
  const count = (end: number): number =>
    streams.reduce((sum, stream) => sum + stream.count(from, end), 0);
  if (from >= until || count(until) <= most) return until;
  let [low, high] = [from + 1, until];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (count(middle) <= most) low = middle;
    else high = middle - 1;
  }
  return low;
}

function eventsOf(stream: LogStream, from: number, until: number): readonly FilteredLogEvent[] {
  if (from >= until) return [];
  const seed = digits(stream.name);
  let [moment, nth] = [0, 0];
  return stream.events(from, until).map(({ timestamp, message }) => {
    nth = timestamp === moment ? nth + 1 : 0;
    moment = timestamp;
    return {
      logStreamName: stream.name,
      ...{ timestamp, message },
      ingestionTime: timestamp + INGESTION,
      eventId: `${timestamp}${seed}${String(nth).padStart(4, '0')}`,
    };
  });
}

const digits = (text: string): string => String(hash(text) >>> 0).padStart(10, '0');

const tokenOf = (time: number): string => Buffer.from(`from:${time}`).toString('base64url');

function timeIn(token: string): number {
  const text = Buffer.from(token, 'base64url').toString('utf8');
  const time = /^from:(\d+)$/.exec(text)?.[1];
  if (time === undefined) throw invalid('The specified nextToken is invalid.');
  return Number(time);
}

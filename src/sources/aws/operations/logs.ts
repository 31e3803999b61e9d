import {
  CloudWatchLogsClient,
  FilterLogEventsCommand,
  StartLiveTailCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { AwsFault } from '../../../domain/aws-fault.ts';
import type { LogEvent } from '../../../ports/aws-shapes.ts';
import type { LiveUpdate } from '../../../ports/aws/logs-calls.ts';
import type { ClientConfig } from '../client-config.ts';
import { answered } from '../explain.ts';
import { type Operations, single } from './operation.ts';
import { count, flag, many, record, text } from './shape.ts';

/** CloudWatch itself takes none that is longer (1 MB). */
const LONGEST_MESSAGE = 1024 * 1024;

const line = {
  logStreamName: text,
  timestamp: count,
  message: (value: unknown) => (typeof value === 'string' ? value.slice(0, LONGEST_MESSAGE) : ''),
};
const event = record<LogEvent>({ ...line, eventId: text });

/** An update has no more events than this: AWS samples them. */
const MOST_LIVE = 500;

const sessionUpdate = record({
  sessionMetadata: record({ sampled: flag }),
  sessionResults: (value) =>
    many(record(line))(Array.isArray(value) ? value.slice(0, MOST_LIVE) : []),
});

/** The door's calls of CloudWatch Logs. */
export function logsOperations(config: ClientConfig): Operations<'logs'> {
  // Live Tail is at a host of its own, but not where the user says what the host is.
  const client = new CloudWatchLogsClient({
    ...config,
    disableHostPrefix: config.endpoint !== undefined,
  });
  return {
    'logs:FilterLogEvents': single(
      (input, options) => client.send(new FilterLogEventsCommand(input), options),
      ({ events, nextToken }) => ({
        events: many(event)(events),
        nextToken: text(nextToken),
      }),
    ),
    'logs:StartLiveTail': single(
      (input, options) => client.send(new StartLiveTailCommand(input), options),
      ({ responseStream }) => ({ updates: updatesOf(responseStream ?? NO_UPDATES) }),
    ),
  };
}

const NO_UPDATES: AsyncIterable<object> = {
  // eslint-disable-next-line @typescript-eslint/require-await -- an iterable that has none
  async *[Symbol.asyncIterator]() {
    yield* [];
  },
};

/** What a session says, until it ends. */
async function* updatesOf(session: AsyncIterable<object>): AsyncGenerator<LiveUpdate> {
  try {
    for await (const said of session) {
      if (!('sessionUpdate' in said)) continue;
      const { sessionMetadata, sessionResults } = sessionUpdate(said.sessionUpdate);
      yield { events: sessionResults, isSampled: sessionMetadata.sampled };
    }
  } catch (error) {
    throw ended(error);
  }
  throw new AwsFault('unreachable', 'CloudWatch ended the live tail');
}

function ended(error: unknown): AwsFault {
  const name = error instanceof Error ? error.name : '';
  if (name === 'SessionTimeoutException') {
    return new AwsFault('busy', 'a live tail goes on for three hours at most', '', { code: name });
  }
  const words = answered(error)?.message ?? '';
  return new AwsFault('unreachable', `the live tail was cut${words === '' ? '' : `: ${words}`}`);
}

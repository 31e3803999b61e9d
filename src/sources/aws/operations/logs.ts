import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { LogEvent } from '../../../ports/aws-shapes.ts';
import type { ClientConfig } from '../client-config.ts';
import { type Operations, single } from './operation.ts';
import { count, many, record, text } from './shape.ts';

/** CloudWatch itself takes none that is longer (1 MB). */
const LONGEST_MESSAGE = 1024 * 1024;

const event = record<LogEvent>({
  logStreamName: text,
  timestamp: count,
  message: (value) => (typeof value === 'string' ? value.slice(0, LONGEST_MESSAGE) : ''),
  eventId: text,
});

/** The door's calls of CloudWatch Logs. */
export function logsOperations(config: ClientConfig): Operations<'logs'> {
  const client = new CloudWatchLogsClient(config);
  return {
    'logs:FilterLogEvents': single(
      (input, options) => client.send(new FilterLogEventsCommand(input), options),
      ({ events, nextToken }) => ({
        events: many(event)(events),
        nextToken: text(nextToken),
      }),
    ),
  };
}

import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import type { TrailEvent } from '../../../ports/aws/cloudtrail-calls.ts';
import type { ClientConfig } from '../client-config.ts';
import { type Operations, single } from './operation.ts';
import { many, record, text, time } from './shape.ts';

/** CloudTrail itself keeps none that is longer (256 KB). */
const LONGEST_EVENT = 256 * 1024;

const event = record<TrailEvent>({
  EventId: text,
  EventName: text,
  EventSource: text,
  EventTime: time,
  Username: text,
  CloudTrailEvent: (value) => (typeof value === 'string' ? value.slice(0, LONGEST_EVENT) : ''),
});

/** The door's calls of CloudTrail: one page, as two requests a second is all that an account has. */
export function cloudTrailOperations(config: ClientConfig): Operations<'cloudtrail'> {
  const client = new CloudTrailClient(config);
  return {
    'cloudtrail:LookupEvents': single(
      ({ StartTime, EndTime }, options) =>
        client.send(
          new LookupEventsCommand({
            LookupAttributes: [{ AttributeKey: 'ReadOnly', AttributeValue: 'false' }],
            StartTime: new Date(StartTime),
            EndTime: new Date(EndTime),
            MaxResults: 50,
          }),
          options,
        ),
      ({ Events }) => ({ Events: many(event)(Events) }),
    ),
  };
}

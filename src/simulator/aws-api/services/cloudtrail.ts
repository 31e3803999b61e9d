import {
  LookupEvents$,
  type LookupEventsRequest,
  type LookupEventsResponse,
} from '@aws-sdk/client-cloudtrail';
import { Random } from '../../random.ts';
import type { Region, TrailRecord } from '../../region.ts';
import { type Operation, operation } from '../operation.ts';
import { pageOf } from '../page.ts';

/** How many calls are remembered: the newest. */
const MOST = 2000;
/** A call is told of so much later: the one within two minutes, the other after eight (simulated ms). */
const LATE = { least: 2 * 60_000, most: 8 * 60_000 };
/** The prefixes of operations that change nothing. */
const READS = /^(?:Describe|List|Get|Lookup|Simulate|Filter|Query|AssumeRole)/;

/** Remembers a call that changed something, as CloudTrail does of its own accord. */
export function remember(region: Region, call: Omit<TrailRecord, 'id'>): void {
  if (READS.test(call.operation)) return;
  const id = new Random(`${call.operation}/${call.at}/${region.trail.length}`).uuid();
  region.trail.push({ id, ...call });
  if (region.trail.length > MOST) region.trail.shift();
}

/** What CloudTrail answers: calls that changed something, newest first. */
export const CLOUDTRAIL_OPERATIONS: readonly Operation[] = [
  operation(LookupEvents$, (input: LookupEventsRequest, view): LookupEventsResponse => {
    const { region, now } = view;
    const { StartTime, EndTime, LookupAttributes = [] } = input;
    const found = region.trail
      .filter((each) => toldAt(each) <= now)
      .filter(({ at }) => at >= (StartTime?.getTime() ?? 0) && at <= (EndTime?.getTime() ?? at))
      .filter((each) =>
        LookupAttributes.every(({ AttributeKey, AttributeValue }) =>
          AttributeKey === 'EventName'
            ? AttributeValue === each.operation
            : AttributeKey !== 'ReadOnly' || AttributeValue === 'false',
        ),
      )
      .reverse();
    const { items, next } = pageOf(found, {
      size: input.MaxResults,
      token: input.NextToken,
      most: 50,
      invalid: 'InvalidNextTokenException',
    });
    return { Events: items.map((each) => shapeOf(region, each)), NextToken: next };
  }),
];

/** When CloudTrail begins to tell of a call: calls are not told in the order in which they were made. */
const toldAt = ({ id, at }: TrailRecord): number => at + new Random(id).int(LATE.least, LATE.most);

function shapeOf(region: Region, { id, at, service, operation: name, ...call }: TrailRecord) {
  const source = `${service}.amazonaws.com`;
  const time = new Date(at);
  return {
    EventId: id,
    EventName: name,
    ReadOnly: 'false',
    EventTime: time,
    EventSource: source,
    Username: call.who.slice(call.who.lastIndexOf('/') + 1),
    Resources: [],
    CloudTrailEvent: JSON.stringify({
      eventVersion: '1.11',
      userIdentity: { type: 'AssumedRole', arn: call.who, accountId: region.accountId },
      eventTime: time.toISOString().replace('.000Z', 'Z'),
      eventSource: source,
      eventName: name,
      awsRegion: region.name,
      sourceIPAddress: call.from,
      userAgent: call.agent,
      requestParameters: call.parameters,
      eventID: id,
      readOnly: false,
    }),
  };
}

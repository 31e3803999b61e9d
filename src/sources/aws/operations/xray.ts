import { GetTraceSummariesCommand, XRayClient } from '@aws-sdk/client-xray';
import type { TraceRootCause, TraceSummary } from '../../../ports/aws/xray-calls.ts';
import type { ClientConfig } from '../client-config.ts';
import { type Operations, single } from './operation.ts';
import { amount, count, flag, many, record, text, time } from './shape.ts';

const rootCause = record<TraceRootCause>({
  Services: many(
    record({
      Name: text,
      EntityPath: many(
        record({ Name: text, Exceptions: many(record({ Name: text, Message: text })) }),
      ),
    }),
  ),
});

const summary = record<TraceSummary>({
  Id: text,
  StartTime: time,
  Duration: amount,
  ResponseTime: amount,
  HasFault: flag,
  HasError: flag,
  HasThrottle: flag,
  IsPartial: flag,
  Http: record({ HttpURL: text, HttpStatus: count, HttpMethod: text, ClientIp: text }),
  ServiceIds: many(record({ Name: text, Type: text })),
  EntryPoint: record({ Name: text }),
  FaultRootCauses: many(rootCause),
  ErrorRootCauses: many(rootCause),
});

/** The door's calls of X-Ray: one page, as each trace that is looked through costs. */
export function xrayOperations(config: ClientConfig): Operations<'xray'> {
  const client = new XRayClient(config);
  return {
    'xray:GetTraceSummaries': single(
      ({ StartTime, EndTime, ...input }, options) =>
        client.send(
          new GetTraceSummariesCommand({
            ...input,
            StartTime: new Date(StartTime),
            EndTime: new Date(EndTime),
          }),
          options,
        ),
      ({ TraceSummaries, NextToken }) => ({
        TraceSummaries: many(summary)(TraceSummaries),
        NextToken: text(NextToken),
      }),
    ),
  };
}

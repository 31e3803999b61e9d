import type { Clock } from '../../../core/clock.ts';
import { redact } from '../../../core/redact.ts';
import { explained } from '../../../core/words.ts';
import {
  traces as table,
  type TraceOutcome,
  type TraceRow,
} from '../../../domain/tables/traces.ts';
import type { TraceRootCause, TraceSummary } from '../../../ports/aws/xray-calls.ts';
import { AwsFault } from '../../../domain/aws-fault.ts';
import type { AwsTable, Reads, TablePart } from '../polling/table.ts';

const CALLS = ['xray:GetTraceSummaries'] as const;

/** How far back traces are told (ms). */
const LATELY = 15 * 60_000;
/** Traces become known this much later than they began (ms): so much is asked for twice. */
const LATE = 60_000;
/** Pages of one round: X-Ray bills each trace that it looks through. */
const MOST_PAGES = 10;

/** What is asked for first, and what else: neither has what the other has. */
const TROUBLED = 'error OR fault OR throttle';
const WELL = 'ok';

/**
 * The requests of the last quarter of an hour in the cluster's region: X-Ray does not know of which
 * cluster a trace is. After the first round only what came since is asked for, once a minute. Those
 * that failed come apart from the others: where there are very many of these, they come all the same.
 */
export const traces: AwsTable<'traces', (typeof CALLS)[number]> = {
  calls: CALLS,
  interval: { quiet: 60_000, changing: 60_000 },
  isChanging: () => false,
  parts(cluster, { reads, clock }) {
    const aws = reads(cluster);
    const part = (label: string, filter: string) =>
      tracesPart(label, filter, aws, clock, cluster.region);
    return [part('failed requests', TROUBLED), part('requests', WELL)];
  },
};

/** Not all requests are read: told for as long as those are shown among which some are missing. */
const cut = (): AwsFault =>
  new AwsFault(
    'refused',
    `not all: X-Ray had more than ${MOST_PAGES} pages in a minute`,
    'it bills each trace it looks through · one service alone: aws xray get-trace-summaries --filter-expression \'service("NAME")\'',
  );

function tracesPart(
  label: string,
  filter: string,
  aws: Reads<(typeof CALLS)[number]>,
  clock: Clock,
  region: string,
): TablePart<TraceRow> {
  const known = new Map<string, TraceRow>();
  let until = -Infinity;
  /** Requests before this moment are not all known (ms). */
  let cutBefore = -Infinity;
  return {
    label,
    rows: () => [...known.values()],
    async read({ signal, gaps }) {
      const now = clock.now();
      const StartTime = Math.max(now - LATELY, until - LATE);
      let next = '';
      for (let pages = 0; pages < MOST_PAGES; pages++) {
        const answer = await aws.call(
          'xray:GetTraceSummaries',
          {
            ...{ StartTime, EndTime: now, FilterExpression: filter },
            ...(next !== '' && { NextToken: next }),
          },
          signal,
        );
        for (const summary of answer.TraceSummaries) {
          if (summary.Id !== '') known.set(summary.Id, traceRow(summary, region));
        }
        next = answer.NextToken;
        if (next === '') break;
      }
      until = now;
      if (next !== '') cutBefore = now;
      if (cutBefore > now - LATELY) gaps.push(cut());
      for (const [id, { created }] of known) if (created < now - LATELY) known.delete(id);
    },
  };
}

/** The row of a trace. */
export function traceRow(summary: TraceSummary, region: string): TraceRow {
  const { Id, StartTime, Http, ServiceIds, EntryPoint } = summary;
  return {
    ...table.blank,
    ...{ uid: Id, name: Id, region },
    created: StartTime ?? startIn(Id),
    entry: EntryPoint.Name,
    services: [...new Set(ServiceIds.map(({ Name }) => Name))].filter((name) => name !== ''),
    method: Http.HttpMethod,
    // People put tokens into addresses, and into what they throw.
    url: redact(Http.HttpURL),
    clientIp: Http.ClientIp,
    httpStatus: Http.HttpStatus,
    outcome: outcomeOf(summary),
    responseTime: summary.ResponseTime,
    duration: summary.Duration,
    cause: redact(causeOf([...summary.FaultRootCauses, ...summary.ErrorRootCauses])),
    isPartial: summary.IsPartial,
  };
}

/** `1-` and the time in seconds, in hexadecimal, begin every id. */
function startIn(id: string): number {
  const [, seconds = ''] = /^1-([0-9a-f]{8})-/.exec(id) ?? [];
  return seconds === '' ? 0 : parseInt(seconds, 16) * 1000;
}

function outcomeOf({ HasFault, HasThrottle, HasError }: TraceSummary): TraceOutcome {
  if (HasFault) return 'fault';
  if (HasThrottle) return 'throttled';
  return HasError ? 'error' : 'ok';
}

/** `checkout: TimeoutError: connect ETIMEDOUT 10.0.1.2:5432`: the last service that says why. */
function causeOf(causes: readonly TraceRootCause[]): string {
  for (const { Services } of causes) {
    for (const { Name, EntityPath } of [...Services].reverse()) {
      const [said] = EntityPath.flatMap(({ Exceptions }) => Exceptions).reverse();
      if (said === undefined) continue;
      return explained(Name, said.Name, said.Message);
    }
  }
  return '';
}

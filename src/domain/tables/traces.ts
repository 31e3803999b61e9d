import { NO_ROW, type BaseRow } from '../row.ts';
import type { EksTable } from './define.ts';

/** How a request ended, the worst first. */
export type TraceOutcome = 'fault' | 'error' | 'throttled' | 'ok';

/**
 * A request on its way through services, as X-Ray sums it up. Its name is the id of the trace; it was
 * created when the request came in.
 */
export interface TraceRow extends BaseRow {
  /** Where the request came in; empty: not known. */
  readonly entry: string;
  /** All services that it went through, and what else was asked on the way. */
  readonly services: readonly string[];
  readonly method: string;
  readonly url: string;
  readonly clientIp: string;
  /** HTTP; null where it is no request of HTTP. */
  readonly httpStatus: number | null;
  readonly outcome: TraceOutcome;
  /** Until the answer, and until the last of its parts ended (s); null: not told. */
  readonly responseTime: number | null;
  readonly duration: number | null;
  /** What went wrong at the root, and in which service; empty: not told. */
  readonly cause: string;
  /** Parts of it are still on their way. */
  readonly isPartial: boolean;
  /** The region that keeps it. */
  readonly region: string;
}

export const traces: EksTable<TraceRow> = {
  source: 'aws',
  keepsGone: false,
  failsAlone: true,
  withoutAws: '',
  blank: {
    ...NO_ROW,
    entry: '',
    services: [],
    method: '',
    url: '',
    clientIp: '',
    httpStatus: null,
    outcome: 'ok',
    responseTime: null,
    duration: null,
    cause: '',
    isPartial: false,
    region: '',
  },
};

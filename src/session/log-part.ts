/** What a log is made of: parts that are read in different ways, whose lines meet in one buffer. */
import type { Clock } from '../core/clock.ts';
import type { ClusterKey } from '../domain/cluster-key.ts';
import type { LogEntry } from './log-merge.ts';
import type { LogRequest, LogSource } from './log-stream.ts';

/** A part of a log: what one cluster's containers write, or what CloudWatch keeps. */
export interface LogPart {
  readonly cluster: ClusterKey;
  open(host: LogHost): LogFeed;
}

/** What a feed works with. */
export interface LogHost {
  readonly clock: Clock;
  /** Only this container of each pod; null: all of them. */
  readonly container: string | null;
  /** Lines came; none: more is on its way, but no new line is complete. */
  readonly lines: (source: LogSource, lines: readonly LogEntry[]) => void;
  /** The state of a source is another. */
  readonly stateChanged: () => void;
  /** Other sources are followed, or something else is known of them. */
  readonly changed: () => void;
  /** Takes a new source in: made with the index that it has among those of all parts. */
  readonly join: <Source extends LogSource>(make: (index: number) => Source) => Source;
  readonly request: () => LogRequest;
  /** Lines that the tails of all its sources may have together. */
  readonly tail: number;
}

/** How a part is read and what that costs, in a few words, and in fewer. */
export interface LogNote {
  readonly text: string;
  readonly short: string;
  /** It costs by the minute, or it is not as it was asked for. */
  readonly isNews?: boolean;
}

/** A part that can be followed as it is written, which costs by the minute. */
export interface LiveControl {
  readonly isOn: boolean;
  /** Why it ended though nobody turned it off; null: it did not. */
  readonly ended: string | null;
  /** Begins it, or ends it. */
  readonly set: (on: boolean) => void;
}

/** A part that is being read. */
export interface LogFeed {
  /** Sources left out because there are too many. */
  readonly leftOut: number;
  /** Of init containers that have ended, left out for the same. */
  readonly endedLeftOut: number;
  /** How far the clock of its stamps is ahead of ours (ms): 0 where they agree, as far as is known. */
  readonly skew: number;
  /** Null: there is nothing to say. */
  readonly note: LogNote | null;
  /** Null: it is followed as it is written anyway. */
  readonly live: LiveControl | null;
  /** Begins, or goes on with what changed. @returns whether anything changed that is shown */
  follow(): boolean;
  /** Nobody looks for a while: what is kept elsewhere anyway need not be asked for. */
  rest(resting: boolean): void;
  /** Forgets all sources, to begin anew. */
  reset(): void;
  close(): void;
}

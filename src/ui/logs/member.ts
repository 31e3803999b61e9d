/** Whose logs a pane shows: those of one cluster, or of several beside each other. */
import type { Tone } from '../../core/styled.ts';
import type { LogPart, LogTarget } from '../../session/index.ts';
import type { Member } from '../resource/cluster-part.ts';

/** A cluster whose logs are shown, by the key that its lines have. */
export interface LogMember extends Member, Pick<LogPart, 'meant' | 'tables'> {
  /** What its name has beside those of others. */
  readonly tone: Tone;
}

/** What the logs are of. */
export interface LogsOf extends LogTarget {
  readonly members: readonly [LogMember, ...LogMember[]];
  /** What only some of them write is told from the start. */
  readonly compares?: boolean;
}

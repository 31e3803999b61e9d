/** Whose logs a pane shows: those of one cluster, or of several beside each other. */
import type { Tone } from '../../core/styled.ts';
import type { TableId } from '../../domain/tables/index.ts';
import type { LogPart, LogTarget } from '../../session/index.ts';
import type { CopyChoice } from '../pane.ts';
import type { Member } from '../resource/cluster-part.ts';

/** A cluster whose logs are shown, by the key that its lines have. */
export interface LogMember extends Member {
  /** What its name has beside those of others. */
  readonly tone: Tone;
  /** What is read; null: it cannot be reached. */
  readonly part: LogPart | null;
  /** Tables of its connection that tell what is read: they are followed meanwhile. */
  readonly needs: readonly TableId[];
}

/** What the logs are of. */
export interface LogsOf extends LogTarget {
  readonly members: readonly [LogMember, ...LogMember[]];
  /** What only some of them write is told from the start. */
  readonly compares?: boolean;
  /** Where they are kept, where that is not the cluster; then runs of containers make no difference. */
  readonly kept?: {
    readonly where: string;
    /** What can be done about what is not kept. */
    readonly advice: readonly string[];
    readonly copies: readonly CopyChoice[];
  };
}

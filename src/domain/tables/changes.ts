import { NO_ROW, type BaseRow } from '../row.ts';
import type { TableDef } from './define.ts';

/** What a change was, as one word. */
export type ChangeWord =
  | 'created'
  | 'deleted'
  | 'rollout'
  | 'released'
  | 'scaled'
  | 'paused'
  | 'resumed'
  | 'edited'
  | 'restarted'
  | 'evicted'
  | 'preempted'
  | 'joined'
  | 'left'
  | 'ready'
  | 'not ready'
  | 'cordoned'
  | 'uncordoned'
  | 'tainted'
  | 'untainted'
  | 'disrupted'
  | 'updated'
  | 'launched'
  | 'terminated'
  | 'failed';

/**
 * Something that happened to an object, or to several for one cause: a line of the timeline. Its
 * name and namespace are those of the object. It never has a value of a secret or a config map.
 */
export interface ChangeRow extends BaseRow {
  /** When it happened, or happened last (ms). */
  readonly at: number;
  /** When it happened first, of those that are counted together (ms). */
  readonly first: number;
  /** How often it happened; 1 for most. */
  readonly count: number;
  readonly change: ChangeWord;
  /** What it was done to: the kind of the object. */
  readonly kind: string;
  /** The workload that the object belongs to; empty where it is none's. */
  readonly ownerKind: string;
  readonly ownerName: string;
  /** Who did it, as the API tells: a field manager, an autoscaler, a controller; empty: not told. */
  readonly who: string;
  /** What became of what: `replicas 3 → 6`, `api:v1 → api:v2`, `exit 137 (OOMKilled)`. */
  readonly what: string;
  /** Why, where somebody says so; of many together, how many objects they are about. */
  readonly why: string;
  /** How bad it is: what people do is `ok`, what broke is `bad`. */
  readonly level: 'ok' | 'warn' | 'bad';
  /** Seen when it happened; else found out afterwards, from what the API still told. */
  readonly watched: boolean;
  /**
   * The revisions before and after a rollout: of deployments their numbers, of others the names of
   * what keeps them; empty where they are not known.
   */
  readonly before: string;
  readonly after: string;
  /** Of scalings the fewest and the most replicas there were; null of all else. */
  readonly range: readonly [least: number, most: number] | null;
  /** Of scalings that are counted together each, the last at the end: not more than a hundred. */
  readonly steps: readonly Pick<ChangeRow, 'at' | 'what' | 'why'>[];
}

/** What changed in a cluster lately: recorded from the other tables (domain/changes). */
export const changes: TableDef<ChangeRow> = {
  source: 'recorded',
  keepsGone: false,
  failsAlone: true,
  blank: {
    ...NO_ROW,
    at: 0,
    first: 0,
    count: 1,
    change: 'edited',
    kind: '',
    ownerKind: '',
    ownerName: '',
    who: '',
    what: '',
    why: '',
    level: 'ok',
    watched: false,
    before: '',
    after: '',
    range: null,
    steps: [],
  },
};

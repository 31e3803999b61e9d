/** What the rules that find changes are, and what they tell. */
import type { ChangeRow } from '../tables/changes.ts';
import type { TableId, Tables } from '../tables/index.ts';

/** What a change is told by, before it has a place in the log. */
export interface Change extends Pick<
  ChangeRow,
  'at' | 'change' | 'namespace' | 'name' | 'kind' | 'who' | 'what' | 'level'
> {
  /** Why it was done, where somebody says so. */
  readonly why?: string;
  /** The same for what is the same event, whoever tells of it: told again it is completed. */
  readonly key: string;
  /** The workload that the object belongs to, where it is another's. */
  readonly owner?: { readonly kind: string; readonly name: string };
  /** Told by an event: what was seen of the object itself says it better. */
  readonly hearsay?: true;
  /** Who did it says so: others only tell whose the field is. */
  readonly itself?: true;
  /** What it came to: by it hearsay is found to be about the same, as by how many replicas there are. */
  readonly gist?: string;
  /** Of a scaling: how many replicas there were and are. */
  readonly size?: Size;
  /** Pods have to go for it. */
  readonly shrinks?: true;
  /** What is counted together when it comes in numbers: a cause that many have. Absent: nothing. */
  readonly flood?: string;
  /** Floods of one cause that come in numbers too: the pods of nodes, where many nodes fall. */
  readonly deluge?: {
    readonly cause: string;
    /** What is told of all: without the place that tells one flood from the others. */
    readonly what: string;
    /** What these places are: `nodes`. */
    readonly places: string;
  };
  /** The parts of `what`: of many that are counted together those that all have are told. */
  readonly traits?: readonly string[];
  /** The revisions before and after it. */
  readonly before?: string;
  readonly after?: string;
}

/** Read access to the rows that rules look into beside the one that changed. */
export interface ChangeQuery {
  named<T extends TableId>(table: T, namespace: string, name: string): Tables[T] | undefined;
  rows<T extends TableId>(table: T): Iterable<Tables[T]>;
}

/** How it came to be seen that a row changed. */
export interface Sight {
  /** Present time (ms), by the clock of the server. */
  readonly now: number;
  /** Seen when it happened. Else it happened some time since the row was last known. */
  readonly watched: boolean;
  readonly query: ChangeQuery;
  /** From when on changes of a table are seen (ms, by the clock of the server); Infinity where they are not. */
  readonly seenSince: (table: TableId) => number;
  /** What was last told of an object by that word, or of what it has to let pods go for. */
  readonly lately: (
    change: ChangeRow['change'] | 'shrinks',
    kind: string,
    namespace: string,
    name: string,
  ) => ChangeRow | undefined;
}

/** Finds what happened in one table. */
export interface ChangeRule<T extends TableId = TableId> {
  readonly table: T;
  /**
   * What it means that a row came (no before), changed, or left (no after). Costs the same for
   * every row, however many there are.
   */
  readonly seen: (
    before: Tables[T] | null,
    after: Tables[T] | null,
    sight: Sight,
  ) => readonly Change[];
  /**
   * What the rows still tell of the time before they were watched, since then (ms): null after each
   * row that tells nothing, so that many of them can be gone through in pieces.
   */
  readonly told?: (query: ChangeQuery, since: number) => Iterable<Change | null>;
  /** Tables beside its own that `told` looks into. */
  readonly reads?: readonly TableId[];
}

/** A rule whose row type no longer matters. */
export interface AnyChangeRule extends Omit<ChangeRule, 'seen'> {
  readonly seen: (before: unknown, after: unknown, sight: Sight) => readonly Change[];
}

/** A rule, checked against the type of its rows, as one of many. */
export function changeRule<T extends TableId>(rule: ChangeRule<T>): AnyChangeRule {
  return rule as unknown as AnyChangeRule;
}

/** How many replicas there were, null where nobody tells, and how many there are. */
export interface Size {
  readonly from: number | null;
  readonly to: number;
  /** Which way it went, where the number before is not told. */
  readonly way?: Way;
}

type Way = 'up' | 'down';

const wayOf = ({ from, to, way }: Size): Way | undefined =>
  from === null ? way : to > from ? 'up' : 'down';

/** Whether both may be the same scaling: an autoscaler may come to a number from either side. */
export function isSameSize(one: Size, other: Size): boolean {
  const [way, otherWay] = [wayOf(one), wayOf(other)];
  return one.to === other.to && (way === undefined || otherWay === undefined || way === otherWay);
}

/** What the API's own controllers call themselves. */
export const CONTROLLERS = 'kube-controller-manager';

const HPA = 'HPA ';

/** Who an autoscaler is, by its name. */
export const hpaNamed = (name: string): string => `${HPA}${name}`;

/** Whether it was an autoscaler that did it. */
export const isByHpa = (who: string): boolean => who.startsWith(HPA);

/** Parts of what is said as one: one that ends with ` ·` leads to what follows it. */
export const saidOf = (traits: readonly string[]): string => traits.join(' ').replace(/ ·$/, '');

/** Nothing happened. */
export const NOTHING: readonly Change[] = [];

/** `a → b`. */
export const turned = (before: string | number, after: string | number): string =>
  `${before} → ${after}`;

/** A scaling: `replicas 3 → 6`; without the number before where nobody tells it. */
export function sized(size: Size): Pick<Change, 'size' | 'what'> {
  const { from, to } = size;
  return { size, what: `replicas ${from === null ? `→ ${to}` : turned(from, to)}` };
}

/**
 * What is found when one asks why something does not run, does not get traffic or does not come
 * further: one sentence, what it rests on, and what to do. A rule is a pure function over rows and
 * what else was read of one subject; it answers for one cause, or not at all.
 */
import type { Json } from '../../core/json.ts';
import type { Work } from '../../core/work.ts';
import type { KindRef } from '../kind-ref.ts';
import type { ObjectRow } from '../row.ts';
import type { TableId, Tables } from '../tables/index.ts';

/**
 * How sure a finding is.
 * - `said`: a part of the cluster says so in these words (an event, a condition, a status)
 * - `deduced`: it follows from what was read, by the rules of whoever decides
 * - `unknown`: what would tell could not be read; `unread` names it
 */
export type Certainty = 'said' | 'deduced' | 'unknown';

/** An object that evidence is about. */
export interface Named {
  readonly kind: string;
  /** Empty for what is in none. */
  readonly namespace: string;
  readonly name: string;
}

/** One thing that a finding rests on. */
export interface Evidence {
  /** Where it stands: `event FailedScheduling`, `condition PodScheduled`, `node ip-10-0-3-9`. */
  readonly source: string;
  /** What stands there, in the words of whoever wrote it, or the figures that were read. */
  readonly text: string;
  /** When it was last so (ms); absent where it does not say. */
  readonly at?: number;
  /** The object that it is about, where that is another one than what is asked about. */
  readonly about?: Named;
}

/** Why. */
export interface Finding {
  /** One sentence, lower case and without a trailing period. */
  readonly sentence: string;
  readonly certainty: Certainty;
  readonly evidence: readonly Evidence[];
  /** What to do, the most likely first; a sentence each. */
  readonly next: readonly string[];
  /** What could not be read and might have told more, each with the reason. */
  readonly unread: readonly string[];
}

/** An event about an object. */
export interface Happening {
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  /** The component that wrote it: `default-scheduler`, `kubelet`. */
  readonly from: string;
  /** The uid of what it is about: another object may have had its name. */
  readonly uid: string;
  /** The container that it is about; empty where it is about none. */
  readonly container: string;
  readonly count: number;
  readonly at: number;
}

/**
 * Something that has to be asked for.
 * - `known`: here it is
 * - `absent`: there is none of that name
 * - `unread`: it could not be read, or not yet; `why` says so
 */
export type Looked<T> =
  | { readonly state: 'known'; readonly value: T }
  | { readonly state: 'absent' }
  | { readonly state: 'unread'; readonly why: string };

/** What rules read. What they ask for and is not there yet is fetched, and they are asked again. */
export interface World {
  /** The cluster's time (ms). */
  readonly now: number;
  /** Visits the rows of a table that are there, in pieces: there may be very many. */
  each<T extends TableId>(table: T, visit: (row: Tables[T]) => void): Work<void>;
  /** Null: no row of that name is known; whether there is one, {@link unread} tells. */
  named<T extends TableId>(table: T, namespace: string, name: string): Tables[T] | null;
  /**
   * Why the rows of a table may not be all there are; empty where they are.
   * @param namespace the one that matters; empty for all
   */
  unread(table: TableId, namespace: string): string;
  /** Events about an object, newest first. */
  events(kind: string, namespace: string, name: string): Looked<readonly Happening[]>;
  /** The whole object behind a row. */
  object(table: ObjectTableId, namespace: string, name: string): Looked<Json>;
  /** An object of a kind that has no table; where the cluster has no such kind there is none. */
  other(kind: KindRef, namespace: string, name: string): Looked<Json>;
}

/** Tables of which whole objects are looked at. */
export type ObjectTableId = {
  [T in TableId]: Tables[T] extends ObjectRow ? T : never;
}[TableId];

/** How many rows rules go through in a piece: a few milliseconds of it at most. */
export const PIECE = 250;

/**
 * What was found of something on the way to the subject, as the subject's own.
 * @param way what it goes through: `gateway web`
 */
export const through = (way: string, hop: Evidence, found: Finding): Finding => ({
  ...found,
  sentence: `${way}: ${found.sentence}`,
  evidence: [hop, ...found.evidence],
});

/** What a rule finds; null: it is not for its cause. */
export type Answer = Finding | null;

/** Finds one cause, or null: at once, or in pieces where it goes over a table. */
export type Rule<Row> = (subject: Row, world: World) => Answer | Work<Answer>;

/** What a rule answers, in pieces where it works in such. */
export function* answerOf(answer: Answer | Work<Answer>): Work<Answer> {
  return isWork(answer) ? yield* answer : answer;
}

const isWork = (answer: Answer | Work<Answer>): answer is Work<Answer> =>
  answer !== null && Symbol.iterator in answer;

/** The first of several rules that finds something. */
export function firstOf<Row>(
  ...rules: readonly Rule<Row>[]
): (subject: Row, world: World) => Work<Answer> {
  return function* (subject, world) {
    for (const rule of rules) {
      const answer = yield* answerOf(rule(subject, world));
      if (answer !== null) return answer;
    }
    return null;
  };
}

/** The rows of a table that are there and are taken, picked in pieces. */
export function* rowsWhere<T extends TableId>(
  world: World,
  table: T,
  takes: (row: Tables[T]) => boolean,
): Work<readonly Tables[T][]> {
  const taken: Tables[T][] = [];
  yield* world.each(table, (row) => {
    if (takes(row)) taken.push(row);
  });
  return taken;
}

/** A finding, with what most of them leave out; words of others in it become a part of the sentence. */
export function finding(
  certainty: Certainty,
  sentence: string,
  rest: Partial<Omit<Finding, 'certainty' | 'sentence'>> = {},
): Finding {
  const oneLine = sentence.replace(/\s+/g, ' ').replace(/(?<![.\s])[.\s]+$/, '');
  return { certainty, sentence: oneLine, evidence: [], next: [], unread: [], ...rest };
}

/** The object of a row, as what evidence is about. */
export const named = (
  kind: string,
  { namespace, name }: Pick<ObjectRow, 'namespace' | 'name'>,
): Named => ({ kind, namespace, name });

/** An event as evidence. */
export const fromEvent = ({ reason, from, message, count, at }: Happening): Evidence => ({
  source: `event ${reason}${from === '' ? '' : ` of ${from}`}${count > 1 ? ` (x${count})` : ''}`,
  text: message.trim(),
  at,
});

/** The events about the very object of a row, newest first; none where they are not known. */
export function eventsOf(
  kind: string,
  { namespace, name, uid }: Pick<ObjectRow, 'namespace' | 'name' | 'uid'>,
  world: World,
  unread: string[],
): readonly Happening[] {
  const told = valueOf(world.events(kind, namespace, name), `events of ${name}`, unread) ?? [];
  // Kubelets write the name of their node for its uid.
  const own = new Set(['', uid, ...(kind === 'Node' ? [name] : [])]);
  return told.filter((event) => own.has(event.uid));
}

/** What was asked for, or null where it is not known; `unread` is told why. */
export function valueOf<T>(looked: Looked<T>, what: string, unread: string[]): T | null {
  if (looked.state === 'known') return looked.value;
  if (looked.state === 'unread') unread.push(`${what}: ${looked.why}`);
  return null;
}

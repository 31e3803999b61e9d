/** A line of a timeline as its log keeps it, and what its texts are made of. */
import type { ChangeRow } from '../tables/changes.ts';
import { CONTROLLERS, type Change } from './change.ts';

/** The most of one text (characters): an image's name, a scheduler's message. */
const LONGEST = 300;

/** A line, and what is known of it beside its row. */
export interface Line {
  row: ChangeRow;
  /** What it is about, and what that came to; empty where it is about no one object. */
  readonly about: string;
  readonly gist: string;
  readonly size?: Change['size'];
  /** What it says, in parts; null where that has none. */
  traits: readonly string[] | null;
  /** The changes that it tells of. */
  readonly keys: string[];
  hearsay: boolean;
  itself: boolean;
}

/** Which object something was done to. */
export type Subject = Pick<ChangeRow, 'kind' | 'namespace' | 'name'>;

/** What was done to what, in one word each. */
export const told = (change: string, { kind, namespace, name }: Subject): string =>
  `${change} ${kind} ${namespace}/${name}`;

/** The same of all that tell of the same: what it was, and what it came to. */
export const gistOf = (change: Change): string =>
  `${told(change.change, change)} ${change.gist ?? change.size?.to ?? ''}`;

/** Between how many replicas it was scaled; null where it was not. */
export const rangeOf = ({ size }: Change): ChangeRow['range'] => {
  if (size === undefined) return null;
  const { from, to } = size;
  return from === null ? [to, to] : [Math.min(from, to), Math.max(from, to)];
};

/** No more of a text than a line has room for. */
export const cut = (text: string): string =>
  text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;

/** A controller does what somebody told it to: who that was says more. */
export const byWhom = (one: string, other: string): string =>
  one === '' || (one === CONTROLLERS && other !== '') ? other : one;

/** What two lines say alike; null where one of them has no parts. */
export const inCommon = (
  one: readonly string[] | null,
  other: readonly string[] | null,
): readonly string[] | null => other && (one?.filter((trait) => other.includes(trait)) ?? null);

/** How many characters of text a row has. */
export const textOf = ({ name, namespace, who, what, why }: ChangeRow): number =>
  name.length + namespace.length + who.length + what.length + why.length;

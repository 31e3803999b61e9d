/** Names of streams, as short as they can be and still be told apart. */
import { fits, textWidth, truncate, truncateMiddle } from '../../core/text.ts';
import type { LogSource } from '../../session/index.ts';

/** What a stream is of, free of control characters. */
export type StreamOf = Pick<LogSource, 'pod' | 'container'>;

/** What streams are called beside each other. */
export interface StreamNames {
  /** What all pods are called alike, and {@link names} leave out: `api-7d9f8b6c4f-`; else empty. */
  readonly shared: string;
  /** Of each stream; all empty where they are of one name. */
  readonly names: readonly string[];
}

/** Nothing is left out of names that are no longer than this (columns). */
const SHORT = 12;
const LEAST_CONTAINER = 3;
/** Less of the beginning of a pod's name says nothing. */
const LEAST_START = 2;

/**
 * What tells streams apart: the container of one pod; of several pods what they do not share of
 * their names, and the container where there are several. Where that does not fit, the end of a
 * pod's name stays, which tells it from all others.
 * @param room columns that a name may have, at least 4
 */
export function streamNames(streams: readonly StreamOf[], room: number): StreamNames {
  const several = new Set(streams.map(({ container }) => container)).size > 1;
  const pods = [...new Set(streams.map(({ pod }) => pod))];
  const named = (pod: string, container: string): string => (several ? `${pod}/${container}` : pod);
  if (pods.length < 2) {
    const nameOf = ({ container }: StreamOf): string =>
      several ? truncateMiddle(container, room) : '';
    return { shared: '', names: streams.map(nameOf) };
  }
  const full = streams.map(({ pod, container }) => named(pod, container));
  if (widest(full) <= Math.min(SHORT, room)) return { shared: '', names: full };
  const shared = commonStart(pods);
  const own = pods.map((pod) => pod.slice(shared.length));
  const short = streams.map(({ pod, container }) => named(pod.slice(shared.length), container));
  if (widest(short) <= room) return { shared, names: short };
  const ends = distinctEnds(own);
  const left = Math.min(Math.floor(room / 2), room - 1 - widest(ends));
  const containers = several ? widest(streams.map(({ container }) => container)) : 0;
  const containerRoom = Math.min(containers, Math.max(LEAST_CONTAINER, left));
  const podRoom = several ? room - 1 - containerRoom : room;
  const cut = new Map(pods.map((pod, i) => [pod, cutPod(own[i] ?? '', ends[i] ?? '', podRoom)]));
  const names = streams.map(({ pod, container }) =>
    named(cut.get(pod) ?? '', truncateMiddle(container, containerRoom)),
  );
  return { shared, names };
}

const widest = (names: readonly string[]): number => Math.max(0, ...names.map(textWidth));

/** What all names begin with, up to a hyphen: of pods their owner's name, the template's hash. */
export function commonStart(names: readonly string[]): string {
  const [first = ''] = names;
  let length = first.length;
  for (const name of names) {
    if (name === first) continue;
    let same = 0;
    while (same < length && name[same] === first[same]) same++;
    length = same;
  }
  return first.slice(0, first.lastIndexOf('-', length - 1) + 1);
}

/** The shortest ends of names, from a hyphen on, that tell all of them apart. */
function distinctEnds(names: readonly string[]): readonly string[] {
  const parts = names.map((name) => name.split('-'));
  const most = Math.max(...parts.map(({ length }) => length));
  for (let count = 1; count < most; count++) {
    const ends = parts.map((own) => own.slice(-count).join('-'));
    if (new Set(ends).size === names.length) return ends;
  }
  return names;
}

/** A name with its end whole, and as much of its beginning as there is room for. */
function cutPod(name: string, end: string, room: number): string {
  if (fits(name, room)) return name;
  const left = room - textWidth(end);
  if (left > LEAST_START) return truncate(name, left) + end;
  return truncateMiddle(end, room);
}

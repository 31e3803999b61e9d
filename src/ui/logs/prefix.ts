/** What stands in front of the lines of several streams: which cluster, which pod, which container. */
import type { Segment, Tone } from '../../core/styled.ts';
import { pad, sanitize, textWidth, truncateMiddle } from '../../core/text.ts';
import type { LogSource } from '../../session/index.ts';
import type { LogMember } from './member.ts';

type Names = Pick<LogSource, 'pod' | 'container'>;

/** Told apart by tone, never by tone alone: the name is there too. */
const TONES: readonly Tone[] = ['info', 'accent', 'title', 'good', 'strong', 'muted'];

/** Most columns, and the most of the screen, that a prefix takes. */
const MOST = 48;
const SHARE = 0.3;
/** The same of the name of a cluster in it; it is not cut shorter than some. */
const MOST_CLUSTER = 20;
const LEAST_CLUSTER = 6;
const SHARE_CLUSTER = 0.12;
/** On narrower screens what all pods are called alike is left out, unless that saves next to nothing. */
const NARROW = 100;
const SHORT = 12;

/**
 * Prefixes of equal width: the cluster in its own tone where there are several, then each pod (or
 * container of the one pod) in a tone of its own as far as there are tones; none for a single stream
 * of a single cluster. What tells the streams apart stays, however narrow the screen is: the end of
 * the pod's name, and the container where there are several.
 */
export function prefixesOf(
  given: readonly (Names & Pick<LogSource, 'cluster'>)[],
  beside: readonly Pick<LogMember, 'cluster' | 'name' | 'tone'>[],
  columns: number,
): readonly (readonly Segment[])[] {
  if (given.length < 2 && beside.length === 0) return [];
  const sources = given.map(({ cluster, pod, container }) => ({
    cluster,
    pod: sanitize(pod),
    container: sanitize(container),
  }));
  const room = Math.max(4, Math.min(MOST, Math.floor(columns * SHARE)));
  const labels = clusterLabels(beside, columns);
  const labelWidth = Math.max(0, ...[...labels.values()].map(([text]) => textWidth(text) + 1));
  const onePod = sources.every(({ pod }) => pod === sources[0]?.pod);
  const names = namesOf(sources, onePod, Math.max(4, room - labelWidth), columns);
  const width = widest(names);
  if (width === 0 && beside.length === 0) return [];
  const tones = new Map<string, Tone>();
  return sources.map(({ cluster, pod, container }, i) => {
    const owner = onePod ? container : pod;
    const tone = tones.get(owner) ?? TONES[tones.size % TONES.length] ?? 'muted';
    tones.set(owner, tone);
    const name: Segment = [pad(names[i] ?? '', width), tone];
    const label = labels.get(cluster);
    if (label === undefined) return [name];
    return width === 0 ? [label] : [label, [' ', 'text'], name];
  });
}

/** Names of clusters of one width; where there is little room, what tells them apart. */
function clusterLabels(
  beside: readonly Pick<LogMember, 'cluster' | 'name' | 'tone'>[],
  columns: number,
): ReadonlyMap<string, Segment> {
  const share = Math.floor(columns * SHARE_CLUSTER);
  const room = Math.max(LEAST_CLUSTER, Math.min(MOST_CLUSTER, share));
  const full = beside.map(({ name }) => sanitize(name));
  const common = widest(full) <= room ? 0 : commonStart(full);
  const short = full.map((name) => truncateMiddle(name.slice(common), room));
  const width = widest(short);
  return new Map(
    beside.map(({ cluster, tone }, i) => [cluster, [pad(short[i] ?? '', width), tone]]),
  );
}

/** The longest names that there is room for; empty where all streams are of one name. */
function namesOf(
  sources: readonly Names[],
  onePod: boolean,
  room: number,
  columns: number,
): readonly string[] {
  const several = new Set(sources.map(({ container }) => container)).size > 1;
  if (onePod) {
    return sources.map(({ container }) => (several ? truncateMiddle(container, room) : ''));
  }
  const withContainer = ({ pod, container }: Names): string =>
    several ? `${pod}/${container}` : pod;
  const full = sources.map(withContainer);
  if (widest(full) <= (columns < NARROW ? Math.min(SHORT, room) : room)) return full;
  const common = commonStart(sources.map(({ pod }) => pod));
  const short = sources.map(({ pod, container }) => ({ pod: pod.slice(common), container }));
  const shortNames = short.map(withContainer);
  if (widest(shortNames) <= room) return shortNames;
  const containers = several ? widest(sources.map(({ container }) => container)) : 0;
  const containerRoom = Math.min(containers, Math.floor(room / 3));
  const podRoom = room - (several ? containerRoom + 1 : 0);
  return short.map(({ pod, container }) =>
    withContainer({
      pod: truncateMiddle(pod, podRoom),
      container: truncateMiddle(container, containerRoom),
    }),
  );
}

const widest = (names: readonly string[]): number => Math.max(0, ...names.map(textWidth));

/** Length of what all names begin with, up to a hyphen: of pods their owner's name, the template's hash. */
function commonStart(names: readonly string[]): number {
  const [first = ''] = names;
  let length = first.length;
  for (const name of names) {
    if (name === first) continue;
    let same = 0;
    while (same < length && name[same] === first[same]) same++;
    length = same;
  }
  return first.lastIndexOf('-', length - 1) + 1;
}

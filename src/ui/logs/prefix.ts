/** What stands in front of the lines of several streams: which pod, which container. */
import type { Segment, Tone } from '../../core/styled.ts';
import { pad, textWidth, truncateMiddle } from '../../core/text.ts';

interface Names {
  readonly pod: string;
  readonly container: string;
}

/** Told apart by tone, never by tone alone: the name is there too. */
const TONES: readonly Tone[] = ['info', 'accent', 'title', 'good', 'strong', 'muted'];

/** Most columns, and the most of the screen, that a prefix takes. */
const MOST = 48;
const SHARE = 0.3;
/** On narrower screens what all pods are called alike is left out, unless that saves next to nothing. */
const NARROW = 100;
const SHORT = 12;

/**
 * Prefixes of equal width, each pod (or container of the one pod) in a tone of its own as far as
 * there are tones; none for a single stream. What tells the streams apart stays, however narrow the
 * screen is: the end of the pod's name, and the container where there are several.
 */
export function prefixesOf(sources: readonly Names[], columns: number): readonly Segment[] {
  if (sources.length < 2) return [];
  const onePod = sources.every(({ pod }) => pod === sources[0]?.pod);
  const names = namesOf(sources, onePod, columns);
  const width = Math.max(...names.map(textWidth));
  const tones = new Map<string, Tone>();
  return sources.map(({ pod, container }, i) => {
    const owner = onePod ? container : pod;
    const tone = tones.get(owner) ?? TONES[tones.size % TONES.length] ?? 'muted';
    tones.set(owner, tone);
    return [pad(names[i] ?? '', width), tone];
  });
}

/** The longest names that there is room for. */
function namesOf(sources: readonly Names[], onePod: boolean, columns: number): readonly string[] {
  const room = Math.max(4, Math.min(MOST, Math.floor(columns * SHARE)));
  if (onePod) return sources.map(({ container }) => truncateMiddle(container, room));
  const several = new Set(sources.map(({ container }) => container)).size > 1;
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

const widest = (names: readonly string[]): number => Math.max(...names.map(textWidth));

/** Length of what all pods' names begin with, up to a hyphen: the owner's name, the template's hash. */
function commonStart(pods: readonly string[]): number {
  const [first = ''] = pods;
  let length = first.length;
  for (const pod of pods) {
    if (pod === first) continue;
    let same = 0;
    while (same < length && pod[same] === first[same]) same++;
    length = same;
  }
  return first.lastIndexOf('-', length - 1) + 1;
}

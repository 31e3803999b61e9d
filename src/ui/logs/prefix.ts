/** What stands in front of the lines of several streams: which cluster, which pod, which container. */
import type { Segment, Tone } from '../../core/styled.ts';
import { pad, sanitize, textWidth, truncateMiddle } from '../../core/text.ts';
import type { LogSource } from '../../session/index.ts';
import type { LogMember } from './member.ts';
import { commonStart, streamNames, type StreamOf } from './stream-names.ts';

/** Told apart by tone, never by tone alone: the name is there too. */
const TONES: readonly Tone[] = ['info', 'accent', 'title', 'good', 'strong', 'muted'];

/** Most columns, and the most of the screen, that the name of a stream takes: the text is what matters. */
const MOST = 40;
const SHARE = 0.2;
/** The same on narrow screens; it is not cut shorter than some. */
const NARROW = 100;
const SHARE_NARROW = 0.15;
const LEAST = 9;
/** The most that it takes with the name of its cluster. */
const SHARE_BOTH = 0.3;
/** The same of the name of a cluster in it; it is not cut shorter than some. */
const MOST_CLUSTER = 20;
const LEAST_CLUSTER = 6;
const SHARE_CLUSTER = 0.12;

/** What the lines of several streams begin with. */
export interface LogPrefixes {
  /** What all pods are called alike, and no prefix says; empty: nothing is left out. */
  readonly shared: string;
  /** Of each stream, of equal width; empty where there is nothing to tell apart. */
  readonly cells: readonly (readonly Segment[])[];
}

/**
 * Prefixes of equal width: the cluster in its own tone where there are several, then each pod (or
 * container of the one pod) in a tone of its own as far as there are tones; none for a single stream
 * of a single cluster. They say what tells the streams apart, and no more.
 */
export function prefixesOf(
  given: readonly (StreamOf & Pick<LogSource, 'cluster'>)[],
  beside: readonly Pick<LogMember, 'cluster' | 'name' | 'tone'>[],
  columns: number,
): LogPrefixes {
  if (given.length < 2 && beside.length === 0) return NONE;
  const sources = given.map(({ cluster, pod, container }) => ({
    cluster,
    pod: sanitize(pod),
    container: sanitize(container),
  }));
  const labels = clusterLabels(beside, columns);
  const labelWidth = Math.max(0, ...[...labels.values()].map(([text]) => textWidth(text) + 1));
  const { shared, names } = streamNames(sources, roomFor(labelWidth, columns));
  const width = widest(names);
  if (width === 0 && beside.length === 0) return NONE;
  const onePod = sources.every(({ pod }) => pod === sources[0]?.pod);
  const tones = new Map<string, Tone>();
  const cells = sources.map(({ cluster, pod, container }, i): readonly Segment[] => {
    const owner = onePod ? container : pod;
    const tone = tones.get(owner) ?? TONES[tones.size % TONES.length] ?? 'muted';
    tones.set(owner, tone);
    const name: Segment = [pad(names[i] ?? '', width), tone];
    const label = labels.get(cluster);
    if (label === undefined) return [name];
    return width === 0 ? [label] : [label, [' ', 'text'], name];
  });
  return { shared, cells };
}

const NONE: LogPrefixes = { shared: '', cells: [] };

/** Columns that a name may take beside the name of its cluster. */
function roomFor(label: number, columns: number): number {
  const share = columns < NARROW ? SHARE_NARROW : SHARE;
  const alone = Math.max(LEAST, Math.min(MOST, Math.floor(columns * share)));
  return label === 0
    ? alone
    : Math.max(4, Math.min(alone, Math.floor(columns * SHARE_BOTH) - label));
}

/** Names of clusters of one width; where there is little room, what tells them apart. */
function clusterLabels(
  beside: readonly Pick<LogMember, 'cluster' | 'name' | 'tone'>[],
  columns: number,
): ReadonlyMap<string, Segment> {
  const share = Math.floor(columns * SHARE_CLUSTER);
  const room = Math.max(LEAST_CLUSTER, Math.min(MOST_CLUSTER, share));
  const full = beside.map(({ name }) => sanitize(name));
  const common = widest(full) <= room ? 0 : commonStart(full).length;
  const short = full.map((name) => truncateMiddle(name.slice(common), room));
  const width = widest(short);
  return new Map(
    beside.map(({ cluster, tone }, i) => [cluster, [pad(short[i] ?? '', width), tone]]),
  );
}

const widest = (names: readonly string[]): number => Math.max(0, ...names.map(textWidth));

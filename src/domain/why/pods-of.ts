/** Why pods that belong together are not ready: the cause of the worst of them, and how many it is. */
import { eachInPieces, type Work } from '../../core/work.ts';
import type { PodRow } from '../rows.ts';
import { PIECE, named, type Evidence, type Finding, type World } from './finding.ts';
import { whyPod } from './pod/index.ts';

/** How many pods are named where there are many. */
const NAMED = 4;
/** How many causes are told apart; what has another is counted. */
const MOST_CAUSES = 8;

/** What keeps the first of some pods from being ready, told of all. */
interface Shared {
  /** `api-7d9f-x: container api …`, for the end of a sentence. */
  readonly words: string;
  readonly finding: Finding | null;
  readonly evidence: readonly Evidence[];
}

/** Pods with one cause: those that are named, and how many they are. */
interface Alike {
  readonly first: PodRow;
  readonly names: string[];
  count: number;
}

/** @param pods that are not ready, at least one */
export function* sharedCause(pods: readonly PodRow[], world: World): Work<Shared> {
  const groups = new Map<string, Alike>();
  yield* eachInPieces(pods, PIECE, (pod) => {
    const key = `${pod.status} ${pod.cause}`;
    const alike = groups.get(key) ?? { first: pod, names: [], count: 0 };
    groups.set(key, alike);
    alike.count++;
    if (alike.names.length <= NAMED) alike.names.push(pod.name);
  });
  const [most, ...rest] = yield* largest(groups);
  const found = most === undefined ? null : yield* whyPod(most.first, world);
  const name = most?.first.name ?? '';
  const same = most === undefined ? '' : podsText(most.names.slice(1), most.count - 1);
  const told = [most, ...rest].reduce((sum, alike) => sum + (alike?.count ?? 0), 0);
  return {
    words: `${name}: ${found?.sentence ?? textOf(most?.first)}`,
    finding: found,
    evidence: [
      {
        source: `pod ${name}`,
        text: most?.first.status ?? '',
        ...(most === undefined ? {} : { about: named('Pod', most.first) }),
      },
      ...(found?.evidence ?? []),
      ...(same === '' ? [] : [{ source: same, text: 'the same' }]),
      ...rest.map(({ first, names, count }) => ({
        source: podsText(names, count),
        text: textOf(first),
        about: named('Pod', first),
      })),
      ...(told < pods.length
        ? [{ source: `${pods.length - told} more pods`, text: 'each with a cause of its own' }]
        : []),
    ],
  };
}

/** The causes that most pods have, the first of them first. */
function* largest(groups: ReadonlyMap<string, Alike>): Work<readonly Alike[]> {
  const kept: Alike[] = [];
  yield* eachInPieces(groups.values(), PIECE, (alike) => {
    const last = kept[MOST_CAUSES - 1];
    if (last !== undefined && last.count >= alike.count) return;
    kept.push(alike);
    kept.sort((a, b) => b.count - a.count);
    kept.length = Math.min(kept.length, MOST_CAUSES);
  });
  return kept;
}

const textOf = (pod: PodRow | undefined): string =>
  [pod?.status ?? '', pod?.cause ?? ''].filter((each) => each !== '').join(' · ');

/** Names of the first of so many; empty where there are none. */
function podsText(names: readonly string[], count: number): string {
  if (count === 0) return '';
  const shown = names.slice(0, NAMED);
  const more = count - shown.length;
  return `${count === 1 ? 'pod' : 'pods'} ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** Why pods that belong together are not ready: the cause of the worst of them, and how many it is. */
import type { PodRow } from '../rows.ts';
import type { Evidence, Finding, World } from './finding.ts';
import { whyPod } from './pod/index.ts';

/** How many pods are named where there are many. */
const NAMED = 4;

/** What keeps the first of some pods from being ready, told of all. */
export interface Shared {
  /** `api-7d9f-x: container api …`, for the end of a sentence. */
  readonly words: string;
  readonly finding: Finding | null;
  readonly evidence: readonly Evidence[];
}

/** @param pods that are not ready, at least one */
export function sharedCause(pods: readonly PodRow[], world: World): Shared {
  const groups = Map.groupBy(pods, ({ status, cause }) => `${status} ${cause}`);
  const [most = pods] = [...groups.values()].sort((a, b) => b.length - a.length);
  const [first] = most;
  const found = first === undefined ? null : whyPod(first, world);
  const name = first?.name ?? '';
  return {
    words: `${name}: ${found?.sentence ?? textOf(first)}`,
    finding: found,
    evidence: [
      { source: `pod ${name}`, text: first?.status ?? '' },
      ...(found?.evidence ?? []),
      ...(most.length > 1 ? [{ source: podsText(most.slice(1)), text: 'the same' }] : []),
      ...[...groups.values()]
        .filter((group) => group !== most)
        .map((group) => ({ source: podsText(group), text: textOf(group[0]) })),
    ],
  };
}

const textOf = (pod: PodRow | undefined): string =>
  [pod?.status ?? '', pod?.cause ?? ''].filter((each) => each !== '').join(' · ');

function podsText(pods: readonly PodRow[]): string {
  const names = pods.slice(0, NAMED).map(({ name }) => name);
  const more = pods.length - names.length;
  return `${pods.length === 1 ? 'pod' : 'pods'} ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

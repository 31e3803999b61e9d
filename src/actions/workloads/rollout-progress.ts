/** How a rollout goes on that an action began: its state in words, its pods old and new. */
import type { Cell, Tone } from '../../core/styled.ts';
import { sanitize } from '../../core/text.ts';
import { rollout } from '../../domain/rollout.ts';
import type { PodRow } from '../../domain/rows.ts';
import type { ActionContext } from '../engine/define.ts';
import type { Progress } from '../engine/plan.ts';
import { livePods, nameOf, present, type WorkloadTarget } from '../targets/workload-target.ts';

/** What was begun. */
export interface Begun {
  /** The generation that the change was made to. */
  readonly generation: number;
  /** `restarting`, `rolling back`; what follows is the name. */
  readonly doing: string;
  /** What is said when it is done, or what it was where it failed: `restarted deployment/api`. */
  readonly done: string;
  readonly failing: string;
  /** Whether a pod is one of the new ones; where it is not given, pods are not shown. */
  readonly isNew?: (pod: PodRow) => boolean;
}

/** How far it is, by the rules of `kubectl rollout status`. */
export function rolloutProgress(
  target: WorkloadTarget,
  { generation, doing, done, failing, isNew }: Begun,
  { query }: ActionContext,
): Progress {
  const name = nameOf(target);
  const row = present(target, query);
  if (row === undefined) return { state: 'failed', text: `${name} was deleted meanwhile` };
  const lines = isNew === undefined ? {} : { lines: podLines(target, isNew, query) };
  if (row.generation <= generation)
    return { state: 'working', text: `${doing} ${name}: sent`, ...lines };
  const { state, text } = rollout(row);
  switch (state) {
    case 'done':
      // What a rollout by hand leaves to be done is part of it.
      return {
        state: 'done',
        text: text.startsWith('successfully') ? done : `${done} (${text})`,
        ...lines,
      };
    case 'failed':
      return { state: 'failed', text: `${failing} ${text}`, ...lines };
    case 'paused':
    case 'progressing':
      return { state: 'working', text: `${doing} ${name}: ${text}`, ...lines };
  }
}

/** Pods shown at once; the others are a number. */
const SHOWN = 12;

/** The pods of a workload, those of the new template first. */
function podLines(
  target: WorkloadTarget,
  isNew: (pod: PodRow) => boolean,
  query: ActionContext['query'],
): readonly Cell[] {
  const pods = [...livePods(target, query)].sort(
    (a, b) => Number(isNew(b)) - Number(isNew(a)) || (a.name < b.name ? -1 : 1),
  );
  const lines = pods.slice(0, SHOWN).map((pod): Cell => {
    const fresh = isNew(pod);
    const tone: Tone = pod.isReady ? 'good' : pod.cause === '' ? 'muted' : 'bad';
    const cause = pod.cause === '' ? '' : `: ${sanitize(pod.cause)}`;
    return [
      [fresh ? 'new  ' : 'old  ', fresh ? 'accent' : 'muted'],
      [`${pod.name}  `, fresh ? 'text' : 'muted'],
      [`${pod.ready}/${pod.total} ${sanitize(pod.status)}${cause}`, tone],
    ];
  });
  const rest = pods.length - lines.length;
  return rest > 0 ? [...lines, [[`and ${rest} more`, 'muted']]] : lines;
}

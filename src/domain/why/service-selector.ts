/** Why the selector of a service means no pod. */
import type { Work } from '../../core/work.ts';
import type { PodRow, ServiceRow, WorkloadRow } from '../rows.ts';
import { selectsWithin } from '../selector.ts';
import { hasEnded } from '../workload-pods.ts';
import { finding, rowsWhere, named, type Evidence, type Finding, type World } from './finding.ts';
import { couldServe, pairs, selecting, textOf } from './service-pods.ts';

/** How many ways to miss a selector are told apart. */
const MOST_WAYS = 200;

/** No pod has the labels: those that have nearly all of them, and who would make such pods. */
export function* meansNone(
  service: ServiceRow,
  world: World,
  slices: readonly Evidence[],
): Work<Finding> {
  const wanted = textOf(service.selector);
  const [idle] = yield* idleMakers(service, world);
  if (idle !== undefined) {
    const name = `${idle.kind.toLowerCase()}/${idle.name}`;
    return finding('deduced', `${name}, whose pods it means, is scaled to zero`, {
      evidence: [
        ...slices,
        {
          source: name,
          text: `0 replicas wanted, selector ${idle.selector}`,
          about: named(idle.kind, idle),
        },
      ],
      next: [`scale ${name}`],
    });
  }
  const { near, elsewhere, ending, ended } = yield* nearPods(service, world);
  const [last] = ending;
  if (last !== undefined) {
    const are = ending.length === 1 ? 'is' : 'are';
    return finding('deduced', `${allOf(ending)} ${are} being terminated`, {
      evidence: [
        ...slices,
        { source: `pod ${last.name}`, text: last.status, about: named('Pod', last) },
      ],
      next: ['start what should have these labels, or look why no new ones come (W on it)'],
    });
  }
  const sentence = `its selector ${wanted} means no pod in ${service.namespace}`;
  const [first] = near;
  if (first !== undefined) {
    const { differs, name, count } = first;
    const who = `${count === 1 ? 'pod' : `${count} pods like`} ${name}`;
    const has = `${who} ${count === 1 ? 'has' : 'have'} ${differs}`;
    return finding('deduced', `${sentence}; ${has}`, {
      evidence: [
        ...slices,
        ...near.slice(0, 3).map((each) => ({
          source: `pod ${each.name}${each.count > 1 ? ` and ${each.count - 1} more` : ''}`,
          text: `has ${each.differs}`,
        })),
      ],
      next: ['mend the selector of the service, or the labels in the template of the pods'],
    });
  }
  const [old] = ended;
  if (old !== undefined) {
    const have = ended.length === 1 ? 'has' : 'have';
    const states = [...new Set(ended.map(({ status }) => status))].join(', ');
    return finding('deduced', `${allOf(ended)} ${have} ended (${states})`, {
      evidence: [
        ...slices,
        { source: `pod ${old.name}`, text: old.status, about: named('Pod', old) },
      ],
      next: ['look why (W on it), and why no new ones come'],
    });
  }
  if (elsewhere !== null) {
    return finding('deduced', `${sentence}; such pods are in ${elsewhere.namespace}`, {
      evidence: [
        ...slices,
        {
          source: `pod ${elsewhere.namespace}/${elsewhere.name}`,
          text: wanted,
          about: named('Pod', elsewhere),
        },
      ],
      next: ['move the service: one takes only pods of its own namespace'],
    });
  }
  return finding('deduced', sentence, {
    evidence: slices,
    next: ['mend the selector, or start what should have these labels'],
  });
}

const allOf = ({ length }: readonly PodRow[]): string =>
  length === 1 ? 'the one pod that it means' : `all ${length} pods that it means`;

/** Workloads scaled to zero whose pods would have all labels that are asked for. */
function* idleMakers(service: ServiceRow, world: World): Work<readonly WorkloadRow[]> {
  const wanted = textOf(service.selector);
  const idle = (row: WorkloadRow): boolean =>
    row.namespace === service.namespace && row.desired === 0 && selectsWithin(row.selector, wanted);
  return [
    ...(yield* rowsWhere(world, 'deployments', idle)),
    ...(yield* rowsWhere(world, 'statefulsets', idle)),
  ];
}

/** Pods that miss the selector in one way. */
interface Near {
  /** What they have where another value is asked for: `app=web-api instead of app=api`. */
  readonly differs: string;
  /** The first of them. */
  readonly name: string;
  count: number;
}

/**
 * Pods that miss the selector by one label, by what they have in its place, the most first; one that it
 * means in another namespace; and those that it means and that are being deleted, or have ended.
 */
function* nearPods(
  service: ServiceRow,
  world: World,
): Work<{
  readonly near: readonly Near[];
  readonly elsewhere: PodRow | null;
  readonly ending: readonly PodRow[];
  readonly ended: readonly PodRow[];
}> {
  const wanted = pairs(service);
  const [could, selects] = [couldServe(service), selecting(service)];
  const groups = new Map<string, Near>();
  const elsewhere: PodRow[] = [];
  const ending: PodRow[] = [];
  const ended: PodRow[] = [];
  yield* world.each('pods', (pod) => {
    if (!could(pod)) {
      if (!selects(pod)) return;
      if (pod.namespace === service.namespace) (hasEnded(pod) ? ended : ending).push(pod);
      else if (elsewhere.length === 0 && !hasEnded(pod)) elsewhere.push(pod);
      return;
    }
    const differs = difference(wanted, pod);
    if (differs === '') return;
    const known = groups.get(differs);
    if (known !== undefined) known.count++;
    else if (groups.size < MOST_WAYS) groups.set(differs, { differs, name: pod.name, count: 1 });
  });
  return {
    near: [...groups.values()].sort((a, b) => b.count - a.count),
    elsewhere: elsewhere[0] ?? null,
    ending,
    ended,
  };
}

/** The one label in which a pod differs; empty where it is none, or not one alone. */
function difference(wanted: readonly [string, string][], { labels }: PodRow): string {
  const [only, another] = wanted.filter(([key, value]) => labels[key] !== value);
  if (only === undefined || another !== undefined) return '';
  const [key, value] = only;
  const has = labels[key];
  // Where a single label is asked for, all other pods are without it: those of a like name are told.
  if (wanted.length === 1 && !isLike(has ?? '', value)) return '';
  return has === undefined
    ? `no label ${key} (${value} is asked for)`
    : `${key}=${has} instead of ${key}=${value}`;
}

/** One of them is the other with something more, or they differ in a letter or two. */
function isLike(a: string, b: string): boolean {
  const [x, y] = [a.toLowerCase(), b.toLowerCase()];
  if (x === '' || y === '') return false;
  return x.includes(y) || y.includes(x) || x.split(/[-_.]/).some((part) => part === y);
}

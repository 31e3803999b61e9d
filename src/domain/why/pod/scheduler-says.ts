/** What the scheduler writes of a pod that it finds no node for, taken apart. */

/**
 * What keeps nodes from taking a pod, by the scheduler's plugins. A resource is called as it is
 * asked for; `other` is what no rule here knows.
 */
export type ObstacleKind =
  | 'cordoned'
  | 'taint'
  | 'selector'
  | 'ports'
  | 'resource'
  | 'volume'
  | 'volumeCount'
  | 'spread'
  | 'podAffinity'
  | 'podAntiAffinity'
  | 'devices'
  | 'other';

/** A reason, and how many nodes it keeps away. */
export interface SchedulerReason {
  readonly kind: ObstacleKind;
  /** Of `resource`: `cpu`, `memory`, `pods`, `nvidia.com/gpu`; else empty. */
  readonly resource: string;
  readonly count: number;
  /** As it is written, without the number. */
  readonly text: string;
}

/** The message, taken apart. */
export interface SchedulerWord {
  /** How many nodes it looked at. */
  readonly nodes: number;
  /** Reasons by node, the most frequent first; none where it did not come to look at nodes. */
  readonly reasons: readonly SchedulerReason[];
  /** What it says of the pod as a whole, instead of reasons; else empty. */
  readonly whole: string;
}

/** In the words of kube-scheduler 1.20 to 1.36. */
const KINDS: readonly (readonly [words: RegExp, kind: ObstacleKind])[] = [
  [/^node\(s\) were unschedulable/, 'cordoned'],
  [/^node\(s\) had (?:untolerated )?taint/, 'taint'],
  [
    /^node\(s\) didn't (?:match (?:Pod's node affinity|node selector)|satisfy plugin\(s\) \[NodeAffinity\])/,
    'selector',
  ],
  [/^node\(s\) didn't have free ports/, 'ports'],
  [/^(?:Insufficient |Too many pods)/, 'resource'],
  [
    /^node\(s\) (?:had volume node affinity conflict|didn't match PersistentVolume's node affinity|had no available volume zone)/,
    'volume',
  ],
  [/^node\(s\) exceed max volume count/, 'volumeCount'],
  [/^node\(s\) didn't match pod topology spread/, 'spread'],
  [/^node\(s\) didn't match pod affinity/, 'podAffinity'],
  [/^node\(s\) (?:didn't match pod|didn't satisfy existing pods) anti-affinity/, 'podAntiAffinity'],
  [/^(?:cannot allocate all claims|resourceclaim )/, 'devices'],
];

/** Null: it is no message about nodes. */
export function schedulerWord(message: string): SchedulerWord | null {
  const found = /^0\/(\d+) nodes are available: (.*)$/s.exec(message.trim());
  if (found === null) return null;
  const [, nodes = '', rest = ''] = found;
  // What follows a full stop is about preemption.
  const [said = ''] = rest.split(/\.(?:\s|$)/, 1);
  // A number begins a reason: `1 Insufficient cpu, 2 node(s) had taint {a: b}, that the pod …`.
  const parts = said.split(/, (?=\d+ )/);
  const reasons = parts.map(reasonOf);
  if (reasons.some((reason) => reason === null)) {
    return { nodes: Number(nodes), reasons: [], whole: said };
  }
  return {
    nodes: Number(nodes),
    reasons: reasons.filter((reason) => reason !== null).sort((a, b) => b.count - a.count),
    whole: '',
  };
}

function reasonOf(part: string): SchedulerReason | null {
  const found = /^(\d+) (.+)$/s.exec(part);
  if (found === null) return null;
  const [, count = '', text = ''] = found;
  const kind = KINDS.find(([words]) => words.test(text))?.[1] ?? 'other';
  const resource =
    kind !== 'resource' ? '' : text.startsWith('Too') ? 'pods' : text.slice('Insufficient '.length);
  return { kind, resource, count: Number(count), text };
}

const SHORT: Readonly<Partial<Record<ObstacleKind, string>>> = {
  cordoned: 'cordoned',
  selector: 'not its selector',
  ports: 'no free port',
  volume: 'not where its volume is',
  volumeCount: 'full of volumes',
  spread: 'topology spread',
  podAffinity: 'pod affinity',
  podAntiAffinity: 'pod anti-affinity',
  devices: 'without its devices',
};

/**
 * The message for where there is little room, the reason that keeps most nodes away first:
 * `3 Insufficient cpu, 2 tainted, 1 cordoned`. What is no message about nodes stays as it is.
 */
export function shortWord(message: string): string {
  const word = schedulerWord(message);
  if (word === null) return message;
  if (word.whole !== '') return word.whole;
  const counts = new Map<string, number>();
  for (const { kind, text, count } of word.reasons) {
    const words = SHORT[kind] ?? shortReason(kind, text);
    counts.set(words, (counts.get(words) ?? 0) + count);
  }
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([words, count]) => `${count} ${words}`)
    .join(', ');
}

function shortReason(kind: ObstacleKind, text: string): string {
  if (kind !== 'taint') return text.replace(/^node\(s\) /, '');
  const [, key = '', value = ''] = /\{([^:}]+): ?([^}]*)\}/.exec(text) ?? [];
  return key === '' ? 'tainted' : `tainted ${key}${value === '' ? '' : `=${value}`}`;
}

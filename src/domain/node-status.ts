import { isTrouble } from './conditions.ts';

/** The parts of a node that its status words depend on. */
export interface NodeState {
  readonly spec: { readonly unschedulable: boolean };
  readonly status: { readonly conditions: readonly NodeCondition[] };
}

export interface NodeCondition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
  readonly lastTransitionTime: number;
}

/** STATUS of a node as kubectl prints it: `Ready`, `NotReady,SchedulingDisabled`, `Unknown`. */
export function nodeStatus({ spec, status }: NodeState): string {
  const ready = status.conditions.findLast(({ type }) => type === 'Ready');
  const word = ready ? (ready.status === 'True' ? 'Ready' : 'NotReady') : 'Unknown';
  return spec.unschedulable ? `${word},SchedulingDisabled` : word;
}

/** A kubelet that registers its node says within this time (ms) that it is not ready yet. */
const REGISTERS = 15_000;

/**
 * Whether a node that is not ready has been: its condition turned long after it was made with it.
 * @param readySince when its condition last turned (ms)
 */
export const wasReady = (node: {
  readonly readySince: number;
  readonly created: number;
}): boolean => node.readySince > node.created + REGISTERS;

/**
 * The conditions that are known to be wrong, each as a short text: what should be true and is not
 * (`Ready` and what EKS node monitoring reports), what should not be and is (`MemoryPressure`, the
 * findings of node problem detectors).
 */
export function nodeProblems({ status }: NodeState): readonly string[] {
  return status.conditions.filter(isWrong).map((condition) => {
    const { type, reason, message } = condition;
    if (type === 'Ready') return `NotReady: ${sentence(message) || reason || 'no reason given'}`;
    // Reasons of the kubelet's pressures only repeat the type (KubeletHasInsufficientMemory).
    if (reason === '' || reason.startsWith('Kubelet')) return type;
    return `${type}: ${reason}`;
  });
}

/** Problems as they are told beside the status, which already says NotReady. */
export const problemsText = (problems: readonly string[]): string =>
  problems.map((problem) => problem.replace(/^NotReady: /, '')).join(', ');

function isWrong(condition: NodeCondition): boolean {
  if (condition.type === 'Ready') return condition.status !== 'True';
  // A monitor that stopped telling (Unknown) follows from the node's own Ready=Unknown.
  return isTrouble(condition) === true;
}

function sentence(message: string): string {
  return message.replace(/\.$/, '');
}

/** Roles by the labels that kubectl reads, sorted and joined by commas; empty where none. */
export function nodeRoles(labels: Readonly<Record<string, string>>): string {
  const prefix = 'node-role.kubernetes.io/';
  const roles = new Set<string>();
  for (const [key, value] of Object.entries(labels)) {
    if (key.startsWith(prefix) && key.length > prefix.length) roles.add(key.slice(prefix.length));
    else if (key === 'kubernetes.io/role' && value !== '') roles.add(value);
  }
  return [...roles].sort().join(',');
}

import { explained } from '../core/words.ts';
import { telling, type ContainerExit, type ContainerInfo } from './container.ts';
import type { PodCondition, PodState } from './pod-status.ts';
import { runtimeWords } from './runtime-words.ts';

/** Why a pod is in its state, and since when (0 where the API does not say). */
export interface PodCause {
  readonly text: string;
  readonly at: number;
  /**
   * What is said of the pod as a whole, in one word: the reason of its status (`Evicted`,
   * `DeadlineExceeded`), of its disruption (`PreemptionByScheduler`), of its resize behind
   * {@link RESIZE} (`Resize:Infeasible`). Absent: it is the cause of a container, or of its start.
   */
  readonly word?: string;
}

/** Before the reason why a resize waits or fails. */
export const RESIZE = 'Resize:';

const NONE: PodCause = { text: '', at: 0 };

/**
 * The cause behind a pod's status, most telling first: what ended it from outside, what the scheduler says,
 * what its containers wait for or died of, what keeps it from being ready. For a pod that is well
 * it is how a container ended before its last restart; whether that is still news is for
 * podHealth to say, which knows the time. Empty where there is nothing to tell. In one line.
 */
export function podCause(pod: PodState, containers: readonly ContainerInfo[]): PodCause {
  const { status } = pod;
  if (status.phase === 'Succeeded') return inOneLine(disruption(pod) ?? NONE);
  return inOneLine(
    podMessage(pod) ??
      disruption(pod) ??
      schedulerSays(status.conditions) ??
      first(containers, waitingCause) ??
      first(telling(status.phase, containers), exitCause) ??
      setUpCause(pod) ??
      unreadyCause(pod) ??
      resizeCause(pod) ??
      restartCause(containers) ??
      NONE,
  );
}

function inOneLine(cause: PodCause): PodCause {
  return { ...cause, text: cause.text.replace(/\s+/g, ' ').trim() };
}

/** What was done to the pod as a whole: evicted, preempted, refused by its node, lost with it. */
function podMessage({ status }: PodState): PodCause | null {
  if (status.message === '') return null;
  const target = status.conditions.find(({ type }) => type === 'DisruptionTarget');
  return { text: status.message, at: target?.lastTransitionTime ?? 0, word: status.reason };
}

/** What ends it from outside (eviction, preemption, a taint, its node), where only a condition tells. */
function disruption({ status }: PodState): PodCause | null {
  const target = status.conditions.find(
    (condition) => condition.type === 'DisruptionTarget' && condition.status === 'True',
  );
  if (target === undefined) return null;
  const { reason, message, lastTransitionTime } = target;
  return { text: explained(reason, message) || 'disrupted', at: lastTransitionTime, word: reason };
}

function first(
  containers: readonly ContainerInfo[],
  causeOf: (container: ContainerInfo) => PodCause | null,
): PodCause | null {
  for (const container of containers) {
    const cause = causeOf(container);
    if (cause) return cause;
  }
  return null;
}

/** `OOMKilled 137`, `exit 1 (Error)`, `exit 127 (ContainerCannotRun: exec: "x": not found)`. */
export function exitText({ reason, exitCode, message }: ContainerExit): string {
  if (reason === 'OOMKilled') return `OOMKilled ${exitCode}`;
  if (reason === '' || reason === 'Error') return `exit ${exitCode}${reason && ` (${reason})`}`;
  // The runtime's own failures (StartError, ContainerCannotRun) come with a message that tells;
  // a container's own termination message may be anything and stays in its details.
  const runtime = reason === 'StartError' || reason === 'ContainerCannotRun';
  return `exit ${exitCode} (${runtime && message ? `${reason}: ${runtimeWords(message)}` : reason})`;
}

function schedulerSays(conditions: readonly PodCondition[]): PodCause | null {
  const scheduled = conditions.find(({ type }) => type === 'PodScheduled');
  if (scheduled?.status !== 'False') return null;
  const text = scheduled.message || scheduled.reason;
  return text === '' ? null : { text, at: scheduled.lastTransitionTime };
}

function waitingCause(container: ContainerInfo): PodCause | null {
  const { state, reason, message, image, lastExit } = container;
  if (state !== 'waiting') return null;
  if (reason === 'CrashLoopBackOff' && lastExit) {
    return { text: exitText(lastExit), at: lastExit.at };
  }
  const text = isImagePull(reason) ? pullText(image, message) : runtimeWords(message);
  return text === '' ? null : { text, at: 0 };
}

function isImagePull(reason: string): boolean {
  return /Image|ErrImage|Registry|SignatureValidation/.test(reason);
}

/**
 * What registries and runtimes say, without the layers they wrap it in, and of which image:
 * `not found: shop/api:2`.
 */
export function pullText(image: string, message: string): string {
  let rest = message;
  for (;;) {
    const inner = rest
      .replace(/^(?:Back-off pulling|Failed to inspect) image "[^"]*":?\s*/, '')
      .replace(/^(?:ErrImagePull|ImagePullBackOff|initializing source [^:]*):\s*/, '')
      .replace(/^rpc error: code = \w+ desc = /, '')
      .replace(/^failed to (?:pull and unpack image|resolve reference|pull image) "[^"]*":\s*/, '')
      .replace(/^(?:failed to (?:authorize|do request|copy|fetch anonymous token)):\s*/, '')
      .replace(/^unexpected status from \w+ request to \S+:\s*/, '')
      .replace(/^(?:Head|Get|get) "[^"]*":\s*/, '')
      .replace(/: unknown$/, '');
    if (inner === rest) break;
    rest = inner;
  }
  // containerd repeats the reference in its canonical form: docker.io/library/nginx:1 for nginx:1.
  const repeated = rest.indexOf(`${image}: `);
  if (repeated >= 0 && !rest.slice(0, repeated).includes(' ')) {
    rest = rest.slice(repeated + image.length + 2);
  }
  // Why comes first: where room is short the image is what may go.
  return `${rest === '' ? 'pull failed, backing off' : rest}: ${image}`;
}

/** A container that ended badly and is not (yet) waiting to be started again. */
function exitCause({ state, role, lastExit }: ContainerInfo): PodCause | null {
  if (state !== 'terminated' || role === 'ephemeral' || !lastExit) return null;
  return lastExit.exitCode === 0 ? null : { text: exitText(lastExit), at: lastExit.at };
}

/** On its node, but its sandbox is not there yet: the kubelet mounts volumes, the CNI gives it its address. */
function setUpCause({ spec, status }: PodState): PodCause | null {
  if (spec.nodeName === '') return null;
  const set = status.conditions.find(({ type }) => type === 'PodReadyToStartContainers');
  if (set?.status !== 'False' || status.phase !== 'Pending') return null;
  return { text: 'waiting for volumes and network', at: set.lastTransitionTime };
}

/**
 * A kubelet that takes a pod for not ready says why. Without a word it is the node lifecycle controller,
 * which does so where the pod's node is not ready any more.
 */
const BY_NODE = 'its node is not ready';

function unreadyCause({ metadata, status }: PodState): PodCause | null {
  if (status.phase !== 'Running' || metadata.deletionTimestamp > 0) return null;
  const ready = status.conditions.find(({ type }) => type === 'Ready');
  if (ready?.status !== 'False') return null;
  const names = status.containerStatuses.filter((c) => !c.ready).map(({ name }) => name);
  const text =
    names.length > 0
      ? `not ready: ${names.join(', ')}`
      : targetCause(status.conditions) || ready.message || ready.reason || BY_NODE;
  return { text, at: ready.lastTransitionTime };
}

/** What the load balancer says of a pod that it does not take yet: the gate itself says only that it is shut. */
function targetCause(conditions: readonly PodCondition[]): string {
  const target = conditions.find(
    ({ type, status }) => type.startsWith('target-health.') && status !== 'True',
  );
  const words = explained(target?.reason, target?.message);
  return words === '' ? '' : `load balancer: ${words}`;
}

/** Conditions and reasons by which the kubelet tells of a resize in place that does not come further. */
const RESIZES: readonly (readonly [type: string, reason: string, words: string])[] = [
  ['PodResizePending', 'Infeasible', 'resize is not possible'],
  ['PodResizePending', 'Deferred', 'resize waits for room'],
  ['PodResizeInProgress', 'Error', 'resize failed'],
];

function resizeCause({ status }: PodState): PodCause | null {
  for (const [type, reason, words] of RESIZES) {
    const told = status.conditions.find(
      (each) => each.type === type && each.status === 'True' && each.reason === reason,
    );
    if (told === undefined) continue;
    const text = told.message === '' ? words : `${words}: ${told.message}`;
    return { text, at: told.lastTransitionTime, word: `${RESIZE}${reason}` };
  }
  return null;
}

/** How the container that was restarted last had ended. */
function restartCause(containers: readonly ContainerInfo[]): PodCause | null {
  let last: ContainerExit | null = null;
  for (const { role, lastExit } of containers) {
    if (role === 'init' || role === 'ephemeral' || !lastExit || lastExit.exitCode === 0) continue;
    if (lastExit.at >= (last?.at ?? 0)) last = lastExit;
  }
  return last && { text: exitText(last), at: last.at };
}

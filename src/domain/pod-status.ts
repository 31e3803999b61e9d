/**
 * STATUS, READY and RESTARTS of a pod as kubectl prints them. The rules are those of the API
 * server's table printer (kubernetes, pkg/printers/internalversion, printPod), so that the words
 * are the ones that users search the web for.
 */
import { hasEnded } from './workload-pods.ts';

/** How a container ended, as a status tells it. */
export interface TerminatedState {
  readonly exitCode: number;
  readonly signal: number;
  readonly reason: string;
  readonly message: string;
  readonly finishedAt: number;
}

export interface ContainerState {
  readonly waiting: { readonly reason: string; readonly message: string } | null;
  readonly running: { readonly startedAt: number } | null;
  readonly terminated: TerminatedState | null;
}

export interface ContainerStatus {
  readonly name: string;
  readonly state: ContainerState;
  readonly lastState: { readonly terminated: TerminatedState | null };
  readonly ready: boolean;
  readonly restartCount: number;
  readonly started: boolean;
}

export interface PodCondition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
  readonly lastTransitionTime: number;
}

/** The parts of a pod that its status words depend on. Times in ms, 0 where there is none. */
export interface PodState {
  readonly metadata: { readonly deletionTimestamp: number };
  readonly spec: {
    readonly nodeName: string;
    readonly containers: readonly { readonly name: string }[];
    readonly initContainers: readonly { readonly name: string; readonly restartPolicy: string }[];
  };
  readonly status: {
    readonly phase: string;
    readonly reason: string;
    readonly message: string;
    readonly conditions: readonly PodCondition[];
    readonly initContainerStatuses: readonly ContainerStatus[];
    readonly containerStatuses: readonly ContainerStatus[];
  };
}

/** What kubectl's columns say of a pod. */
export interface PodStatus {
  readonly status: string;
  /** READY is `ready/total`; sidecars count, other init containers do not. */
  readonly ready: number;
  readonly total: number;
  readonly restarts: number;
  /** When the last of the counted restarts happened, 0 where none is known. */
  readonly lastRestart: number;
}

/** An init container that keeps running beside the main ones. */
export function isSidecar(container: { readonly restartPolicy: string }): boolean {
  return container.restartPolicy === 'Always';
}

/** Is the condition of this type true? */
export function isTrue(conditions: readonly PodCondition[], type: string): boolean {
  return conditions.some((condition) => condition.type === type && condition.status === 'True');
}

/** The columns that kubectl prints of this pod. */
export function podStatus(pod: PodState): PodStatus {
  const { spec, status } = pod;
  const total = spec.containers.length + spec.initContainers.filter(isSidecar).length;
  const init = initProgress(pod);
  const word = init.word ?? phaseWord(pod);
  // The main containers speak once initialization is over, or was over before an init container
  // had to run again.
  const initialized = status.conditions.find(({ type }) => type === 'Initialized');
  if (init.word !== null && initialized?.status !== 'True') {
    return { status: deletionWord(pod) ?? word, ready: init.ready, total, ...init.all };
  }
  const main = mainProgress(pod, word);
  return {
    status: deletionWord(pod) ?? main.word,
    ready: init.ready + main.ready,
    total,
    restarts: init.sidecars.restarts + main.tally.restarts,
    lastRestart: Math.max(init.sidecars.lastRestart, main.tally.lastRestart),
  };
}

/** Restarts of some containers, and when the last of them ended before. */
interface Tally {
  readonly restarts: number;
  readonly lastRestart: number;
}

const NO_RESTARTS: Tally = { restarts: 0, lastRestart: 0 };

const plus = (tally: Tally, container: ContainerStatus): Tally => ({
  restarts: tally.restarts + container.restartCount,
  lastRestart: Math.max(tally.lastRestart, container.lastState.terminated?.finishedAt ?? 0),
});

/** The word before any container is asked. */
function phaseWord({ status }: PodState): string {
  const gated = status.conditions.some(
    ({ type, reason }) => type === 'PodScheduled' && reason === 'SchedulingGated',
  );
  return gated ? 'SchedulingGated' : status.reason || status.phase;
}

/** The word of a pod that is being deleted, null where its deletion changes nothing. */
function deletionWord({ metadata, status }: PodState): string | null {
  if (metadata.deletionTimestamp === 0) return null;
  if (status.reason === 'NodeLost') return 'Unknown';
  return hasEnded(status) ? null : 'Terminating';
}

/**
 * The init containers in their order, up to the first one that is not done: `word` is its word,
 * or null where all are done. Restarts are counted up to there, as kubectl does.
 */
function initProgress({ spec, status }: PodState): {
  readonly word: string | null;
  readonly ready: number;
  readonly all: Tally;
  readonly sidecars: Tally;
} {
  const isNamedSidecar = (name: string): boolean =>
    spec.initContainers.some((container) => container.name === name && isSidecar(container));
  let ready = 0;
  let all = NO_RESTARTS;
  let sidecars = NO_RESTARTS;
  for (const [index, container] of status.initContainerStatuses.entries()) {
    const sidecar = isNamedSidecar(container.name);
    all = plus(all, container);
    if (sidecar) sidecars = plus(sidecars, container);
    if (container.state.terminated?.exitCode === 0) continue;
    if (sidecar && container.started) {
      if (container.ready) ready += 1;
      continue;
    }
    const word = initWord(container.state) ?? `${index}/${spec.initContainers.length}`;
    return { word: `Init:${word}`, ready, all, sidecars };
  }
  return { word: null, ready, all, sidecars };
}

/** The word of an init container that is not done; null where it just takes its time. */
function initWord({ terminated, waiting }: ContainerState): string | null {
  if (terminated) return terminatedWord(terminated);
  const reason = waiting?.reason ?? '';
  return reason === '' || reason === 'PodInitializing' ? null : reason;
}

function terminatedWord({ reason, signal, exitCode }: TerminatedState): string {
  if (reason !== '') return reason;
  return signal === 0 ? `ExitCode:${exitCode}` : `Signal:${signal}`;
}

/** The main containers; the first one in the pod's order that has a reason gives the word. */
function mainProgress(
  { status }: PodState,
  before: string,
): { readonly word: string; readonly ready: number; readonly tally: Tally } {
  let word = before;
  let failure = '';
  let ready = 0;
  let tally = NO_RESTARTS;
  for (const container of status.containerStatuses.toReversed()) {
    const { waiting, terminated, running } = container.state;
    tally = plus(tally, container);
    if (waiting && waiting.reason !== '') word = waiting.reason;
    else if (terminated) {
      word = terminatedWord(terminated);
      if (terminated.exitCode !== 0) failure = word;
    } else if (container.ready && running) ready += 1;
  }
  if (word === 'Completed') {
    // One container is done while others are not: the pod as a whole is what they are.
    if (ready > 0 && isTrue(status.conditions, 'Ready')) word = 'Running';
    else if (failure !== '') word = failure;
    else if (ready > 0) word = 'NotReady';
  }
  return { word, ready, tally };
}

/** A container that ended badly, and is started again and again, or not at all. */
import { formatMemory } from '../../../core/quantity.ts';
import { explained } from '../../../core/words.ts';
import { telling, type ContainerExit, type ContainerInfo } from '../../container.ts';
import { exitText } from '../../pod-cause.ts';
import type { PodRow } from '../../rows.ts';
import {
  eventsOf,
  finding,
  fromEvent,
  type Evidence,
  type Finding,
  type Happening,
  type World,
} from '../finding.ts';
import { called, decisive, place } from './containers.ts';
import { howItFails, probeFailure } from './probe-event.ts';
import { startError } from './start-error.ts';

/** A restart is news for that long (ms). */
const NEWS = 10 * 60_000;

const SIGNALS: Readonly<Record<number, string>> = {
  130: 'SIGINT',
  131: 'SIGQUIT',
  132: 'SIGILL',
  134: 'SIGABRT',
  135: 'SIGBUS',
  136: 'SIGFPE',
  137: 'SIGKILL',
  139: 'SIGSEGV',
  143: 'SIGTERM',
};

interface Crash {
  readonly container: ContainerInfo;
  readonly exit: ContainerExit;
}

export function crashed(pod: PodRow, world: World): Finding | null {
  const crash = crashOf(pod, world.now);
  if (crash === null) return null;
  const { container, exit } = crash;
  const unread: string[] = [];
  const events = eventsOf('Pod', pod, world, unread).filter(
    (event) => event.container === '' || event.container === container.name,
  );
  const ended = endedByKubelet(exit, events);
  const { words, next } = ended ?? wordsOf(container, exit);
  const again = stateText(pod, container);
  const told = hasNeverRun(exit) ? `${exit.reason} ${exit.exitCode}` : exitText(exit);
  const last: Evidence = {
    source: `last exit of ${container.name}`,
    text: explained(told, exit.message),
    at: exit.at,
  };
  return finding('said', `${called(container)} ${words}${again}`, {
    evidence: [last, ...(ended?.evidence ?? []), ...place(pod)],
    next: [...next, ...logSteps(container, exit)],
    unread,
  });
}

/** That of the container which holds up the pod; else the latest restart, while it is news. */
function crashOf(pod: PodRow, now: number): Crash | null {
  if (pod.phase === 'Succeeded') return null;
  const crashes = telling(pod.phase, decisive(pod)).flatMap((container): Crash[] =>
    container.lastExit === null ? [] : [{ container, exit: container.lastExit }],
  );
  const holding = crashes.find(
    ({ container, exit }) =>
      (container.state === 'waiting' && container.reason === 'CrashLoopBackOff') ||
      (container.state === 'terminated' && exit.exitCode !== 0),
  );
  if (holding !== undefined) return holding;
  const restarted = crashes
    .filter(
      ({ container, exit }) =>
        container.role !== 'init' && container.restarts > 0 && now - exit.at < NEWS && exit.at > 0,
    )
    .sort((a, b) => b.exit.at - a.exit.at);
  return restarted[0] ?? null;
}

interface Words {
  readonly words: string;
  readonly next: readonly string[];
  readonly evidence?: readonly Evidence[];
}

/** Exit codes of what the kubelet ended say how it took the signal, not why it was sent. */
function endedByKubelet(exit: ContainerExit, events: readonly Happening[]): Words | null {
  if (exit.reason === 'OOMKilled') return null;
  // What is older is of an earlier restart.
  const recent = events.filter(({ at }) => at + 5 * 60_000 >= exit.at);
  return endedByProbe(recent, events) ?? endedByHook(recent);
}

function endedByProbe(recent: readonly Happening[], events: readonly Happening[]): Words | null {
  const killed = recent.find(
    ({ reason, message }) =>
      reason === 'Killing' && /failed (?:liveness|startup) probe/.test(message),
  );
  if (killed === undefined) return null;
  const probe = /failed (\w+) probe/.exec(killed.message)?.[1] ?? '';
  const failed = events.find(
    ({ reason, message }) => reason === 'Unhealthy' && probeFailure(message)?.probe === probe,
  );
  const failure = probeFailure(failed?.message ?? '');
  return {
    words: `was ended because its ${probe} probe failed${failure === null ? '' : howItFails(failure)}`,
    next: [
      `see whether it is slow or stuck; give the ${probe} probe more time where it is only slow`,
    ],
    evidence: [...(failed === undefined ? [] : [fromEvent(failed)]), fromEvent(killed)],
  };
}

function endedByHook(recent: readonly Happening[]): Words | null {
  const failed = recent.find(({ reason }) => reason === 'FailedPostStartHook');
  if (failed === undefined) return null;
  const why = failed.message
    .replace(/^PostStartHook failed(?:: )?/, '')
    .replace(
      /^\w+ lifecycle hook \(.*?\) for Container "[^"]*" in Pod "[^"]*" failed - error: /,
      '',
    )
    .trim();
  return {
    words: `was ended because its postStart hook failed${why === '' ? '' : `: ${why}`}`,
    next: [
      'see what the hook asks for (y): it runs beside the container, and what it writes is in no log',
    ],
    evidence: [fromEvent(failed)],
  };
}

function wordsOf({ spec: { memoryLimit } }: ContainerInfo, exit: ContainerExit): Words {
  const { reason, exitCode, message } = exit;
  if (reason === 'OOMKilled') {
    return memoryLimit > 0
      ? {
          words: `used more memory than its limit of ${formatMemory(memoryLimit)} (OOMKilled)`,
          next: ['raise its memory limit, or find what it keeps'],
        }
      : {
          words:
            'was ended because its node, or its pod, ran out of memory (OOMKilled): it has no limit of its own',
          next: ['give it a memory request and limit that it needs'],
        };
  }
  if (hasNeverRun(exit)) {
    const { words, next } = startError(message || reason);
    return { words: `cannot be started: ${words}`, next };
  }
  // The code is made up by the kubelet, which found it no more, or by a runtime that was restarted.
  if (reason === 'ContainerStatusUnknown' || (reason === 'Unknown' && exitCode === 255)) {
    return {
      words: `was lost: its node cannot say how it ended (${reason})`,
      next: ['see what happened to its node then: a restart of it, or of its runtime'],
    };
  }
  if (/exec format error/i.test(message)) {
    const { words, next } = startError(message);
    return { words: `ended with exit ${exitCode}: ${words}`, next };
  }
  const signal = SIGNALS[exitCode];
  if (signal !== undefined) {
    const next = signal === 'SIGKILL' ? ['see in its log and its node’s events who ended it'] : [];
    return { words: `was ended by ${signal} (exit ${exitCode})`, next };
  }
  if (exitCode === 0) return { words: 'ends by itself (exit 0), and is started again', next: [] };
  if (exitCode === 127) {
    return { words: 'ended with exit 127: by convention, a command that is not there', next: [] };
  }
  if (exitCode === 126) {
    return { words: 'ended with exit 126: by convention, a command that cannot be run', next: [] };
  }
  return { words: `ended with exit ${exitCode}`, next: [] };
}

/** The runtime could not start it: there is no log of that run. */
const hasNeverRun = ({ reason }: ContainerExit): boolean =>
  reason === 'StartError' || reason === 'ContainerCannotRun';

function logSteps({ restarts }: ContainerInfo, exit: ContainerExit): readonly string[] {
  if (hasNeverRun(exit)) return [];
  return [restarts > 0 ? 'read its log from before the restart (p)' : 'read its log (l)'];
}

function stateText(pod: PodRow, { state, restarts, reason, role }: ContainerInfo): string {
  const times = restarts === 0 ? '' : `, ${restarts} ${restarts === 1 ? 'restart' : 'restarts'}`;
  if (reason === 'CrashLoopBackOff') return `${times}; it waits before it is started again`;
  if (state === 'running') return `${times}; it runs again`;
  if (role === 'init') return `${times}; nothing after it starts`;
  return pod.phase === 'Failed' ? '; it is not started again' : times;
}

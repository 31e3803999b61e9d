import type { Container, ContainerState } from '../world/objects.ts';
import type { Behaviour, Span } from '../world/profile.ts';
import type { EventDetail } from '../world/recorder.ts';
import { untilRemembered } from '../world/past.ts';
import type { World } from '../world/world.ts';
import { containerId } from './pod-runtime.ts';
import type { ContainerRuntime, PodRuntime } from './pod-runtime.ts';

/** What containers ask of the kubelet that runs them. */
interface ContainerHost {
  readonly world: Pick<World, 'clock' | 'random'>;
  behaviourOf(runtime: PodRuntime): Behaviour;
  /** Whether this pod is one of the share of its siblings that crash. */
  isIll(runtime: PodRuntime, share: number): boolean;
  /** Runs `fn` after so many seconds, unless the pod is gone by then. */
  later(runtime: PodRuntime, seconds: number, fn: () => void): void;
  /** Pulls an image, then goes on; never where the registry refuses it. */
  pull(
    runtime: PodRuntime,
    container: Container,
    refused: string | undefined,
    next: () => void,
  ): void;
  /** Writes the pod's status as the runtime has it now. */
  report(runtime: PodRuntime): void;
  event(
    runtime: PodRuntime,
    container: Container | null,
    detail: Omit<EventDetail, 'component'>,
  ): void;
  /** Ends the pod for good. */
  finish(runtime: PodRuntime, phase: 'Succeeded' | 'Failed'): void;
}

const FIRST_BACKOFF = 10_000;
const LONGEST_BACKOFF = 300_000;
/** A container that ran this long has its back-off forgotten. */
const FORGIVE = 600_000;

/** From the sandbox to running: init containers one after another, then all the others at once. */
export function startContainers(kubelet: ContainerHost, runtime: PodRuntime): void {
  const next = runtime.init.find((each) => !each.started);
  if (next) {
    startInit(kubelet, runtime, next);
    return;
  }
  const behaviour = kubelet.behaviourOf(runtime);
  for (const container of runtime.main) {
    container.state = { waiting: { reason: 'ContainerCreating' } };
    const { unpullable } = behaviour;
    const refused =
      unpullable && container.spec.image === unpullable.image ? unpullable.message : undefined;
    kubelet.pull(runtime, container.spec, refused, () => run(kubelet, runtime, container));
  }
}

/** Whether all that becomes of a pod is that it runs. */
export const justRuns = ({ crash, unpullable, unready, runs }: Behaviour): boolean =>
  crash === undefined && unpullable === undefined && unready === undefined && runs === undefined;

/** All of a pod as it is once it runs, without the steps to there. */
export function settleContainers(kubelet: ContainerHost, runtime: PodRuntime): void {
  for (const container of [...runtime.init, ...runtime.main]) {
    begin(kubelet, runtime, container);
    container.started = true;
    container.ready = true;
  }
  for (const container of runtime.init) {
    if (!container.sidecar) container.state = ended(kubelet, container, 0, 'Completed');
  }
  runtime.phase = 'Running';
}

function startInit(kubelet: ContainerHost, runtime: PodRuntime, container: ContainerRuntime): void {
  kubelet.pull(runtime, container.spec, undefined, () => {
    begin(kubelet, runtime, container);
    container.started = true;
    if (container.sidecar) {
      container.ready = true;
      kubelet.report(runtime);
      startContainers(kubelet, runtime);
      return;
    }
    container.started = false;
    kubelet.report(runtime);
    kubelet.later(runtime, kubelet.world.random.between(0.8, 3), () => {
      container.state = ended(kubelet, container, 0, 'Completed');
      container.started = true;
      container.ready = true;
      kubelet.report(runtime);
      startContainers(kubelet, runtime);
    });
  });
}

function begin(kubelet: ContainerHost, runtime: PodRuntime, container: ContainerRuntime): void {
  const { name } = container.spec;
  container.id = containerId(runtime.uid, name, container.restarts);
  kubelet.event(runtime, container.spec, {
    reason: 'Created',
    message: `Created container: ${name}`,
  });
  kubelet.event(runtime, container.spec, {
    reason: 'Started',
    message: `Started container ${name}`,
  });
  container.state = { running: { startedAt: kubelet.world.clock.stamp() } };
}

function run(kubelet: ContainerHost, runtime: PodRuntime, container: ContainerRuntime): void {
  const { random, clock } = kubelet.world;
  const behaviour = kubelet.behaviourOf(runtime);
  const main = container === runtime.main[0];
  const startedAt = clock.now();
  begin(kubelet, runtime, container);
  container.started = true;
  const startup = main ? span(random.next(), behaviour.startup) : 0.5;
  const probed = container.spec.readinessProbe !== undefined;
  if (!probed) container.ready = true;
  if (runtime.main.every((each) => each.started)) runtime.phase = 'Running';
  kubelet.report(runtime);

  if (behaviour.runs && main) {
    finishLater(kubelet, runtime, container, span(random.next(), behaviour.runs));
    return;
  }
  if (main && behaviour.unready !== undefined) {
    complain(kubelet, runtime, container, behaviour.unready);
    return;
  }
  if (probed) {
    if (startup > 6) {
      kubelet.later(runtime, startup / 2, () => {
        kubelet.event(runtime, container.spec, {
          type: 'Warning',
          reason: 'Unhealthy',
          message: `Readiness probe failed: Get "http://${runtime.ip ?? ''}:${String(container.spec.ports?.[0]?.containerPort ?? 8080)}/readyz": dial tcp ${runtime.ip ?? ''}:${String(container.spec.ports?.[0]?.containerPort ?? 8080)}: connect: connection refused`,
        });
      });
    }
    kubelet.later(runtime, startup, () => {
      container.ready = true;
      kubelet.report(runtime);
    });
  }
  const { crash } = behaviour;
  if (!main || !crash) return;
  if (crash.image !== undefined && crash.image !== container.spec.image) return;
  if (crash.share !== undefined && !kubelet.isIll(runtime, crash.share)) return;
  kubelet.later(runtime, span(random.next(), crash.after), () => {
    const ran = clock.now() - startedAt;
    die(kubelet, runtime, container, crash, ran);
  });
}

/** The container has ended: at once again the first time, then after ever longer pauses. */
function die(
  kubelet: ContainerHost,
  runtime: PodRuntime,
  container: ContainerRuntime,
  { exitCode, reason }: { readonly exitCode: number; readonly reason: string },
  ran: number,
): void {
  const state = ended(kubelet, container, exitCode, reason);
  container.state = state;
  container.ready = false;
  kubelet.report(runtime);
  if (ran > FORGIVE) container.backoff = 0;
  const wait = container.backoff;
  container.backoff = wait === 0 ? FIRST_BACKOFF : Math.min(LONGEST_BACKOFF, wait * 2);
  const restart = (): void => {
    container.lastState = state;
    container.restarts++;
    kubelet.event(runtime, container.spec, {
      reason: 'Pulled',
      message: `Container image "${container.spec.image}" already present on machine`,
    });
    run(kubelet, runtime, container);
  };
  if (wait === 0) {
    kubelet.later(runtime, 1.5, restart);
    return;
  }
  kubelet.later(runtime, 2, () => {
    const { name } = container.spec;
    const who = `${runtime.name}_${runtime.namespace}(${runtime.uid})`;
    kubelet.event(runtime, container.spec, {
      type: 'Warning',
      reason: 'BackOff',
      message: `Back-off restarting failed container ${name} in pod ${who}`,
    });
    container.lastState = state;
    container.state = {
      waiting: {
        reason: 'CrashLoopBackOff',
        message: `back-off ${pause(wait)} restarting failed container=${name} pod=${who}`,
      },
    };
    kubelet.report(runtime);
    kubelet.later(runtime, wait / 1000, restart);
  });
}

function finishLater(
  kubelet: ContainerHost,
  runtime: PodRuntime,
  container: ContainerRuntime,
  seconds: number,
): void {
  const { failure = 0 } = kubelet.behaviourOf(runtime);
  kubelet.later(runtime, seconds, () => {
    const failed = kubelet.world.random.chance(failure);
    container.state = ended(kubelet, container, failed ? 1 : 0, failed ? 'Error' : 'Completed');
    kubelet.finish(runtime, failed ? 'Failed' : 'Succeeded');
  });
}

function complain(
  kubelet: ContainerHost,
  runtime: PodRuntime,
  container: ContainerRuntime,
  words: string,
): void {
  kubelet.later(runtime, 10, () => {
    kubelet.event(runtime, container.spec, {
      type: 'Warning',
      reason: 'Unhealthy',
      message: `Readiness probe failed: ${words}`,
    });
    // Told again seldom enough not to drown the rest; the count goes up as in a real cluster.
    kubelet.later(runtime, Math.max(50, untilRemembered(kubelet.world)), () =>
      complain(kubelet, runtime, container, words),
    );
  });
}

function ended(
  kubelet: ContainerHost,
  container: ContainerRuntime,
  exitCode: number,
  reason: string,
): ContainerState {
  const stamp = kubelet.world.clock.stamp();
  return {
    terminated: {
      exitCode,
      reason,
      startedAt: container.state.running?.startedAt ?? stamp,
      finishedAt: stamp,
      containerID: container.id,
    },
  };
}

/** A duration as Go prints it: `10s`, `2m40s`, `5m0s`. */
function pause(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`;
}

function span(at: number, [min, max]: Span): number {
  return min + at * (max - min);
}

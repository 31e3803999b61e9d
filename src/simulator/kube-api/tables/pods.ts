import { conditionOf } from '../../world/objects.ts';
import type { ContainerStatus, Pod } from '../../world/objects.ts';
import { age, columns } from './human.ts';
import type { TableShape } from './human.ts';

export const PODS: TableShape<Pod> = {
  columns: columns(
    'Name, Ready, Status, Restarts, Age, IP+, Node+, Nominated Node+, Readiness Gates+',
  ),
  cells: (pod, now) => {
    const { ready, total, reason, restarts, lastRestart } = summary(pod);
    return [
      pod.metadata.name,
      `${ready}/${total}`,
      reason,
      restarts > 0 && lastRestart ? `${restarts} (${age(lastRestart, now)} ago)` : String(restarts),
      age(pod.metadata.creationTimestamp, now),
      pod.status.podIP ?? '<none>',
      pod.spec.nodeName ?? '<none>',
      '<none>',
      '<none>',
    ];
  },
};

interface Summary {
  readonly ready: number;
  readonly total: number;
  readonly reason: string;
  readonly restarts: number;
  readonly lastRestart: string;
}

/** READY, STATUS and RESTARTS by the rules of the API server's own pod printer. */
function summary(pod: Pod): Summary {
  const { status, spec, metadata } = pod;
  const specs = spec.initContainers ?? [];
  const sidecars = new Set(
    specs.filter((each) => each.restartPolicy === 'Always').map((each) => each.name),
  );
  let reason = status.reason ?? status.phase;
  if (conditionOf(status.conditions, 'PodScheduled')?.reason === 'SchedulingGated') {
    reason = 'SchedulingGated';
  }
  let restarts = 0;
  let lastRestart = '';
  let sidecarRestarts = 0;
  let lastSidecarRestart = '';
  let ready = 0;
  let initializing = false;
  const finishedLast = (each: ContainerStatus): string =>
    each.lastState.terminated?.finishedAt ?? '';

  for (const [index, each] of (status.initContainerStatuses ?? []).entries()) {
    restarts += each.restartCount;
    lastRestart = later(lastRestart, finishedLast(each));
    const sidecar = sidecars.has(each.name);
    if (sidecar) {
      sidecarRestarts += each.restartCount;
      lastSidecarRestart = later(lastSidecarRestart, finishedLast(each));
    }
    const { terminated, waiting } = each.state;
    if (terminated?.exitCode === 0) continue;
    if (sidecar && each.started) {
      if (each.ready) ready++;
      continue;
    }
    if (terminated) reason = `Init:${terminated.reason || `ExitCode:${terminated.exitCode}`}`;
    else if (waiting && waiting.reason !== 'PodInitializing') reason = `Init:${waiting.reason}`;
    else reason = `Init:${index}/${specs.length}`;
    initializing = true;
    break;
  }

  if (!initializing || conditionOf(status.conditions, 'Initialized')?.status === 'True') {
    restarts = sidecarRestarts;
    lastRestart = lastSidecarRestart;
    let running = false;
    for (const each of [...(status.containerStatuses ?? [])].reverse()) {
      restarts += each.restartCount;
      lastRestart = later(lastRestart, finishedLast(each));
      const { waiting, terminated } = each.state;
      if (waiting?.reason) reason = waiting.reason;
      else if (terminated) reason = terminated.reason || `ExitCode:${terminated.exitCode}`;
      else if (each.ready && each.state.running) {
        running = true;
        ready++;
      }
    }
    if (reason === 'Completed' && running) {
      reason = conditionOf(status.conditions, 'Ready')?.status === 'True' ? 'Running' : 'NotReady';
    }
  }
  if (metadata.deletionTimestamp) {
    if (status.reason === 'NodeLost') reason = 'Unknown';
    else if (status.phase !== 'Succeeded' && status.phase !== 'Failed') reason = 'Terminating';
  }
  return { ready, total: spec.containers.length + sidecars.size, reason, restarts, lastRestart };
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}

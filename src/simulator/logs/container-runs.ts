/** The runs of a pod's containers, as its status tells them. */
import type { ContainerStatus, Pod } from '../world/objects.ts';
import type { Logging } from '../world/profile.ts';
import type { World } from '../world/world.ts';
import type { Run } from './style.ts';

/** The state of a container, main or init. */
export function statusOf(pod: Pod, container: string): ContainerStatus | undefined {
  return statusesOf(pod).find((each) => each.name === container);
}

/** The run that goes on, or the last that ended where none does; null before the first. */
export function currentRun(world: World, pod: Pod, container: string): Run | null {
  const status = statusOf(pod, container);
  const { running, terminated } = status?.state ?? {};
  if (running) {
    return {
      ...writerOf(world, pod, container),
      id: status?.containerID ?? '',
      startedAt: Date.parse(running.startedAt),
      endedAt: null,
      exitCode: 0,
      reason: '',
    };
  }
  const last = terminated ?? status?.lastState.terminated;
  return last ? endedRun(world, pod, container, last) : null;
}

/** The run before the last restart; null where there was none. */
export function previousRun(world: World, pod: Pod, container: string): Run | null {
  const last = statusOf(pod, container)?.lastState.terminated;
  return last ? endedRun(world, pod, container, last) : null;
}

/** All runs that its status tells of, init containers first. */
export function runsOf(world: World, pod: Pod): readonly Run[] {
  return statusesOf(pod).flatMap(({ name }) => {
    const [now, before] = [currentRun(world, pod, name), previousRun(world, pod, name)];
    return [before?.id === now?.id ? null : before, now].filter((run) => run !== null);
  });
}

const statusesOf = ({ status }: Pod): readonly ContainerStatus[] => [
  ...(status.initContainerStatuses ?? []),
  ...(status.containerStatuses ?? []),
];

type Terminated = NonNullable<ContainerStatus['state']['terminated']>;

function endedRun(world: World, pod: Pod, container: string, ended: Terminated): Run {
  const { containerID, startedAt, finishedAt, exitCode, reason } = ended;
  return {
    ...writerOf(world, pod, container),
    id: containerID,
    startedAt: Date.parse(startedAt),
    endedAt: Date.parse(finishedAt),
    exitCode,
    reason,
  };
}

function writerOf(world: World, pod: Pod, container: string) {
  const main = pod.spec.containers[0]?.name === container;
  const logging: Logging = main ? world.profileOf(pod).logs : { style: 'quiet', rate: 0.05 };
  return { app: container, pod: pod.metadata.name, logging };
}

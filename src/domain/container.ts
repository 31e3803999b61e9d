import type { Demands } from './row.ts';
import { hasEnded } from './workload-pods.ts';

/** How a container ended. */
export interface ContainerExit {
  readonly reason: string;
  readonly exitCode: number;
  readonly at: number;
  readonly message: string;
}

/** What of a container's spec the pods of one template share. */
export interface ContainerSpec extends Demands {
  /** e.g. `8080/TCP`, `metrics:9090/TCP`. */
  readonly ports: readonly string[];
  /** Which probes are configured, e.g. `liveness readiness`. */
  readonly probes: string;
}

/** A container of a pod, spec and status together. */
export interface ContainerInfo {
  readonly name: string;
  readonly role: 'init' | 'sidecar' | 'main' | 'ephemeral';
  readonly image: string;
  readonly state: 'running' | 'waiting' | 'terminated' | 'unknown';
  /** Reason of the present waiting or terminated state, else empty. */
  readonly reason: string;
  readonly message: string;
  /** When the present state began, where the API tells (running, terminated). */
  readonly since: number;
  readonly ready: boolean;
  readonly restarts: number;
  /** How it ended the last time: of the present state if terminated, else of lastState. */
  readonly lastExit: ContainerExit | null;
  /** One object for all containers of which it is the same: there may be 100,000. */
  readonly spec: ContainerSpec;
}

/**
 * Those whose ends tell of a pod in this phase. Its sidecars are ended once it has ended, and how they
 * take that is nothing: any exit code is normal.
 */
export function telling(
  phase: string,
  containers: readonly ContainerInfo[],
): readonly ContainerInfo[] {
  return hasEnded({ phase }) ? containers.filter(({ role }) => role !== 'sidecar') : containers;
}

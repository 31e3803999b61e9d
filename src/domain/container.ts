import type { Demands } from './row.ts';

/** How a container ended. */
export interface ContainerExit {
  readonly reason: string;
  readonly exitCode: number;
  readonly at: number;
  readonly message: string;
}

/** A container of a pod, spec and status together. */
export interface ContainerInfo extends Demands {
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
  /** e.g. `8080/TCP`, `metrics:9090/TCP`. */
  readonly ports: readonly string[];
  /** Which probes are configured, e.g. `liveness readiness`. */
  readonly probes: string;
}

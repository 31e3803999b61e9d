/** How the containers of an app behave: nothing that Kubernetes knows, all that one sees of it. */
export interface Profile {
  readonly behaviour: Behaviour;
  readonly load: Load;
  readonly logs: Logging;
}

/** Spans are in seconds: a container draws one from between the two. */
export type Span = readonly [min: number, max: number];

export interface Behaviour {
  /** From the start of the containers to ready. */
  readonly startup: Span;
  /** The main container dies again and again, this long after each start. */
  readonly crash?: {
    readonly after: Span;
    readonly exitCode: number;
    readonly reason: 'Error' | 'OOMKilled';
    /** Only in pods of this image; others are healthy (a rollout that went wrong). */
    readonly image?: string;
    /** Only this share of its pods, 0 to 1, but one at least; all when absent. */
    readonly share?: number;
  };
  /** The registry refuses this image. */
  readonly unpullable?: { readonly image: string; readonly message: string };
  /** The readiness probe never succeeds; its words. */
  readonly unready?: string;
  /** A job: how long it runs. */
  readonly runs?: Span;
  /** A job: how likely a run is to fail, 0 to 1. */
  readonly failure?: number;
}

export interface Load {
  /** Average use as a share of the request, at the middle of the wave. */
  readonly cpu: number;
  readonly memory: number;
  /** How far the wave swings around the average, as a share of it: 0 to 1. */
  readonly swing: number;
  /** Length of the wave in seconds. */
  readonly period: number;
  /** Replicas that share the load at the middle of the wave; more replicas mean less for each. */
  readonly replicas?: number;
}

export type LogStyle =
  | 'nginx'
  | 'json'
  | 'spring'
  | 'node'
  | 'go'
  | 'python'
  | 'postgres'
  | 'redis'
  | 'kafka'
  | 'coredns'
  | 'klog'
  | 'quiet';

export interface Logging {
  readonly style: LogStyle;
  /** Lines a second. */
  readonly rate: number;
}

/** For what no catalog knows: a deployment that somebody made by hand. */
export const PLAIN: Profile = {
  behaviour: { startup: [1, 4] },
  load: { cpu: 0.3, memory: 0.5, swing: 0.2, period: 300 },
  logs: { style: 'json', rate: 0.5 },
};

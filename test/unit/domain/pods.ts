import type { PodRow } from '../../../src/domain/rows.ts';
import { decoderOf } from '../../../src/domain/tables/index.ts';

/** Pods for tests, as the API serves them, in as few words as the case needs. */

interface Ended {
  readonly exitCode: number;
  readonly reason?: string;
  readonly message?: string;
  readonly signal?: number;
  readonly finishedAt?: string;
}

interface ContainerCase {
  readonly state?: {
    readonly waiting?: { readonly reason?: string; readonly message?: string };
    readonly running?: object;
    readonly terminated?: Ended;
  };
  readonly last?: Ended;
  readonly ready?: boolean;
  readonly started?: boolean;
  readonly restarts?: number;
  readonly restartPolicy?: string;
  readonly image?: string;
  readonly resources?: object;
  /** What the node has set aside, and what is in force. */
  readonly allocated?: object;
  readonly actuated?: object;
}

/** A container with a status; `null` in a list stands for one that has none yet. */
export function container(spec: ContainerCase = {}): ContainerCase {
  return { state: { running: {} }, ...spec };
}

export interface PodCase {
  readonly phase?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly node?: string;
  readonly conditions?: readonly object[];
  readonly deletionTimestamp?: string;
  readonly init?: readonly (ContainerCase | null)[];
  readonly main?: readonly (ContainerCase | null)[];
  readonly spec?: object;
  readonly metadata?: object;
}

/** The row of a pod given as an object. */
export function pod(object: unknown): PodRow {
  return decoderOf('pods').json(object);
}

/** The row of a pod of namespace `shop` on node `n1`, Running unless told otherwise. */
export function podOf(spec: PodCase): PodRow {
  const { init = [], main = [] } = spec;
  return pod({
    metadata: {
      name: 'api',
      namespace: 'shop',
      uid: 'u1',
      creationTimestamp: '2026-01-01T00:00:00Z',
      deletionTimestamp: spec.deletionTimestamp,
      ...spec.metadata,
    },
    spec: {
      nodeName: spec.node ?? 'n1',
      initContainers: init.map((each, i) => specOf(each, `init${i}`)),
      containers: main.map((each, i) => specOf(each, `main${i}`)),
      ...spec.spec,
    },
    status: {
      phase: spec.phase ?? 'Running',
      reason: spec.reason,
      message: spec.message,
      conditions: spec.conditions,
      initContainerStatuses: statuses(init, 'init'),
      containerStatuses: statuses(main, 'main'),
    },
  });
}

function specOf(each: ContainerCase | null, name: string): object {
  const { image = 'shop/api:1', restartPolicy, resources } = each ?? {};
  return { name, image, restartPolicy, resources };
}

function statuses(containers: readonly (ContainerCase | null)[], prefix: string): object[] {
  return containers.flatMap((each, i) =>
    each === null
      ? []
      : [
          {
            name: `${prefix}${i}`,
            state: each.state,
            lastState: { terminated: each.last },
            ready: each.ready ?? false,
            started: each.started,
            restartCount: each.restarts ?? 0,
            allocatedResources: each.allocated,
            resources: each.actuated,
          },
        ],
  );
}

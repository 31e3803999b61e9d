import type { Labels, Toleration } from '../world/objects.ts';
import type { HpaMetric } from '../world/workload-objects.ts';
import type { Behaviour, Load, LogStyle, Profile, Span } from '../world/profile.ts';

/** One app of the catalog: everything from which its objects and its behaviour follow. */
export interface App {
  readonly namespace: string;
  readonly name: string;
  readonly kind: 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'CronJob';
  readonly image: string;
  readonly replicas: number;
  /** Named `http` unless `portName` says otherwise; 0 for none. */
  readonly port: number;
  readonly portName?: string;
  readonly cpu: string;
  readonly memory: string;
  readonly cpuLimit?: string;
  readonly memoryLimit?: string;
  readonly profile: Profile;
  /** Pool that its pods are pinned to; none: wherever they fit. */
  readonly pool?: 'data' | 'batch' | 'gpu';
  readonly spotTolerant?: boolean;
  readonly tolerateAll?: boolean;
  readonly hostNetwork?: boolean;
  readonly priority?: 'system-node-critical' | 'system-cluster-critical';
  /** The IAM role of its service account, by name. */
  readonly role?: string;
  readonly sidecars?: readonly ('envoy' | 'log-router' | 'exporter' | 'aws-eks-nodeagent')[];
  /** An init container that runs first. */
  readonly init?: string;
  readonly labels?: Labels;
  readonly env?: Labels;
  /** Keys of the app's secret that its containers read. */
  readonly secrets?: readonly string[];
  readonly service?: ServiceKind;
  /** The name of its service, where it is not the app's. */
  readonly serviceName?: string;
  readonly hpa?: {
    readonly min: number;
    readonly max: number;
    readonly metrics: readonly HpaMetric[];
  };
  readonly pdb?: { readonly minAvailable?: string; readonly maxUnavailable?: number };
  readonly schedule?: string;
  /** Releases so far: the revision that it is at. */
  readonly revision: number;
  /** Hours since the last release. */
  readonly age: number;
  readonly strategy?: { readonly maxSurge: string; readonly maxUnavailable: string };
  readonly tolerations?: readonly Toleration[];
  /** Gigabytes of a volume for each pod of a stateful set. */
  readonly volume?: number;
  /** A claim that all of its pods share. */
  readonly shares?: string;
}

export type ServiceKind = 'cluster' | 'headless' | 'nlb' | 'nlb-legacy' | 'classic' | 'alb';

/** What an entry of the catalog says; the rest has defaults. */
export type Entry = Partial<Omit<App, 'namespace' | 'name' | 'profile' | 'image'>> & {
  readonly image: string;
  readonly logs?: readonly [style: LogStyle, rate: number];
  readonly load?: Partial<Load>;
  readonly startup?: Span;
  readonly behaviour?: Partial<Behaviour>;
};

/** An app from its entry; chance fills in what makes apps differ. */
export function app(
  namespace: string,
  name: string,
  entry: Entry,
  at: (what: string) => number,
): App {
  const { logs = ['json', 0.6], load, startup = [2, 7], behaviour, ...given } = entry;
  return {
    kind: 'Deployment',
    replicas: 2,
    port: 8080,
    cpu: '100m',
    memory: '256Mi',
    revision: 2 + Math.floor(at('revision') * 60),
    // Most were released within the last days, a few weeks ago.
    age: 3 + 900 * at('age') ** 3,
    ...given,
    namespace,
    name,
    profile: {
      behaviour: { startup, ...behaviour },
      load: {
        cpu: 0.25 + 0.35 * at('cpu'),
        memory: 0.45 + 0.35 * at('memory'),
        swing: 0.25,
        period: 240 + 240 * at('period'),
        ...load,
      },
      logs: { style: logs[0], rate: logs[1] },
    },
  };
}

/** The usual metric: average CPU as a percentage of the request. */
export function cpuAt(percent: number): HpaMetric {
  return {
    type: 'Resource',
    resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: percent } },
  };
}

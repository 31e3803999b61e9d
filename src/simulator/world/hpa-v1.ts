import type { KubeObject, ObjectMeta } from './objects.ts';
import { omit } from './omit.ts';
import type { Hpa, HpaMetric } from './workload-objects.ts';

/** Where autoscaling/v1 keeps what it has no fields for, as JSON. */
const ASIDE = {
  metrics: 'autoscaling.alpha.kubernetes.io/metrics',
  behavior: 'autoscaling.alpha.kubernetes.io/behavior',
  conditions: 'autoscaling.alpha.kubernetes.io/conditions',
} as const;

interface SpecV1 extends Partial<Pick<Hpa['spec'], 'scaleTargetRef' | 'minReplicas'>> {
  readonly maxReplicas?: number;
  readonly targetCPUUtilizationPercentage?: number;
}

/** An autoscaler of autoscaling/v2 as autoscaling/v1 tells it. */
export function hpaToV1(object: KubeObject): KubeObject {
  const { metadata, spec, status } = object as Hpa;
  const { metrics, behavior, ...rest } = spec;
  const cpu = metrics.find(ofCpu);
  const others = metrics.filter((metric) => metric !== cpu);
  const annotations = {
    ...metadata.annotations,
    ...(others.length > 0 && { [ASIDE.metrics]: JSON.stringify(others) }),
    ...(behavior && { [ASIDE.behavior]: JSON.stringify(behavior) }),
    ...(status.conditions && { [ASIDE.conditions]: JSON.stringify(status.conditions) }),
  };
  const target = cpu?.resource?.target.averageUtilization;
  const current = (status.currentMetrics as readonly CurrentMetric[] | null | undefined)?.find(
    ({ resource }) => resource?.name === 'cpu',
  )?.resource?.current?.averageUtilization;
  return {
    metadata: { ...metadata, ...(Object.keys(annotations).length > 0 && { annotations }) },
    spec: { ...rest, ...(target !== undefined && { targetCPUUtilizationPercentage: target }) },
    status: {
      currentReplicas: 0,
      ...omit(status, 'conditions', 'currentMetrics'),
      ...(current !== undefined && { currentCPUUtilizationPercentage: current }),
    },
  };
}

/** An autoscaler of autoscaling/v1 as autoscaling/v2 tells it; its status is not read. */
export function hpaFromV1(object: KubeObject): KubeObject {
  const { metadata, spec = {} } = object as Omit<KubeObject, 'metadata'> & {
    readonly metadata?: ObjectMeta;
    readonly spec?: SpecV1;
  };
  const { targetCPUUtilizationPercentage: target, ...rest } = spec;
  const given = metadata?.annotations ?? {};
  const metrics = [
    ...((parsed(given[ASIDE.metrics]) as readonly HpaMetric[] | undefined) ?? []),
    ...(target === undefined ? [] : [cpuAt(target)]),
  ];
  const behavior = parsed(given[ASIDE.behavior]);
  const annotations = omit(given, ...Object.values(ASIDE));
  return {
    metadata: {
      ...omit(metadata ?? {}, 'annotations'),
      ...(Object.keys(annotations).length > 0 && { annotations }),
    } as ObjectMeta,
    spec: { ...rest, ...(metrics.length > 0 && { metrics }), ...(behavior ? { behavior } : {}) },
  };
}

interface CurrentMetric {
  readonly resource?: {
    readonly name: string;
    readonly current?: { readonly averageUtilization?: number };
  };
}

const ofCpu = ({ type, resource }: HpaMetric): boolean =>
  type === 'Resource' && resource?.name === 'cpu' && resource.target.type === 'Utilization';

const cpuAt = (averageUtilization: number): HpaMetric => ({
  type: 'Resource',
  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } },
});

/** What an annotation holds; undefined where it is none or no JSON. */
function parsed(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

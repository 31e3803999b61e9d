import { ownedAfterUpdate } from '../kube-api/field-owners.ts';
import { kindOf } from '../world/kinds.ts';
import { isReady } from '../world/objects.ts';
import type { Condition, Pod } from '../world/objects.ts';
import type { Deployment, Hpa, HpaMetric } from '../world/workload-objects.ts';
import { podUsage } from '../world/load.ts';
import { requestOf } from '../world/quantity.ts';
import { roundsApart } from '../world/past.ts';
import type { World } from '../world/world.ts';

const SYNC = 15_000;
const TOLERANCE = 0.1;
const CPU_REASON = 'cpu resource utilization (percentage of request)';

/** The horizontal pod autoscaler: every 15 s, on what the load model says. */
export function startHpas(world: World, since: number): void {
  /** Recommendations of the stabilization window, by the autoscaler's uid. */
  const history = new Map<string, { at: number; replicas: number }[]>();
  let round = 0;
  world.clock.every(
    SYNC,
    () => {
      if (round++ % roundsApart(world) !== 0) return;
      for (const hpa of [...world.store.values('horizontalpodautoscalers')]) {
        sync(world, hpa, history);
      }
    },
    Math.max(SYNC, since - world.clock.now()),
  );
}

interface Reading {
  /** Replicas that the metric asks for. */
  readonly wanted: number;
  readonly current: object;
  readonly metric: string;
}

function sync(
  world: World,
  hpa: Hpa,
  history: Map<string, { at: number; replicas: number }[]>,
): void {
  const { namespace = '', uid } = hpa.metadata;
  const { scaleTargetRef, minReplicas, maxReplicas } = hpa.spec;
  const target = world.store.get('deployments', namespace, scaleTargetRef.name);
  if (!target || target.spec.replicas === 0) return;
  const pods = world.store
    .ownedBy('replicasets', target.metadata.uid)
    .flatMap((set) => world.store.ownedBy('pods', set.metadata.uid))
    .filter(isReady);
  const readings = hpa.spec.metrics.flatMap((metric) => read(world, target, pods, metric) ?? []);
  if (readings.length === 0) {
    tellUnknown(world, hpa, target);
    return;
  }
  const best = readings.reduce((a, b) => (b.wanted > a.wanted ? b : a));
  const window = (hpa.spec.behavior?.scaleDown?.stabilizationWindowSeconds ?? 300) * 1000;
  const now = world.clock.now();
  const recent = (history.get(uid) ?? []).filter(({ at }) => at > now - window);
  const stable = Math.max(best.wanted, ...recent.map(({ replicas }) => replicas));
  history.set(uid, [...recent, { at: now, replicas: best.wanted }]);
  const current = target.spec.replicas;
  // Going up follows the reading; going down waits until the whole window agrees.
  const raw = best.wanted >= current ? best.wanted : Math.min(current, stable);
  const desired = Math.min(maxReplicas, Math.max(minReplicas, raw));
  if (desired !== current) rescale(world, hpa, target, desired, best.metric);
  write(world, hpa, {
    currentReplicas: target.status.replicas ?? 0,
    desiredReplicas: desired,
    ...(desired !== current
      ? { lastScaleTime: world.clock.stamp() }
      : hpa.status.lastScaleTime !== undefined && { lastScaleTime: hpa.status.lastScaleTime }),
    currentMetrics: readings.map((each) => each.current),
    conditions: [
      stable > best.wanted && stable === current
        ? condition(
            world,
            hpa,
            'AbleToScale',
            'True',
            'ScaleDownStabilized',
            'recent recommendations were higher than current one, applying the highest recent recommendation',
          )
        : condition(
            world,
            hpa,
            'AbleToScale',
            'True',
            'ReadyForNewScale',
            'recommended size matches current size',
          ),
      condition(
        world,
        hpa,
        'ScalingActive',
        'True',
        'ValidMetricFound',
        `the HPA was able to successfully calculate a replica count from ${best.metric}`,
      ),
      limited(world, hpa, raw),
    ],
  });
}

function read(
  world: World,
  target: Deployment,
  pods: readonly Pod[],
  metric: HpaMetric,
): Reading | undefined {
  if (metric.type !== 'Resource' || !metric.resource || pods.length === 0) return undefined;
  const { name } = metric.resource;
  const goal = metric.resource.target.averageUtilization ?? 80;
  let used = 0;
  let requested = 0;
  for (const pod of pods) {
    const usage = podUsage(world, pod);
    used += name === 'memory' ? usage.memory : usage.cpu;
    const request = requestOf(pod.spec);
    requested += name === 'memory' ? request.memory : request.cpu;
  }
  // A percentage of nothing is not known.
  if (requested === 0) return undefined;
  const averageUtilization = Math.floor((100 * used) / requested);
  const ratio = averageUtilization / goal;
  const replicas = target.spec.replicas;
  const wanted = Math.abs(ratio - 1) <= TOLERANCE ? replicas : Math.ceil(ratio * pods.length);
  const average = used / pods.length;
  return {
    wanted,
    metric: name === 'cpu' ? CPU_REASON : 'memory resource utilization (percentage of request)',
    current: {
      type: 'Resource',
      resource: {
        name,
        current: {
          averageUtilization,
          averageValue:
            name === 'cpu' ? `${Math.floor(average * 1000)}m` : String(Math.floor(average)),
        },
      },
    },
  };
}

function rescale(
  world: World,
  hpa: Hpa,
  target: Deployment,
  replicas: number,
  metric: string,
): void {
  const up = replicas > target.spec.replicas;
  world.recorder.record('horizontalpodautoscalers', hpa, {
    reason: 'SuccessfulRescale',
    message: `New size: ${replicas}; reason: ${up ? `${metric} above target` : 'All metrics below target'}`,
    component: 'horizontal-pod-autoscaler',
  });
  const scaled: Deployment = { ...target, spec: { ...target.spec, replicas } };
  const owned = ownedAfterUpdate(kindOf('deployments'), target, scaled, {
    ...{ manager: 'kube-controller-manager', operation: 'Update', subresource: 'scale' },
    time: world.clock.stamp(),
  });
  // The cast: only who owns its fields is new.
  world.store.update('deployments', owned as Deployment);
}

function tellUnknown(world: World, hpa: Hpa, target: Deployment): void {
  const external = hpa.spec.metrics.find((metric) => metric.external)?.external;
  const what = external
    ? `unable to get external metric ${hpa.metadata.namespace ?? ''}/${external.metric.name}/nil: unable to fetch metrics from external metrics API: the server could not find the requested resource (get ${external.metric.name}.external.metrics.k8s.io)`
    : 'failed to get cpu utilization: no metrics returned matched known pods';
  const reason = external ? 'FailedGetExternalMetric' : 'FailedGetResourceMetric';
  const component = 'horizontal-pod-autoscaler';
  world.recorder.record('horizontalpodautoscalers', hpa, {
    type: 'Warning',
    reason,
    message: what,
    component,
  });
  world.recorder.record('horizontalpodautoscalers', hpa, {
    type: 'Warning',
    reason: 'FailedComputeMetricsReplicas',
    message: `invalid metrics (1 invalid out of 1), first error is: failed to get ${external ? 'external' : 'cpu resource'} metric value: ${what}`,
    component,
  });
  write(world, hpa, {
    currentReplicas: target.status.replicas ?? 0,
    desiredReplicas: 0,
    currentMetrics: null,
    conditions: [
      condition(
        world,
        hpa,
        'AbleToScale',
        'True',
        'SucceededGetScale',
        "the HPA controller was able to get the target's current scale",
      ),
      condition(
        world,
        hpa,
        'ScalingActive',
        'False',
        reason,
        `the HPA was unable to compute the replica count: ${what}`,
      ),
    ],
  });
}

function limited(world: World, hpa: Hpa, wanted: number): Condition {
  if (wanted > hpa.spec.maxReplicas) {
    return condition(
      world,
      hpa,
      'ScalingLimited',
      'True',
      'TooManyReplicas',
      'the desired replica count is more than the maximum replica count',
    );
  }
  if (wanted < hpa.spec.minReplicas) {
    return condition(
      world,
      hpa,
      'ScalingLimited',
      'True',
      'TooFewReplicas',
      'the desired replica count is less than the minimum replica count',
    );
  }
  return condition(
    world,
    hpa,
    'ScalingLimited',
    'False',
    'DesiredWithinRange',
    'the desired count is within the acceptable range',
  );
}

function condition(
  world: World,
  hpa: Hpa,
  type: string,
  status: 'True' | 'False',
  reason: string,
  message: string,
): Condition {
  const before = hpa.status.conditions?.find((each) => each.type === type);
  return {
    type,
    status,
    lastTransitionTime: before?.status === status ? before.lastTransitionTime : world.clock.stamp(),
    reason,
    message,
  };
}

function write(world: World, hpa: Hpa, status: Hpa['status']): void {
  if (JSON.stringify(status) === JSON.stringify(hpa.status)) return;
  world.store.update('horizontalpodautoscalers', { ...hpa, status });
}

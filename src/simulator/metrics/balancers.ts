/** What load balancers tell CloudWatch of their traffic and their targets. */
import type { LoadBalancer, TargetGroup } from '../balancer.ts';
import type { Figure, MetricSubject, Spread } from '../metric.ts';
import type { World } from '../world/world.ts';
import type { Gauges } from './gauges.ts';
import { busyness, happens } from './wave.ts';

/** The metrics of all load balancers of a world, and of their target groups. */
export const balancerMetrics = (world: World, gauges: Gauges): readonly MetricSubject[] =>
  world.cluster.loadBalancers().flatMap((balancer) => ofBalancer(balancer, gauges));

/** How often each name of a count is recorded: healthy and unhealthy targets. */
export const targetCounts = (world: World): readonly (readonly [name: string, count: number])[] =>
  world.cluster.loadBalancers().flatMap(({ groups }) =>
    groups.flatMap(({ name, targets }) => {
      const healthy = targets.filter(({ state }) => state === 'healthy').length;
      const others = targets.filter(({ state }) => state === 'unhealthy').length;
      return [[`healthy/${name}`, healthy] as const, [`unhealthy/${name}`, others] as const];
    }),
  );

function ofBalancer(balancer: LoadBalancer, gauges: Gauges): readonly MetricSubject[] {
  const { arn, kind, name, createdAt, groups } = balancer;
  const namespace = NAMESPACE[kind];
  const id = kind === 'classic' ? name : arn.replace(/^.*:loadbalancer\//, '');
  const common = { namespace, resolution: 60, since: createdAt, until: null };
  const dimension = kind === 'classic' ? { LoadBalancerName: id } : { LoadBalancer: id };
  if (kind === 'classic') {
    const [group] = groups;
    return [
      {
        ...common,
        dimensions: dimension,
        figures: { ...classicTraffic(name), ...(group && hosts(group, gauges)) },
      },
    ];
  }
  const traffic = kind === 'application' ? httpTraffic : flowTraffic;
  return [
    { ...common, dimensions: dimension, figures: traffic(name, groups) },
    ...groups.map((group) => ({
      ...common,
      dimensions: { ...dimension, TargetGroup: group.arn.replace(/^.*:(?=targetgroup\/)/, '') },
      figures: {
        ...(kind === 'application' ? httpTraffic(group.name, [group]) : {}),
        ...hosts(group, gauges),
      },
    })),
  ];
}

const NAMESPACE = {
  application: 'AWS/ApplicationELB',
  network: 'AWS/NetworkELB',
  classic: 'AWS/ELB',
} as const;

const hosts = ({ name }: TargetGroup, gauges: Gauges): Readonly<Record<string, Figure>> => ({
  HealthyHostCount: (at) => gauges.at(`healthy/${name}`, at),
  UnHealthyHostCount: (at) => gauges.at(`unhealthy/${name}`, at),
});

/** Requests in a minute: each target that there is takes some. */
const requestsOf =
  (name: string, groups: readonly TargetGroup[]): ((at: number) => number) =>
  (at) => {
    const targets = groups.reduce((sum, group) => sum + group.targets.length, 0);
    return Math.round(240 * targets * busyness(name, at, 0.5));
  };

/** How long responses take (s): few are much slower than most. */
function responses(name: string, at: number): Spread {
  const mean = 0.04 * busyness(`${name}/time`, at, 0.4);
  return { low: mean / 3, mean, high: mean * (4 + 3 * busyness(`${name}/slow`, at, 0.2)) };
}

/** What is none is not told at all. */
const unlessNone = (count: number): number | null => (count > 0 ? count : null);

function httpTraffic(
  name: string,
  groups: readonly TargetGroup[],
): Readonly<Record<string, Figure>> {
  const requests = requestsOf(name, groups);
  const errors = (at: number): number =>
    happens(`${name}/5xx`, at, 0.15) ? Math.ceil(requests(at) * 0.004) : 0;
  return {
    RequestCount: (at) => unlessNone(requests(at)),
    TargetResponseTime: (at) => (requests(at) > 0 ? responses(name, at) : null),
    HTTPCode_Target_2XX_Count: (at) => unlessNone(Math.round(requests(at) * 0.97)),
    HTTPCode_Target_4XX_Count: (at) => unlessNone(Math.round(requests(at) * 0.02)),
    HTTPCode_Target_5XX_Count: (at) => unlessNone(errors(at)),
    HTTPCode_ELB_5XX_Count: (at) => unlessNone(happens(`${name}/elb`, at, 0.01) ? 2 : 0),
    ActiveConnectionCount: (at) => unlessNone(Math.round(requests(at) / 12)),
    NewConnectionCount: (at) => unlessNone(Math.round(requests(at) / 30)),
    RejectedConnectionCount: () => null,
    ProcessedBytes: (at) => unlessNone(requests(at) * 5200),
  };
}

function flowTraffic(
  name: string,
  groups: readonly TargetGroup[],
): Readonly<Record<string, Figure>> {
  const requests = requestsOf(name, groups);
  return {
    ActiveFlowCount: (at) => Math.round(requests(at) / 20),
    NewFlowCount: (at) => Math.round(requests(at) / 8),
    ProcessedBytes: (at) => requests(at) * 2100,
    TCP_Target_Reset_Count: (at) => (happens(`${name}/reset`, at, 0.2) ? 3 : 0),
    TCP_ELB_Reset_Count: (at) => (happens(`${name}/elb-reset`, at, 0.05) ? 1 : 0),
    TCP_Client_Reset_Count: (at) => Math.round(requests(at) / 200),
  };
}

const classicTraffic = (name: string): Readonly<Record<string, Figure>> => ({
  RequestCount: (at) => Math.round(600 * busyness(name, at, 0.5)),
  Latency: (at) => responses(name, at),
  HTTPCode_Backend_5XX: (at) => unlessNone(happens(`${name}/5xx`, at, 0.1) ? 2 : 0),
  HTTPCode_ELB_5XX: () => null,
  SurgeQueueLength: () => 0,
  SpilloverCount: () => null,
});

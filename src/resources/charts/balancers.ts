/** The charts of load balancers and of their target groups. */
import type { Chart, ChartLine } from '../../domain/charts/chart.ts';
import type { LoadBalancerRow } from '../../domain/tables/loadbalancers.ts';
import type { TargetGroupRow } from '../../domain/tables/targetgroups.ts';
import type { ChartsDef } from '../../ports/charts.ts';
import { CHARTS_IAM, linesOf, MINUTE } from './common.ts';

type Dimensions = Readonly<Record<string, string>>;

const NAMESPACES = {
  alb: 'AWS/ApplicationELB',
  nlb: 'AWS/NetworkELB',
  gwlb: 'AWS/GatewayELB',
  classic: 'AWS/ELB',
} as const;

type BalancerKind = keyof typeof NAMESPACES;

/** So many target groups have lines of their own. */
const MOST_GROUPS = 3;

export const balancerCharts: ChartsDef<LoadBalancerRow> = {
  iam: CHARTS_IAM,
  needs: ['targetgroups'],
  of: ({ uid, name, kind }, query) => {
    const groups = [...query.rows('targetgroups')]
      .filter(({ balancers, gone }) => gone === 0 && balancers.includes(uid))
      .slice(0, MOST_GROUPS);
    const dimensions = balancerDimensions(uid, kind);
    return {
      title: `loadbalancer ${name}`,
      charts:
        kind === 'classic'
          ? [...traffic(kind, dimensions), hosts(hostLines(kind, dimensions, ''))]
          : [
              ...traffic(kind, dimensions),
              ...(groups.length === 0
                ? []
                : [
                    hosts(
                      groups.flatMap((group) =>
                        hostLines(
                          kind,
                          { ...dimensions, ...groupDimensions(group.uid) },
                          groups.length > 1 ? ` ${shortName(group)}` : '',
                        ),
                      ),
                    ),
                  ]),
            ],
    };
  },
};

export const targetGroupCharts: ChartsDef<TargetGroupRow> = {
  iam: CHARTS_IAM,
  of: ({ uid, name, balancers }) => {
    const [balancer] = balancers;
    if (balancer === undefined) {
      return { none: `no load balancer sends to ${name}: CloudWatch measures nothing of it` };
    }
    const kind = kindOf(balancer);
    const dimensions = {
      ...balancerDimensions(balancer, kind),
      ...(kind === 'classic' ? {} : groupDimensions(uid)),
    };
    const of = hosts(hostLines(kind, dimensions, ''));
    return {
      title: `targetgroup ${name}`,
      // Network load balancers count flows for all their groups together.
      charts: kind === 'alb' || kind === 'classic' ? [...traffic(kind, dimensions), of] : [of],
    };
  },
};

/** The kind that the id of a load balancer's row tells. */
function kindOf(uid: string): BalancerKind {
  const [, kind = ''] = /:loadbalancer\/(app|net|gwy)\//.exec(uid) ?? [];
  return ({ app: 'alb', net: 'nlb', gwy: 'gwlb' } as const)[kind] ?? 'classic';
}

/** `app/name/id` of an ARN; a classic one goes by its name. */
const balancerDimensions = (uid: string, kind: BalancerKind): Dimensions =>
  kind === 'classic'
    ? { LoadBalancerName: uid.replace(/^classic\//, '') }
    : { LoadBalancer: uid.replace(/^.*:loadbalancer\//, '') };

/** `targetgroup/name/id` of an ARN. */
const groupDimensions = (uid: string): Dimensions => ({
  TargetGroup: uid.replace(/^.*:(?=targetgroup\/)/, ''),
});

/** What it was made for tells more than its name. */
const shortName = ({ name, services, resource }: TargetGroupRow): string =>
  services[0] ?? (resource === '' ? name : resource);

const SELDOM = 'no traffic in this time: load balancers send these only where there is some';

function traffic(kind: BalancerKind, dimensions: Dimensions): readonly Chart[] {
  const lines = linesOf(NAMESPACES[kind], dimensions);
  const common = { finest: MINUTE, quiet: SELDOM };
  const http = kind === 'alb' ? ALB : CLASSIC;
  if (kind === 'alb' || kind === 'classic') {
    return [
      {
        ...common,
        ...{ title: 'Requests', unit: 'count', perSecond: true },
        lines: lines('Sum', { requests: 'RequestCount' }),
      },
      {
        ...common,
        ...{ title: 'Response time', unit: 'seconds' },
        lines: [
          ...lines('p99', { p99: http.time }),
          ...lines('p50', { p50: http.time }),
          ...lines('Average', { mean: http.time }),
        ],
      },
      {
        ...common,
        ...{ title: 'Errors', unit: 'count', perSecond: true, countsOf: 'Requests' },
        quiet: 'no requests in this time: load balancers send these only where there are some',
        lines: lines('Sum', http.errors('TargetGroup' in dimensions)),
      },
    ];
  }
  return [
    {
      ...common,
      ...{ title: 'New flows', unit: 'count', perSecond: true },
      lines: lines('Sum', { flows: 'NewFlowCount' }),
    },
    {
      ...common,
      ...{ title: 'Active flows', unit: 'count' },
      lines: lines('Average', { flows: 'ActiveFlowCount' }),
    },
    {
      ...common,
      ...{ title: 'Traffic', unit: 'bytes', perSecond: true },
      lines: lines('Sum', { bytes: 'ProcessedBytes' }),
    },
    {
      ...common,
      ...{ title: 'Resets', unit: 'count', perSecond: true },
      lines: lines('Sum', {
        targets: 'TCP_Target_Reset_Count',
        balancer: 'TCP_ELB_Reset_Count',
        clients: 'TCP_Client_Reset_Count',
      }),
    },
  ];
}

const ALB = {
  time: 'TargetResponseTime',
  errors: (ofGroup: boolean) => ({
    'targets 5xx': 'HTTPCode_Target_5XX_Count',
    'targets 4xx': 'HTTPCode_Target_4XX_Count',
    // What the balancer itself answers belongs to no group.
    ...(!ofGroup && { 'balancer 5xx': 'HTTPCode_ELB_5XX_Count' }),
  }),
} as const;

const CLASSIC = {
  time: 'Latency',
  errors: () => ({
    'targets 5xx': 'HTTPCode_Backend_5XX',
    'targets 4xx': 'HTTPCode_Backend_4XX',
    'balancer 5xx': 'HTTPCode_ELB_5XX',
  }),
} as const;

const hosts = (lines: readonly ChartLine[]): Chart => ({
  ...{ title: 'Targets', unit: 'count', finest: MINUTE, lines },
  quiet: 'no targets were registered in this time',
});

/** Of several zones each tells of its own: the worst of a period counts. */
const hostLines = (
  kind: BalancerKind,
  dimensions: Dimensions,
  of: string,
): readonly ChartLine[] => {
  const lines = linesOf(NAMESPACES[kind], dimensions);
  return [
    ...lines('Minimum', { [`healthy${of}`]: 'HealthyHostCount' }),
    ...lines('Maximum', { [`unhealthy${of}`]: 'UnHealthyHostCount' }),
  ];
};

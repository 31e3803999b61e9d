/** What the components of a control plane write, where EKS sends it to CloudWatch. */
import { hash, noise } from '../random.ts';
import { type EksCluster, nodeName, type Region } from '../region.ts';
import type { LogGroup, LogStream } from '../log-group.ts';
import { streamOf } from './log-stream.ts';
import { RunLog } from './run.ts';
import { klogLine } from './servers.ts';
import type { Moment, Style } from './style.ts';
import { choose, hex, iso, latency, number } from './words.ts';

/** Each component by the type under which EKS turns its logs on. */
interface Component {
  readonly type: string;
  /** What its streams are called, before an id. */
  readonly stream: string;
  /** So many of it run. */
  readonly instances: number;
  /** Entries in a second. */
  readonly rate: number;
  readonly style: Style;
}

/** A control plane is replaced now and then; its streams begin anew. */
const LIFE = 4 * 86_400_000;

/** The log group of a control plane; none where no type of log is on. @param now ms */
export function controlPlaneLogs(
  region: Region,
  cluster: EksCluster,
  now: number,
): readonly LogGroup[] {
  const components = componentsOf(region, cluster).filter(({ type }) =>
    cluster.loggingTypes.includes(type),
  );
  if (components.length === 0) return [];
  return [
    {
      name: `/aws/eks/${cluster.name}/cluster`,
      createdAt: cluster.createdAt,
      retentionDays: 0,
      streams: () => components.flatMap((component) => streamsOf(cluster, component, now)),
    },
  ];
}

function streamsOf(cluster: EksCluster, component: Component, now: number): readonly LogStream[] {
  const { stream, instances, rate, style } = component;
  return Array.from({ length: instances }, (_, i) => {
    const id = idOf(`${cluster.arn}/${stream}/${i}/${Math.floor(now / LIFE)}`);
    const run = {
      ...{ id, app: stream, pod: stream, endedAt: null, exitCode: 0, reason: '' },
      startedAt: Math.max(cluster.createdAt, Math.floor(now / LIFE - 1) * LIFE),
      logging: { style: 'klog', rate: rate / instances },
    } as const;
    return streamOf(`${stream}-${id}`, new RunLog(run, style), (line) => line);
  });
}

function idOf(text: string): string {
  const seed = hash(text);
  return Array.from({ length: 4 }, (_, i) =>
    Math.floor(noise(seed, i) * 2 ** 32)
      .toString(16)
      .padStart(8, '0'),
  ).join('');
}

const none = (): readonly string[] => [];

const RESOURCES = ['pods', 'nodes', 'leases', 'endpointslices', 'configmaps', 'events'] as const;

function componentsOf(region: Region, cluster: EksCluster): readonly Component[] {
  const users = usersOf(region, cluster);
  return [
    {
      ...{ type: 'api', stream: 'kube-apiserver', instances: 2, rate: 0.8 },
      style: { banner: none, entry: apiEntry, lastWords: none },
    },
    {
      ...{ type: 'audit', stream: 'kube-apiserver-audit', instances: 2, rate: 4 },
      style: { banner: none, entry: (moment) => [auditEntry(moment, users)], lastWords: none },
    },
    {
      ...{ type: 'authenticator', stream: 'authenticator', instances: 1, rate: 0.3 },
      style: { banner: none, entry: (moment) => [signIn(moment, region)], lastWords: none },
    },
    {
      ...{ type: 'controllerManager', stream: 'kube-controller-manager', instances: 1, rate: 0.4 },
      style: { banner: none, entry: managerEntry, lastWords: none },
    },
    {
      ...{ type: 'scheduler', stream: 'kube-scheduler', instances: 1, rate: 0.3 },
      style: { banner: none, entry: schedulerEntry, lastWords: none },
    },
  ];
}

const usersOf = (region: Region, cluster: EksCluster): readonly string[] => [
  region.caller.arn,
  'system:serviceaccount:kube-system:metrics-server',
  'system:serviceaccount:kube-system:aws-load-balancer-controller',
  'eks:kube-controller-manager',
  ...[...cluster.instances.values()].map((each) => `system:node:${nodeName(each)}`),
];

function apiEntry(moment: Moment): readonly string[] {
  const took = latency(moment, 4);
  const [severity, text] = choose(moment, 1, [
    [
      'I',
      `httplog.go:134] "HTTP" verb="LIST" URI="/api/v1/${choose(moment, 2, RESOURCES)}?limit=500" latency="${took}ms" resp=200`,
    ],
    ['I', `trace.go:236] Trace[${number(moment, 3, 1e6, 9e6)}]: "Get" total time: ${took + 500}ms`],
    ['I', 'controller.go:667] quota admission added evaluator for: deployments.apps'],
    ['I', `cidrallocator.go:277] updated ClusterIP allocator for Service CIDR`],
    ['W', 'dispatcher.go:225] Failed calling webhook, failing open validate.kyverno.svc-ignore'],
    ['E', `wrap.go:53] "Timeout or abort while handling" method="GET" URI="/api/v1/watch/pods"`],
  ] as const);
  // Most is small talk: what went wrong is rare.
  return severity !== 'I' && moment.chance(9) > 0.1
    ? [klogLine('I', moment.time, 'alloc.go:330] "allocated clusterIPs" service="shop/cart"')]
    : [klogLine(severity, moment.time, text)];
}

function auditEntry(moment: Moment, users: readonly string[]): string {
  const resource = choose(moment, 1, RESOURCES);
  const verb = choose(moment, 2, ['get', 'list', 'watch', 'patch', 'update', 'create'] as const);
  const denied = moment.chance(3) < 0.01;
  const path = `/api/v1/namespaces/shop/${resource}`;
  return JSON.stringify({
    ...{ kind: 'Event', apiVersion: 'audit.k8s.io/v1', level: 'Metadata' },
    auditID: hex(moment, 4, 32),
    stage: 'ResponseComplete',
    ...{ requestURI: path, verb },
    user: { username: choose(moment, 5, users), groups: ['system:authenticated'] },
    sourceIPs: [`10.0.${number(moment, 6, 0, 63)}.${number(moment, 7, 4, 250)}`],
    objectRef: { resource, namespace: 'shop', apiVersion: 'v1' },
    responseStatus: denied
      ? { status: 'Failure', reason: 'Forbidden', code: 403 }
      : { code: verb === 'create' ? 201 : 200 },
    requestReceivedTimestamp: iso(moment.time),
    annotations: { 'authorization.k8s.io/decision': denied ? 'forbid' : 'allow' },
  });
}

function signIn(moment: Moment, { caller, accountId }: Region): string {
  const time = iso(moment.time);
  if (moment.chance(1) < 0.03) {
    return `time="${time}" level=warning msg="access denied" client="127.0.0.1:${number(moment, 2, 30000, 60000)}" error="ARN is not mapped" arn="arn:aws:iam::${accountId}:role/Contractor" method=POST path=/authenticate`;
  }
  return `time="${time}" level=info msg="access granted" arn="${caller.arn
    .replace(':sts:', ':iam:')
    .replace('assumed-role', 'role')
    .replace(
      /\/demo$/,
      '',
    )}" client="127.0.0.1:${number(moment, 2, 30000, 60000)}" groups="[]" method=POST path=/authenticate username="${caller.arn}"`;
}

function managerEntry(moment: Moment): readonly string[] {
  const text = choose(moment, 1, [
    'event.go:389] "Event occurred" object="shop/cart" kind="Deployment" type="Normal" reason="ScalingReplicaSet"',
    `replica_set.go:679] "Finished syncing" kind="ReplicaSet" key="shop/cart-78db4c6c4" duration="${latency(moment, 2)}ms"`,
    `garbagecollector.go:549] "Processing item" item="[v1/Pod, shop]" virtual=false`,
    'horizontal.go:881] "Successfully rescaled" HPA="shop/cart" currentReplicas=4 desiredReplicas=5',
  ]);
  return [klogLine('I', moment.time, text)];
}

function schedulerEntry(moment: Moment): readonly string[] {
  const text = choose(moment, 1, [
    `schedule_one.go:314] "Successfully bound pod to node" pod="shop/cart" evaluatedNodes=${number(moment, 2, 8, 40)} feasibleNodes=${number(moment, 3, 1, 8)}`,
    'schedule_one.go:1055] "Unable to schedule pod; no fit; waiting" pod="ml/trainer" err="0/24 nodes are available: 24 Insufficient nvidia.com/gpu."',
  ]);
  return [klogLine('I', moment.time, text)];
}

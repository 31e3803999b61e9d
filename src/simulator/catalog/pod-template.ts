import { templateOf } from '../world/defaults.ts';
import type { Container, Labels, PodTemplate, Toleration } from '../world/objects.ts';
import type { App } from './app.ts';

const SIDECARS: Readonly<Record<string, Container>> = {
  envoy: {
    name: 'envoy',
    image: 'public.ecr.aws/appmesh/aws-appmesh-envoy:v1.34.4.0-prod',
    ports: [{ name: 'proxy', containerPort: 15001 }],
    resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '192Mi' } },
  },
  'log-router': {
    name: 'log-router',
    image: 'public.ecr.aws/aws-observability/aws-for-fluent-bit:2.34.1',
    resources: { requests: { cpu: '20m', memory: '48Mi' } },
  },
  exporter: {
    name: 'exporter',
    image: 'quay.io/prometheuscommunity/exporter:v1.9.0',
    ports: [{ name: 'metrics', containerPort: 9187 }],
    resources: { requests: { cpu: '20m', memory: '32Mi' }, limits: { memory: '64Mi' } },
  },
  'aws-eks-nodeagent': {
    name: 'aws-eks-nodeagent',
    image:
      '602401143452.dkr.ecr.eu-central-1.amazonaws.com/amazon/aws-network-policy-agent:v1.2.7-eksbuild.1',
    args: ['--enable-network-policy=true', '--enable-policy-event-logs=false'],
    resources: { requests: { cpu: '25m' } },
  },
};

/** The labels by which an app's pods are selected: they never change. */
export function selectorLabels(app: App): Labels {
  return { 'app.kubernetes.io/instance': app.name, 'app.kubernetes.io/name': app.name };
}

/** The labels of an app's objects. */
export function appLabels(app: App, managed: boolean): Labels {
  return {
    ...selectorLabels(app),
    'app.kubernetes.io/part-of': app.namespace,
    'app.kubernetes.io/version': app.image.slice(app.image.lastIndexOf(':') + 1),
    ...(managed && { 'app.kubernetes.io/managed-by': 'Helm' }),
    ...app.labels,
  };
}

/** The pod template of an app at its present release. */
export function podTemplate(app: App): PodTemplate {
  const job = app.kind === 'CronJob';
  return templateOf({
    metadata: {
      labels: appLabels(app, false),
      annotations: {
        'checksum/config': checksum(app),
        ...(app.port > 0 && {
          'prometheus.io/port': String(app.port),
          'prometheus.io/scrape': 'true',
        }),
      },
    },
    spec: {
      ...(app.init !== undefined && {
        initContainers: [
          { name: `${app.name}-init`, image: app.init, ...(app.hostNetwork && { env: [] }) },
        ],
      }),
      containers: [
        mainContainer(app),
        ...(app.sidecars ?? []).flatMap((name) => SIDECARS[name] ?? []),
      ],
      ...(job && { restartPolicy: 'Never' }),
      serviceAccountName: app.name,
      serviceAccount: app.name,
      ...(app.hostNetwork && { hostNetwork: true }),
      ...(app.priority && { priorityClassName: app.priority }),
      ...(app.pool && { nodeSelector: { 'shop.example.com/pool': app.pool } }),
      ...(tolerationsOf(app).length > 0 && { tolerations: tolerationsOf(app) }),
      ...(app.kind === 'Deployment' &&
        app.replicas > 2 && { topologySpreadConstraints: [spread(app)] }),
      securityContext: app.hostNetwork ? {} : { fsGroup: 65534, runAsNonRoot: true },
      volumes: [
        { name: 'config', configMap: { name: `${app.name}-config`, defaultMode: 420 } },
        { name: 'tmp', emptyDir: {} },
        ...(app.shares !== undefined
          ? [{ name: app.shares, persistentVolumeClaim: { claimName: app.shares } }]
          : []),
      ],
    },
  });
}

function mainContainer(app: App): Container {
  const portName = app.portName ?? 'http';
  const probe = (path: string, more: object): object => ({
    httpGet: { path, port: portName, scheme: 'HTTP' },
    timeoutSeconds: 1,
    periodSeconds: 10,
    successThreshold: 1,
    failureThreshold: 3,
    ...more,
  });
  const limits = {
    ...(app.cpuLimit !== undefined && { cpu: app.cpuLimit }),
    ...(app.memoryLimit !== undefined && { memory: app.memoryLimit }),
  };
  return {
    name: app.name,
    image: app.image,
    ...(app.port > 0 && { ports: [{ name: portName, containerPort: app.port }] }),
    env: environment(app),
    envFrom: [{ configMapRef: { name: `${app.name}-config` } }],
    resources: {
      ...(Object.keys(limits).length > 0 && { limits }),
      requests: { cpu: app.cpu, memory: app.memory },
    },
    volumeMounts: [
      { name: 'config', mountPath: '/etc/app', readOnly: true },
      { name: 'tmp', mountPath: '/tmp' },
      ...(app.shares !== undefined ? [{ name: app.shares, mountPath: `/mnt/${app.shares}` }] : []),
      ...(app.volume !== undefined ? [{ name: 'data', mountPath: '/var/lib/data' }] : []),
    ],
    ...(app.port > 0 &&
      app.kind !== 'CronJob' && {
        livenessProbe: probe('/livez', { initialDelaySeconds: 30 }),
        readinessProbe: probe('/readyz', { initialDelaySeconds: 2 }),
      }),
    ...(!app.hostNetwork && {
      securityContext: {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        readOnlyRootFilesystem: true,
      },
    }),
  };
}

function environment(app: App): object[] {
  const field = (name: string, fieldPath: string): object => ({
    name,
    valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath } },
  });
  return [
    field('POD_NAME', 'metadata.name'),
    field('POD_IP', 'status.podIP'),
    field('NODE_NAME', 'spec.nodeName'),
    { name: 'LOG_LEVEL', value: 'info' },
    { name: 'OTEL_SERVICE_NAME', value: app.name },
    { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: 'http://otel-collector.observability:4317' },
    ...Object.entries(app.env ?? {}).map(([name, value]) => ({ name, value })),
    ...(app.secrets ?? []).map((name) => ({
      name,
      valueFrom: { secretKeyRef: { name: `${app.name}-secrets`, key: name.toLowerCase() } },
    })),
  ];
}

function tolerationsOf(app: App): Toleration[] {
  if (app.tolerateAll) return [{ operator: 'Exists' }];
  return [
    ...(app.pool === 'data'
      ? [{ key: 'dedicated', operator: 'Equal', value: 'data', effect: 'NoSchedule' }]
      : []),
    ...(app.pool === 'gpu'
      ? [{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }]
      : []),
    ...(app.spotTolerant
      ? [{ key: 'shop.example.com/spot', operator: 'Exists', effect: 'NoSchedule' }]
      : []),
    ...(app.priority === 'system-cluster-critical'
      ? [{ key: 'CriticalAddonsOnly', operator: 'Exists' }]
      : []),
  ];
}

function spread(app: App): object {
  return {
    maxSkew: 1,
    topologyKey: 'topology.kubernetes.io/zone',
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: selectorLabels(app) },
  };
}

function checksum(app: App): string {
  return Buffer.from(`${app.namespace}/${app.image}/${app.revision}`).toString('hex').slice(0, 32);
}

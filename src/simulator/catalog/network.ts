import { stampOf } from '../clock.ts';
import { withDefaults } from '../world/defaults.ts';
import type { Resource } from '../world/kinds.ts';
import type { KubeObject } from '../world/objects.ts';
import type { World } from '../world/world.ts';

/**
 * What stands round the apps: who serves ingresses, what an app left behind when it went, and what
 * its namespace may use.
 */
export function plantNetwork(world: World, createdAt: number): void {
  const plant = (resource: Resource, namespace: string, name: string, object: object): void => {
    if (namespace !== '' && !world.store.get('namespaces', '', namespace)) return;
    const metadata = {
      name,
      ...(namespace !== '' && { namespace }),
      creationTimestamp: stampOf(createdAt),
      ...(object as { metadata?: object }).metadata,
    };
    const full = { ...object, metadata } as KubeObject;
    world.store.create(resource, withDefaults(resource, full));
  };
  plant('ingressclasses', '', 'alb', {
    metadata: { annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' } },
    spec: {
      controller: 'ingress.k8s.aws/alb',
      parameters: { apiGroup: 'elbv2.k8s.aws', kind: 'IngressClassParams', name: 'alb' },
    },
  });
  plant('ingressclasses', '', 'nginx', { spec: { controller: 'k8s.io/ingress-nginx' } });
  const backend = { service: { name: 'web-classic', port: { number: 80 } } };
  plant('ingresses', 'storefront', 'web-classic', {
    spec: {
      ingressClassName: 'nginx',
      tls: [{ hosts: ['classic.shop.example.com'], secretName: 'classic-tls' }],
      rules: [
        {
          host: 'classic.shop.example.com',
          http: { paths: [{ path: '/', pathType: 'Prefix', backend }] },
        },
      ],
    },
    status: { loadBalancer: { ingress: [{ hostname: 'nginx.shop.example.com' }] } },
  });
  plant('poddisruptionbudgets', 'storefront', 'web-classic', {
    spec: { maxUnavailable: 0, selector: { matchLabels: { app: 'web-classic' } } },
  });
  plant('resourcequotas', 'storefront', 'team', {
    spec: {
      hard: {
        'requests.cpu': '40',
        'limits.memory': '160Gi',
        pods: '120',
        'services.loadbalancers': '1',
        'count/deployments.apps': '3',
      },
    },
  });
  plant('limitranges', 'storefront', 'defaults', {
    spec: {
      limits: [
        {
          type: 'Container',
          defaultRequest: { cpu: '100m', memory: '128Mi' },
          default: { cpu: '1', memory: '512Mi' },
          max: { cpu: '4', memory: '8Gi' },
        },
        { type: 'PersistentVolumeClaim', min: { storage: '1Gi' }, max: { storage: '500Gi' } },
      ],
    },
  });
  const labelled = (name: string) => ({ matchLabels: { 'app.kubernetes.io/name': name } });
  plant('networkpolicies', 'payments', 'default-deny', {
    spec: { podSelector: {}, policyTypes: ['Ingress'] },
  });
  plant('networkpolicies', 'payments', 'from-checkout', {
    spec: {
      podSelector: {},
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: [
            { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'checkout' } } },
          ],
          ports: [{ protocol: 'TCP', port: 8080 }],
        },
      ],
    },
  });
  plant('networkpolicies', 'notifications', 'mailer', {
    spec: { podSelector: labelled('mailer'), policyTypes: ['Ingress'] },
  });
  plant('networkpolicies', 'storefront', 'web-classic', {
    spec: {
      podSelector: { matchLabels: { app: 'web-classic' } },
      policyTypes: ['Ingress'],
      ingress: [{}],
    },
  });
  const system = [
    ['system-cluster-critical', 2_000_000_000],
    ['system-node-critical', 2_000_001_000],
  ] as const;
  for (const [name, value] of system) {
    plant('priorityclasses', '', name, { value, preemptionPolicy: 'PreemptLowerPriority' });
  }
  const served = [
    ['', 'v1', undefined],
    ['apps', 'v1', undefined],
    ['metrics.k8s.io', 'v1beta1', { namespace: 'kube-system', name: 'metrics-server', port: 443 }],
  ] as const;
  for (const [group, version, service] of served) {
    const [reason, message] =
      service === undefined
        ? ['Local', 'Local APIServices are always available']
        : ['Passed', 'all checks passed'];
    plant('apiservices', '', `${version}.${group}`, {
      spec: {
        ...(service && { service }),
        ...{ group, version, groupPriorityMinimum: 100, versionPriority: 100 },
      },
      status: { conditions: [{ type: 'Available', status: 'True', reason, message }] },
    });
  }
}

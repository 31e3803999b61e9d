import { stampOf } from '../clock.ts';
import type { Draft, KubeObject } from '../world/objects.ts';
import type { World } from '../world/world.ts';

/** Of a hook what differs from one to the other. */
interface Hook {
  /** The configuration that it is of. */
  readonly of: string;
  readonly name: string;
  /** A service of the cluster, or a port of the control plane itself, where EKS runs its own. */
  readonly asks: { readonly namespace: string; readonly name: string } | { readonly url: string };
  readonly operations: readonly string[];
  readonly group?: string;
  readonly resources: readonly string[];
  readonly failurePolicy: 'Fail' | 'Ignore';
  /** Only where a namespace has this label. */
  readonly label?: string;
}

const CONTROLLER = { namespace: 'kube-system', name: 'aws-load-balancer-webhook-service' };

const MUTATING: readonly Hook[] = [
  {
    of: 'pod-identity-webhook',
    name: 'iam-for-pods.amazonaws.com',
    asks: { url: 'https://127.0.0.1:23443/mutate' },
    operations: ['CREATE'],
    resources: ['pods'],
    failurePolicy: 'Ignore',
  },
  {
    of: 'aws-load-balancer-webhook',
    name: 'mservice.elbv2.k8s.aws',
    asks: CONTROLLER,
    operations: ['CREATE'],
    resources: ['services'],
    failurePolicy: 'Fail',
  },
];

const VALIDATING: readonly Hook[] = [
  {
    of: 'vpc-resource-validating-webhook',
    name: 'vpod.vpc.k8s.aws',
    asks: { url: 'https://127.0.0.1:9445/validate-v1-pod' },
    operations: ['CREATE', 'UPDATE', 'DELETE'],
    resources: ['pods'],
    failurePolicy: 'Ignore',
  },
  {
    of: 'aws-load-balancer-webhook',
    name: 'vingress.elbv2.k8s.aws',
    asks: CONTROLLER,
    operations: ['CREATE', 'UPDATE'],
    group: 'networking.k8s.io',
    resources: ['ingresses'],
    failurePolicy: 'Fail',
  },
  {
    // Whoever took the policy engine away left this behind.
    of: 'image-policy',
    name: 'images.policy.example.com',
    asks: { namespace: 'image-policy', name: 'image-policy' },
    operations: ['CREATE', 'UPDATE'],
    resources: ['pods'],
    failurePolicy: 'Ignore',
    label: 'image-policy.example.com/enforced',
  },
];

/** The admission webhooks of a cluster: those of EKS, of its controllers, and one that was forgotten. */
export function plantWebhooks(world: World, createdAt: number): void {
  const kinds = [
    ['mutatingwebhookconfigurations', MUTATING, { reinvocationPolicy: 'Never' }],
    ['validatingwebhookconfigurations', VALIDATING, {}],
  ] as const;
  for (const [resource, hooks, more] of kinds) {
    for (const [name, own] of Map.groupBy(hooks, ({ of }) => of)) {
      const webhooks = own.map((hook) => ({ ...webhook(hook), ...more }));
      const metadata = { name, creationTimestamp: stampOf(createdAt) };
      world.store.create(resource, { metadata, webhooks } as Draft<KubeObject>);
    }
  }
}

function webhook({ name, asks, operations, group = '', resources, failurePolicy, label }: Hook) {
  const namespaceSelector =
    label === undefined ? {} : { matchExpressions: [{ key: label, operator: 'Exists' }] };
  return {
    name,
    clientConfig: 'url' in asks ? asks : { service: { ...asks, path: '/admit', port: 9443 } },
    rules: [{ apiGroups: [group], apiVersions: ['v1'], operations, resources, scope: '*' }],
    failurePolicy,
    matchPolicy: 'Equivalent',
    namespaceSelector,
    objectSelector: {},
    sideEffects: 'None',
    timeoutSeconds: 10,
    admissionReviewVersions: ['v1'],
  };
}

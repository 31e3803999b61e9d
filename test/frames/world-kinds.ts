/** What the shop has of kinds beside its workloads: of most one that is well and one that is not. */
import { eventRow, rowOf, serviceAccountRow, workloadRow } from '../support/rows.ts';
import { gatewaysOf } from './world-gateways.ts';
import type { Rows } from './world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** @param now the moment of the frames */
export function kindsOf(now: number): Rows {
  return {
    ...trafficOf(now),
    ...gatewaysOf(now),
    ...boundsOf(now),
    ...karpenterOf(now),
    ...programsOf(now),
  };
}

function trafficOf(now: number): Rows {
  const shop = { namespace: 'shop', created: now - 20 * DAY };
  const to = (service: string, path = '/') => ({
    ...{ host: 'shop.example.com', path, pathType: 'Prefix' },
    ...{ service, port: '80', resource: '' },
  });
  return {
    ingressclasses: [
      rowOf('ingressclasses', {
        name: 'alb',
        created: now - 200 * DAY,
        controller: 'ingress.k8s.aws/alb',
        parameters: 'IngressClassParams/shared',
        isDefault: true,
      }),
      rowOf('ingressclasses', {
        name: 'nginx',
        created: now - 200 * DAY,
        controller: 'k8s.io/ingress-nginx',
      }),
    ],
    ingresses: [
      rowOf('ingresses', {
        ...shop,
        name: 'shop',
        hosts: ['shop.example.com', '*.shop.example.com'],
        backends: [to('web'), to('api', '/api')],
        tls: [{ hosts: ['shop.example.com'], secretName: 'shop-tls' }],
        address: 'k8s-public-0a1b2c3d4e-1846302.eu-central-1.elb.amazonaws.com',
        scheme: 'internet-facing',
      }),
      rowOf('ingresses', {
        ...shop,
        name: 'admin',
        className: 'nginx',
        specClass: 'nginx',
        hosts: ['admin.example.com'],
        backends: [to('admin')],
        tls: [{ hosts: ['admin.example.com'], secretName: 'admin-tls' }],
        address: 'nginx.example.com',
      }),
    ],
    networkpolicies: [
      rowOf('networkpolicies', { ...shop, name: 'default-deny', ingress: [] }),
      rowOf('networkpolicies', {
        ...shop,
        name: 'api',
        selector: 'app=api',
        ingress: [
          { peers: ['pods app=web'], ports: ['8080/TCP'] },
          { peers: ['namespace observability'], ports: ['metrics/TCP'] },
        ],
        egress: [{ peers: [], ports: [] }],
      }),
      rowOf('networkpolicies', { ...shop, name: 'legacy', selector: 'app=legacy', ingress: [] }),
    ],
  };
}

function boundsOf(now: number): Rows {
  const of = (namespace: string) => ({ namespace, created: now - 20 * DAY });
  const budget = { hasSelector: true, counted: true };
  const bound = {
    ...{ of: 'Container', min: '', max: '', defaultRequest: '', defaultLimit: '' },
    maxRatio: '',
  };
  return {
    pdbs: [
      rowOf('pdbs', {
        ...{ ...of('shop'), ...budget, name: 'api', selector: 'app=api', maxUnavailable: '1' },
        ...{ allowed: 1, healthy: 5, desired: 4, expected: 5 },
      }),
      rowOf('pdbs', {
        ...{ ...of('shop'), ...budget, name: 'cart', selector: 'app=cart', minAvailable: '5' },
        ...{ allowed: 0, healthy: 5, desired: 5, expected: 6 },
      }),
      rowOf('pdbs', {
        ...{ ...of('payments'), ...budget, name: 'checkout', selector: 'app=checkout' },
        ...{ minAvailable: '100%', allowed: 0, healthy: 5, desired: 5, expected: 5 },
      }),
      rowOf('pdbs', {
        ...{ ...of('payments'), ...budget, name: 'ledger', selector: 'app=ledger' },
        maxUnavailable: '1',
      }),
    ],
    resourcequotas: [
      rowOf('resourcequotas', {
        ...of('payments'),
        name: 'team',
        items: [
          { resource: 'pods', used: '10', hard: '10', share: 1 },
          { resource: 'requests.cpu', used: '2', hard: '8', share: 0.25 },
        ],
      }),
      rowOf('resourcequotas', {
        ...of('shop'),
        name: 'team',
        items: [
          { resource: 'limits.memory', used: '9Gi', hard: '32Gi', share: 9 / 32 },
          { resource: 'requests.cpu', used: '6', hard: '8', share: 0.75 },
          { resource: 'services.loadbalancers', used: '1', hard: '2', share: 0.5 },
        ],
      }),
    ],
    controllerrevisions: [
      rowOf('controllerrevisions', {
        name: 'agent-5d8c9f7b6d',
        namespace: 'kube-system',
        uid: 'revision-1',
        ownerKind: 'DaemonSet',
        ownerName: 'agent',
        revision: 2,
        containers: [{ name: 'agent', image: 'registry.example/agent:2.1' }],
      }),
    ],
    limitranges: [
      rowOf('limitranges', {
        ...of('shop'),
        name: 'defaults',
        items: [
          { ...bound, resource: 'cpu', defaultRequest: '100m', defaultLimit: '1', max: '4' },
          { ...bound, resource: 'memory', defaultRequest: '128Mi', defaultLimit: '512Mi' },
          { ...bound, of: 'PersistentVolumeClaim', resource: 'storage', min: '1Gi', max: '500Gi' },
        ],
      }),
    ],
    priorityclasses: [
      rowOf('priorityclasses', {
        ...{ name: 'system-node-critical', created: now - 200 * DAY, value: 2_000_001_000 },
        preemption: 'PreemptLowerPriority',
        description: 'Used for system critical pods that must not be moved from their node.',
      }),
      rowOf('priorityclasses', {
        ...{ name: 'standard', created: now - 20 * DAY, value: 1000, globalDefault: true },
        preemption: 'PreemptLowerPriority',
      }),
      rowOf('priorityclasses', {
        ...{ name: 'batch', created: now - 20 * DAY, value: -10, preemption: 'Never' },
        description: 'Work that waits.',
      }),
    ],
  };
}

function karpenterOf(now: number): Rows {
  const ready = { ready: 'True', created: now - 12 * DAY };
  const claim = {
    pool: 'burst',
    nodeClass: 'default',
    labels: { 'karpenter.sh/nodepool': 'burst' },
  };
  const crd = {
    ...{ created: now - 12 * DAY, established: true, scope: 'Cluster', conversion: 'None' },
    ...{ served: ['v1'], storage: 'v1', stored: ['v1'] },
  };
  return {
    nodepools: [
      rowOf('nodepools', {
        ...ready,
        name: 'burst',
        nodeClass: 'default',
        weight: 10,
        nodes: 1,
        used: { cpu: '8', memory: '32Gi', nodes: '1' },
        limits: { cpu: '8', memory: '256Gi' },
        atLimit: 'cpu',
        consolidation: 'WhenEmptyOrUnderutilized',
        consolidateAfter: '1m',
        budgets: ['10%'],
        requirements: ['capacity-type spot or on-demand', 'arch amd64'],
        expireAfter: '720h',
      }),
      rowOf('nodepools', {
        ...ready,
        name: 'gpu',
        ready: 'False',
        trouble: 'NodeClassNotReady: NodeClass is not ready',
        nodeClass: 'gpu',
        consolidation: 'WhenEmpty',
        consolidateAfter: '10m',
      }),
      rowOf('nodepools', {
        ...ready,
        name: 'steady',
        nodeClass: 'default',
        nodes: 3,
        used: { cpu: '24', memory: '96Gi', nodes: '3' },
        limits: { cpu: '64' },
        consolidation: 'WhenEmpty',
        consolidateAfter: '5m',
      }),
    ],
    nodeclaims: [
      rowOf('nodeclaims', {
        ...{ ...ready, ...claim, name: 'burst-7kq2m', phase: 'Ready', created: now - 5 * DAY },
        ...{ instanceType: 'm7g.large', zone: 'eu-central-1a', capacity: 'spot' },
        ...{ instanceId: 'i-0a1b2c3d4e5f60000', image: 'ami-0c1f3a7be92d4810f' },
        node: 'ip-10-0-0-20.eu-central-1.compute.internal',
      }),
      rowOf('nodeclaims', {
        ...{ ...claim, name: 'burst-qm4wt', phase: 'Launching', created: now - 22 * MINUTE },
        ...{ ready: 'Unknown', trouble: 'LaunchFailed: not authorized to perform ec2:CreateFleet' },
      }),
      rowOf('nodeclaims', {
        ...{ ...claim, name: 'burst-x7k2p', phase: 'Registering', created: now - MINUTE },
        ...{ ready: 'Unknown', instanceType: 'm7i.2xlarge', zone: 'eu-central-1b' },
        ...{ instanceId: 'i-0a1b2c3d4e5f60009', capacity: 'spot' },
      }),
    ],
    ec2nodeclasses: [
      rowOf('ec2nodeclasses', {
        ...{ ...ready, name: 'default', image: 'al2023@v20261110', role: 'prod-eu-karpenter-node' },
        subnets: [
          'subnet-0a1 eu-central-1a',
          'subnet-0b2 eu-central-1b',
          'subnet-0c3 eu-central-1c',
        ],
        securityGroups: ['sg-0d4 eks-cluster-sg-prod-eu'],
        images: ['ami-0c1f3a7be92d4810f amazon-eks-node-al2023'],
      }),
      rowOf('ec2nodeclasses', {
        ...{ ...ready, name: 'gpu', image: 'al2023@latest', role: 'prod-eu-karpenter-node' },
        ...{ ready: 'False', trouble: 'SubnetsNotFound: SubnetSelector did not match any Subnets' },
      }),
    ],
    customresourcedefinitions: [
      rowOf('customresourcedefinitions', {
        ...{ ...crd, name: 'nodepools.karpenter.sh', group: 'karpenter.sh' },
        ...{ kind: 'NodePool', plural: 'nodepools' },
        ...{ served: ['v1', 'v1beta1'], deprecated: ['v1beta1'], stored: ['v1beta1', 'v1'] },
      }),
      rowOf('customresourcedefinitions', {
        ...{ ...crd, name: 'certificates.cert-manager.io', group: 'cert-manager.io' },
        ...{ kind: 'Certificate', plural: 'certificates', shortNames: ['cert', 'certs'] },
        ...{ scope: 'Namespaced', conversion: 'Webhook', webhook: 'cert-manager/webhook' },
      }),
      rowOf('customresourcedefinitions', {
        ...{ ...crd, name: 'pools.example.com', group: 'example.com', kind: 'NodePool' },
        ...{ plural: 'pools', established: false, trouble: '"NodePool" is already in use' },
      }),
    ],
  };
}

function programsOf(now: number): Rows {
  const system = { namespace: 'kube-system', created: now - 200 * DAY };
  const agent = (desired: number, ready: number) => ({
    ...{ desired, current: desired, updated: desired, ready, available: ready },
  });
  const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
  return {
    daemonsets: [
      workloadRow('DaemonSet', {
        ...{ ...system, ...agent(6, 6), name: 'aws-node' },
        containers: [
          { name: 'aws-node', image: 'amazon-k8s-cni:v1.20.4' },
          { name: 'aws-eks-nodeagent', image: 'aws-network-policy-agent:v1.2.7' },
        ],
        policyAgent: { name: 'VPC CNI', enforces: false },
      }),
      workloadRow('DaemonSet', {
        ...{ ...system, ...agent(6, 4), name: 'ebs-csi-node' },
        containers: [{ name: 'ebs-plugin', image: 'aws-ebs-csi-driver:v1.52.1' }],
      }),
    ],
    statefulsets: [
      workloadRow('StatefulSet', {
        ...{ namespace: 'shop', created: now - 20 * DAY, name: 'db' },
        ...{ desired: 3, current: 3, ready: 2, updated: 3, available: 2 },
        containers: [{ name: 'postgres', image: 'postgres:17.2' }],
      }),
      workloadRow('StatefulSet', {
        ...{ namespace: 'shop', created: now - 20 * DAY, name: 'session-cache' },
        ...{ desired: 2, current: 2, ready: 2, updated: 2, available: 2 },
        containers: [{ name: 'redis', image: 'redis:7.4.2-alpine' }],
      }),
    ],
    serviceaccounts: [
      serviceAccountRow({
        ...{ namespace: 'shop', created: now - 20 * DAY, name: 'cart' },
        role: role('shop-prod-cart'),
      }),
      serviceAccountRow({ namespace: 'shop', created: now - 20 * DAY, name: 'default' }),
      serviceAccountRow({ namespace: 'shop', created: now - 20 * DAY, name: 'web' }),
    ],
    events: [
      eventRow({
        ...{ name: 'cart.1', namespace: 'shop', type: 'Warning', reason: 'BackOff', count: 212 },
        ...{ first: now - 3 * HOUR, last: now - MINUTE, source: 'kubelet' },
        ...{ objectKind: 'Pod', objectName: 'cart-66c7f9d4b-x7k22' },
        message: 'Back-off restarting failed container cart in pod cart-66c7f9d4b-x7k22_shop',
      }),
      eventRow({
        ...{ name: 'web.1', namespace: 'shop', reason: 'ScalingReplicaSet' },
        ...{ first: now - 12 * MINUTE, last: now - 12 * MINUTE, source: 'deployment-controller' },
        ...{ objectKind: 'Deployment', objectName: 'web' },
        message: 'Scaled up replica set web-5b8d4f7c9 from 4 to 5',
      }),
    ],
  };
}

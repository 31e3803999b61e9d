import { stampOf } from '../clock.ts';
import { hash, noise } from '../random.ts';
import { withDefaults } from '../world/defaults.ts';
import type { Resource } from '../world/kinds.ts';
import type { Service, ServicePort } from '../world/network-objects.ts';
import type { KubeObject, Labels } from '../world/objects.ts';
import type { World } from '../world/world.ts';
import { serviceIp } from '../world/service-ip.ts';
import type { App } from './app.ts';
import { appLabels, selectorLabels } from './pod-template.ts';

/** The domain that the shop's names are in. */
export const DOMAIN = 'shop.example.com';

const LB = 'service.beta.kubernetes.io/aws-load-balancer';

/** The service of an app, and where it has one the load balancer in front. */
export function plantService(world: World, app: App, createdAt: number): void {
  const { namespace, service, serviceName: name = app.name } = app;
  if (!service) return;
  const region = world.region.name;
  const id = balancerId(world, namespace, name);
  const balancer = balancers(app, region, id)[service];
  const balanced = service !== 'cluster' && service !== 'headless' && service !== 'alb';
  const port = service === 'cluster' || service === 'headless' ? app.port : 443;
  const ports: ServicePort[] = [
    {
      name: app.portName ?? 'http',
      protocol: app.portName === 'dns' ? 'UDP' : 'TCP',
      port: app.port === 8080 && !balanced ? 80 : port,
      targetPort: app.portName ?? 'http',
      ...((balanced || service === 'alb') && { nodePort: nodePort(`${namespace}/${name}`) }),
    },
  ];
  plant(world, 'services', {
    metadata: {
      name,
      namespace,
      labels: appLabels(app, true),
      ...(balancer?.annotations && { annotations: balancer.annotations }),
      creationTimestamp: stampOf(createdAt),
      ...(balanced && { finalizers: ['service.kubernetes.io/load-balancer-cleanup'] }),
    },
    spec: {
      type: balanced ? 'LoadBalancer' : service === 'alb' ? 'NodePort' : 'ClusterIP',
      clusterIP: service === 'headless' ? 'None' : serviceIp(world, `${namespace}/${name}`),
      selector: selectorLabels(app),
      ports,
      ...(balancer?.loadBalancerClass && { loadBalancerClass: balancer.loadBalancerClass }),
      ...(balanced && { allocateLoadBalancerNodePorts: true, externalTrafficPolicy: 'Cluster' }),
    },
    status: {
      loadBalancer: balancer && balanced ? { ingress: [{ hostname: balancer.hostname }] } : {},
    },
  });
  if (service === 'alb' && balancer) plantIngress(world, app, balancer.hostname, createdAt);
}

/** Services that no app stands behind. */
export function plantLooseServices(world: World, createdAt: number): void {
  const creationTimestamp = stampOf(createdAt);
  plant(world, 'services', {
    metadata: {
      name: 'kubernetes',
      namespace: 'default',
      labels: { component: 'apiserver', provider: 'kubernetes' },
      creationTimestamp,
    },
    spec: {
      type: 'ClusterIP',
      clusterIP: world.cluster.serviceCidr.replace(/0\/\d+$/, '1'),
      ports: [{ name: 'https', protocol: 'TCP', port: 443, targetPort: 443 }],
    },
    status: { loadBalancer: {} },
  });
  if (!world.store.get('namespaces', '', 'payments')) return;
  plant(world, 'services', {
    metadata: { name: 'psp-gateway', namespace: 'payments', creationTimestamp },
    spec: { type: 'ExternalName', externalName: 'gateway.psp.example.com' },
    status: { loadBalancer: {} },
  });
}

interface Balancer {
  readonly hostname: string;
  readonly annotations?: Labels;
  readonly loadBalancerClass?: string;
}

function balancers(app: App, region: string, id: string): Partial<Record<string, Balancer>> {
  const managed = managedName(app.namespace, app.name, id);
  return {
    nlb: {
      hostname: `${managed}-${id.slice(10, 26)}.elb.${region}.amazonaws.com`,
      loadBalancerClass: 'service.k8s.aws/nlb',
      annotations: {
        [`${LB}-nlb-target-type`]: 'ip',
        [`${LB}-scheme`]: 'internet-facing',
        [`${LB}-type`]: 'external',
        'external-dns.alpha.kubernetes.io/hostname': `${app.name}.${DOMAIN}`,
      },
    },
    'nlb-legacy': {
      hostname: `a${id}-${id.slice(0, 16)}.elb.${region}.amazonaws.com`,
      annotations: { [`${LB}-type`]: 'nlb', [`${LB}-internal`]: 'true' },
    },
    classic: {
      hostname: `a${id}-${String(hash(id) >>> 0).padStart(10, '1')}.${region}.elb.amazonaws.com`,
    },
    alb: { hostname: albHostname(managed, region, id) },
  };
}

/** `k8s-shop-api-1a2b3c4d5e`, as the AWS Load Balancer Controller names what it makes. */
function managedName(namespace: string, name: string, id: string): string {
  const short = (text: string): string => text.replace(/[^a-z0-9]/g, '').slice(0, 8);
  return `k8s-${short(namespace)}-${short(name)}-${id.slice(0, 10)}`;
}

const albHostname = (managed: string, region: string, id: string): string =>
  `${managed}-${String(hash(id) >>> 0)}.${region}.elb.amazonaws.com`;

/** What the balancer of an object goes by. */
const balancerId = ({ cluster }: World, namespace: string, name: string): string =>
  hex(`${cluster.name}/${namespace}/${name}`, 32);

/** The host name of the ALB of a gateway. */
export function gatewayHostname(world: World, namespace: string, name: string): string {
  const id = balancerId(world, namespace, name);
  return albHostname(managedName(namespace, name, id), world.region.name, id);
}

/** The host name of the NLB of a gateway. */
export function networkHostname(world: World, namespace: string, name: string): string {
  const id = balancerId(world, namespace, name);
  const managed = managedName(namespace, name, id);
  return `${managed}-${id.slice(0, 16)}.elb.${world.region.name}.amazonaws.com`;
}

function plantIngress(world: World, app: App, hostname: string, createdAt: number): void {
  const { namespace, name } = app;
  plant(world, 'ingresses', {
    metadata: {
      name,
      namespace,
      labels: appLabels(app, true),
      annotations: {
        'alb.ingress.kubernetes.io/scheme': 'internet-facing',
        'alb.ingress.kubernetes.io/target-type': 'ip',
        'alb.ingress.kubernetes.io/listen-ports': '[{"HTTPS":443}]',
      },
      creationTimestamp: stampOf(createdAt),
      finalizers: ['ingress.k8s.aws/resources'],
    },
    spec: {
      ingressClassName: 'alb',
      rules: [
        {
          host: `www.${DOMAIN}`,
          http: {
            paths: [
              {
                path: '/',
                pathType: 'Prefix',
                backend: { service: { name, port: { name: 'http' } } },
              },
            ],
          },
        },
      ],
    },
    status: { loadBalancer: { ingress: [{ hostname }] } },
  });
}

function plant(world: World, resource: Resource, object: object): void {
  const defaulted = withDefaults(resource, object as KubeObject) as Service;
  world.store.create(resource, defaulted);
}

function nodePort(key: string): number {
  return 30000 + Math.floor(noise(hash(key), 3) * 2767);
}

function hex(seed: string, length: number): string {
  let digits = '';
  for (let i = 0; digits.length < length; i++) {
    digits += Math.floor(noise(hash(seed), i) * 16).toString(16);
  }
  return digits;
}

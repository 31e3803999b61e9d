/** What of a service decides which load balancer stands before it. */
export interface BalancedService {
  readonly type: string;
  readonly loadBalancerClass: string;
  readonly annotations: Readonly<Record<string, string>>;
}

const PREFIX = 'service.beta.kubernetes.io/aws-load-balancer-';

/** The annotations that decide. */
export const BALANCER_ANNOTATIONS: readonly string[] = [
  `${PREFIX}type`,
  `${PREFIX}scheme`,
  `${PREFIX}internal`,
];

/**
 * Which AWS load balancer a service asks for: by its class (AWS Load Balancer Controller, EKS Auto
 * Mode), else by the annotation that the in-tree controller and older versions read. Empty for
 * services that are not of type LoadBalancer or are of a class that is not AWS's.
 */
export function loadBalancerOf(service: BalancedService): '' | 'classic' | 'nlb' | 'alb' {
  if (service.type !== 'LoadBalancer') return '';
  switch (service.loadBalancerClass) {
    case 'service.k8s.aws/nlb':
    case 'eks.amazonaws.com/nlb':
      return 'nlb';
    case 'service.k8s.aws/alb':
    case 'eks.amazonaws.com/alb':
      return 'alb';
    case '':
      break;
    default:
      return '';
  }
  const type = service.annotations[`${PREFIX}type`] ?? '';
  // `external` hands the service to the AWS Load Balancer Controller, which makes NLBs.
  return ['nlb', 'nlb-ip', 'external'].includes(type) ? 'nlb' : 'classic';
}

/**
 * Is the load balancer reachable from inside the VPC only? What the controllers make is internal
 * unless asked for otherwise; what the in-tree one makes is public.
 */
export function isInternal(service: BalancedService): boolean {
  const { annotations, loadBalancerClass } = service;
  if (loadBalancerOf(service) === '') return false;
  const scheme = annotations[`${PREFIX}scheme`];
  if (scheme !== undefined) return scheme !== 'internet-facing';
  const legacy = annotations[`${PREFIX}internal`];
  if (legacy !== undefined) return legacy !== 'false' && legacy !== '';
  const byController = ['external', 'nlb-ip'].includes(annotations[`${PREFIX}type`] ?? '');
  return loadBalancerClass !== '' || byController;
}

/** By what ingresses named their class before they had a field for it. */
export const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';
/** By what an ingress says whom its load balancer is for. */
export const ALB_SCHEME = 'alb.ingress.kubernetes.io/scheme';

/**
 * Which AWS load balancer an ingress gets of its own: an ALB of the AWS Load Balancer Controller or
 * of EKS Auto Mode. Empty for those that a proxy in the cluster serves, behind its own service.
 */
export function ingressBalancer({
  controller,
  className,
  defaultClass,
}: {
  readonly controller: string;
  readonly className: string;
  readonly defaultClass: string;
}): '' | 'alb' {
  if (controller !== '')
    return ['ingress.k8s.aws/alb', 'eks.amazonaws.com/alb'].includes(controller) ? 'alb' : '';
  return (className || defaultClass) === 'alb' ? 'alb' : '';
}

/** The class that the controller of VPC Lattice brings with it. */
const LATTICE_CLASS = 'amazon-vpc-lattice';

/** Whether VPC Lattice serves a gateway: its class has that name unless somebody made one more. */
export const isLattice = (gateway: {
  readonly className: string;
  readonly controller: string;
}): boolean =>
  gateway.className === LATTICE_CLASS || gatewayBalancer(gateway.controller) === 'lattice';

/**
 * What AWS has for a gateway, by the controller of its class: a load balancer of the AWS Load
 * Balancer Controller, or a service network of VPC Lattice. Empty for those that others serve, and
 * where the controller is not known.
 */
export function gatewayBalancer(controller: string): '' | 'alb' | 'nlb' | 'lattice' {
  switch (controller) {
    case 'gateway.k8s.aws/alb':
      return 'alb';
    case 'gateway.k8s.aws/nlb':
      return 'nlb';
    case 'application-networking.k8s.aws/gateway-api-controller':
      return 'lattice';
    default:
      return '';
  }
}

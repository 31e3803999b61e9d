import type { TagDescription } from '../../../../ports/aws/elb-shapes.ts';
import { limiter } from '../../limit.ts';
import type { Reads } from '../../polling/table.ts';
import { type Round, tolerate } from '../../polling/round.ts';
import { tagMap } from '../vpc/subnet-row.ts';

type TagsOf = Readonly<Record<string, string>>;

/** How the load balancers' tags say for whom controllers made them. */
export interface Owner {
  /** `service shop/api`, `ingress shop/web`, `ingress group shared`, `gateway shop/web`; empty where they do not tell. */
  readonly owner: string;
  readonly cluster: string;
  /** As `namespace/name`. */
  readonly services: readonly string[];
  /**
   * Of a target group of an ingress: `namespace/ingress-service:port`; of a gateway:
   * `namespace/gateway:namespace-route:HTTPRoute-namespace-service:port`.
   */
  readonly resource: string;
}

const CLUSTER_TAGS = ['elbv2.k8s.aws/cluster', 'eks:eks-cluster-name'];
const RESOURCE_TAGS = [
  'ingress.k8s.aws/resource',
  'ingress.eks.amazonaws.com/resource',
  'gateway.k8s.aws.alb/resource',
  'gateway.k8s.aws.nlb/resource',
];
const OWNED = 'kubernetes.io/cluster/';

/** Reads the tags of the AWS Load Balancer Controller, of EKS Auto Mode and of the in-tree one. */
export function ownerOf(tags: TagsOf): Owner {
  const service =
    tags['service.k8s.aws/stack'] ??
    tags['service.eks.amazonaws.com/stack'] ??
    tags['kubernetes.io/service-name'] ??
    '';
  const stack = tags['ingress.k8s.aws/stack'] ?? tags['ingress.eks.amazonaws.com/stack'] ?? '';
  const gateway = tags['gateway.k8s.aws.alb/stack'] ?? tags['gateway.k8s.aws.nlb/stack'] ?? '';
  const resource = RESOURCE_TAGS.map((key) => tags[key] ?? '').find((value) => value !== '') ?? '';
  const owned = Object.keys(tags).find((key) => key.startsWith(OWNED)) ?? '';
  const named = CLUSTER_TAGS.map((key) => tags[key] ?? '').find((name) => name !== '');
  return {
    owner: ownerText(service, stack, gateway),
    cluster: named ?? owned.slice(OWNED.length),
    services: service === '' ? [] : [service],
    resource: resource.includes(':') ? resource : '',
  };
}

function ownerText(service: string, stack: string, gateway: string): string {
  if (service !== '') return `service ${service}`;
  if (gateway !== '') return `gateway ${gateway}`;
  if (stack === '') return '';
  return stack.includes('/') ? `ingress ${stack}` : `ingress group ${stack}`;
}

/** Owners by ARN, or name of a classic balancer. What was made for whom never changes. */
export interface Owners {
  of(id: string): Owner | undefined;
  /** Asks for those that are not known yet. */
  learn(
    aws: Reads<'elasticloadbalancing:DescribeTags'>,
    arns: readonly string[],
    classics: readonly string[],
    round: Round,
  ): Promise<void>;
}

export function createOwners(): Owners {
  const known = new Map<string, Owner>();
  /** Those who ask at once ask one after the other: what one has learned is not asked for again. */
  const oneByOne = limiter(1);
  const idOf = ({ ResourceArn, LoadBalancerName }: TagDescription): string =>
    ResourceArn || LoadBalancerName;
  return {
    of: (id) => known.get(id),
    learn: (aws, arns, classics, round) =>
      oneByOne(async () => {
        const ResourceArns = arns.filter((id) => !known.has(id));
        const LoadBalancerNames = classics.filter((id) => !known.has(id));
        if (ResourceArns.length + LoadBalancerNames.length === 0) return;
        try {
          const answer = await aws.call(
            'elasticloadbalancing:DescribeTags',
            { ResourceArns, LoadBalancerNames },
            round.signal,
          );
          for (const one of answer.TagDescriptions) known.set(idOf(one), ownerOf(tagMap(one.Tags)));
        } catch (error) {
          tolerate(error, round);
        }
      }),
  };
}

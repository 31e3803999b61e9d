import {
  DescribeInstanceHealthCommand,
  DescribeLoadBalancersCommand as DescribeClassicCommand,
  DescribeTagsCommand as DescribeClassicTagsCommand,
  ElasticLoadBalancingClient,
} from '@aws-sdk/client-elastic-load-balancing';
import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeTagsCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { ClientConfig } from '../client-config.ts';
import {
  balancer,
  classicBalancer,
  instanceState,
  listener,
  tagged,
  targetGroup,
  targetHealth,
} from './elb-shapes.ts';
import { type Ask, type Operations, single } from './operation.ts';
import { allPages, listed } from './pages.ts';
import { many } from './shape.ts';
import { requireSafeEndpoint } from '../service-settings.ts';

/** AWS tells the tags of so many resources at once. */
const TAGGED_AT_ONCE = 20;

const chunks = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / TAGGED_AT_ONCE) }, (_, i) =>
    all.slice(i * TAGGED_AT_ONCE, (i + 1) * TAGGED_AT_ONCE),
  );

/**
 * The configuration of the classic generation, whose endpoint has a variable of its own.
 *
 * @throws {AwsConfigError} for an endpoint that is not safe to be asked
 */
function olderGeneration(config: ClientConfig) {
  const { endpoint: newer, olderEndpoint = '', ...rest } = config;
  // All services behind one endpoint, as emulators are.
  if (newer === olderEndpoint) return config;
  if (olderEndpoint === '') return rest;
  requireSafeEndpoint(olderEndpoint);
  return { ...rest, endpoint: olderEndpoint };
}

/** The door's calls of Elastic Load Balancing. Both generations are asked under one action. */
export function elbOperations(config: ClientConfig): Operations<'elasticloadbalancing'> {
  const client = new ElasticLoadBalancingV2Client(config);
  const classic = new ElasticLoadBalancingClient(olderGeneration(config));

  const balancers = (ask: Ask) =>
    allPages(
      (Marker) =>
        ask((options) => client.send(new DescribeLoadBalancersCommand({ Marker }), options)),
      (page) => many(balancer)(page.LoadBalancers),
      (page) => page.NextMarker,
    );
  const classics = (ask: Ask) =>
    allPages(
      (Marker) => ask((options) => classic.send(new DescribeClassicCommand({ Marker }), options)),
      (page) => many(classicBalancer)(page.LoadBalancerDescriptions),
      (page) => page.NextMarker,
    );

  return {
    'elasticloadbalancing:DescribeLoadBalancers': async (_, ask) => {
      const [LoadBalancers, LoadBalancerDescriptions] = await Promise.all([
        balancers(ask),
        classics(ask),
      ]);
      return { LoadBalancers, LoadBalancerDescriptions };
    },
    'elasticloadbalancing:DescribeListeners': listed(
      'Listeners',
      (input, Marker, options) =>
        client.send(new DescribeListenersCommand({ ...input, Marker }), options),
      (page) => many(listener)(page.Listeners),
      (page) => page.NextMarker,
    ),
    'elasticloadbalancing:DescribeTargetGroups': listed(
      'TargetGroups',
      (_, Marker, options) => client.send(new DescribeTargetGroupsCommand({ Marker }), options),
      (page) => many(targetGroup)(page.TargetGroups),
      (page) => page.NextMarker,
    ),
    'elasticloadbalancing:DescribeTargetHealth': single(
      (input, options) => client.send(new DescribeTargetHealthCommand(input), options),
      (answer) => ({
        TargetHealthDescriptions: many(targetHealth)(answer.TargetHealthDescriptions),
      }),
    ),
    'elasticloadbalancing:DescribeInstanceHealth': single(
      (input, options) => classic.send(new DescribeInstanceHealthCommand(input), options),
      (answer) => ({ InstanceStates: many(instanceState)(answer.InstanceStates) }),
    ),
    'elasticloadbalancing:DescribeTags': async ({ ResourceArns, LoadBalancerNames }, ask) => {
      const answers = await Promise.all([
        ...chunks(ResourceArns).map((arns) =>
          ask((options) => client.send(new DescribeTagsCommand({ ResourceArns: arns }), options)),
        ),
        ...chunks(LoadBalancerNames).map((names) =>
          ask((options) =>
            classic.send(new DescribeClassicTagsCommand({ LoadBalancerNames: names }), options),
          ),
        ),
      ]);
      return {
        TagDescriptions: answers.flatMap((answer) => many(tagged)(answer.TagDescriptions)),
      };
    },
  };
}

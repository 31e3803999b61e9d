/** What Elastic Load Balancing can be asked, of both generations, as `../aws-calls.ts` says. */
import type {
  ClassicBalancerDescription,
  InstanceStateDescription,
  ListenerDescription,
  LoadBalancerDescription,
  TagDescription,
  TargetGroupDescription,
  TargetHealthDescription,
} from './elb-shapes.ts';

/** Both generations have one service, and one IAM action for calls that both of them know. */
export interface ElbCalls {
  'elasticloadbalancing:DescribeLoadBalancers': {
    input: Readonly<Record<string, never>>;
    output: {
      readonly LoadBalancers: readonly LoadBalancerDescription[];
      readonly LoadBalancerDescriptions: readonly ClassicBalancerDescription[];
    };
  };
  'elasticloadbalancing:DescribeListeners': {
    input: { readonly LoadBalancerArn: string };
    output: { readonly Listeners: readonly ListenerDescription[] };
  };
  'elasticloadbalancing:DescribeTargetGroups': {
    input: Readonly<Record<string, never>>;
    output: { readonly TargetGroups: readonly TargetGroupDescription[] };
  };
  'elasticloadbalancing:DescribeTargetHealth': {
    input: { readonly TargetGroupArn: string };
    output: { readonly TargetHealthDescriptions: readonly TargetHealthDescription[] };
  };
  /** Of the classic generation. */
  'elasticloadbalancing:DescribeInstanceHealth': {
    input: { readonly LoadBalancerName: string };
    output: { readonly InstanceStates: readonly InstanceStateDescription[] };
  };
  /** Of any number of resources: AWS takes twenty at once. */
  'elasticloadbalancing:DescribeTags': {
    input: {
      readonly ResourceArns: readonly string[];
      /** Of classic balancers. */
      readonly LoadBalancerNames: readonly string[];
    };
    output: { readonly TagDescriptions: readonly TagDescription[] };
  };
}

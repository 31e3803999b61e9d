import type {
  ClassicBalancerDescription,
  InstanceStateDescription,
  ListenerDescription,
  LoadBalancerDescription,
  TagDescription,
  TargetGroupDescription,
  TargetHealthDescription,
} from '../../../ports/aws/elb-shapes.ts';
import { count, many, record, strings, tags, text, time } from './shape.ts';

/** What is read of a balancer of the second generation. */
export const balancer = record<LoadBalancerDescription>({
  LoadBalancerArn: text,
  LoadBalancerName: text,
  DNSName: text,
  CreatedTime: time,
  Scheme: text,
  VpcId: text,
  State: record<LoadBalancerDescription['State']>({ Code: text, Reason: text }),
  Type: text,
  AvailabilityZones: many(
    record<LoadBalancerDescription['AvailabilityZones'][number]>({
      ZoneName: text,
      SubnetId: text,
    }),
  ),
  SecurityGroups: strings,
});

type ListenerOfClassic = ClassicBalancerDescription['ListenerDescriptions'][number];

/** What is read of a classic one. */
export const classicBalancer = record<ClassicBalancerDescription>({
  LoadBalancerName: text,
  DNSName: text,
  CreatedTime: time,
  Scheme: text,
  VPCId: text,
  AvailabilityZones: strings,
  Subnets: strings,
  SecurityGroups: strings,
  ListenerDescriptions: many(
    record<ListenerOfClassic>({
      Listener: record<ListenerOfClassic['Listener']>({
        Protocol: text,
        LoadBalancerPort: count,
        InstancePort: count,
      }),
    }),
  ),
  HealthCheck: record<ClassicBalancerDescription['HealthCheck']>({ Target: text }),
});

/** What is read of a listener. */
export const listener = record<ListenerDescription>({ Port: count, Protocol: text });

/** What is read of a target group. */
export const targetGroup = record<TargetGroupDescription>({
  TargetGroupArn: text,
  TargetGroupName: text,
  Protocol: text,
  Port: count,
  VpcId: text,
  HealthCheckProtocol: text,
  HealthCheckPort: text,
  HealthCheckPath: text,
  LoadBalancerArns: strings,
  TargetType: text,
});

/** What is read of how a target does. */
export const targetHealth = record<TargetHealthDescription>({
  Target: record<TargetHealthDescription['Target']>({
    Id: text,
    Port: count,
    AvailabilityZone: text,
  }),
  TargetHealth: record<TargetHealthDescription['TargetHealth']>({
    State: text,
    Reason: text,
    Description: text,
  }),
});

/** What is read of how an instance behind a classic balancer does. */
export const instanceState = record<InstanceStateDescription>({
  InstanceId: text,
  State: text,
  ReasonCode: text,
  Description: text,
});

/** The tags of a resource of either generation. */
export const tagged = record<TagDescription>({
  ResourceArn: text,
  LoadBalancerName: text,
  Tags: tags,
});

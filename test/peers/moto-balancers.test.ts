/**
 * Load balancers of each kind and what is behind them, against what the aws CLI prints of the same
 * moto. Skipped where moto or the CLI is not installed.
 */
import { EC2 } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancing } from '@aws-sdk/client-elastic-load-balancing';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MotoCluster, startMotoCluster, type Told } from '../support/moto-cluster.ts';
import { onPath } from '../support/on-path.ts';

/** More than moto, or AWS, puts on one page. */
const MANY = 55;

describe.skipIf(!onPath('moto_server') || !onPath('aws'))('load balancers, and the aws CLI', () => {
  let moto: MotoCluster;

  beforeAll(async () => {
    moto = await startMotoCluster();
    const { name, subnets, vpc, sdk } = moto;
    const ec2 = new EC2(sdk);
    const { Images: [image] = [] } = await ec2.describeImages();
    const { Instances = [] } = await ec2.runInstances({
      ...{ ImageId: image?.ImageId, InstanceType: 'm5.large', SubnetId: subnets[0] },
      ...{ MinCount: 2, MaxCount: 2 },
    });

    const elb = new ElasticLoadBalancing(sdk);
    const old = { LoadBalancerName: 'old' };
    const ports = { LoadBalancerPort: 443, InstancePort: 30443 };
    await elb.createLoadBalancer({
      ...{ ...old, Scheme: 'internal', Subnets: [...subnets] },
      Listeners: [{ Protocol: 'TCP', InstanceProtocol: 'TCP', ...ports }],
      Tags: [
        { Key: `kubernetes.io/cluster/${name}`, Value: 'owned' },
        { Key: 'kubernetes.io/service-name', Value: 'shop/old' },
      ],
    });
    const HealthCheck = {
      ...{ Target: 'TCP:30443', Interval: 10, Timeout: 5 },
      ...{ UnhealthyThreshold: 6, HealthyThreshold: 2 },
    };
    await elb.configureHealthCheck({ ...old, HealthCheck });
    await elb.registerInstancesWithLoadBalancer({
      ...old,
      Instances: Instances.map(({ InstanceId }) => ({ InstanceId })),
    });

    const elbv2 = new ElasticLoadBalancingV2(sdk);
    const network = { Type: 'network' as const, Subnets: [...subnets] };
    const { LoadBalancers: [balancer] = [] } = await elbv2.createLoadBalancer({
      ...{ ...network, Name: 'net', Scheme: 'internal' },
      Tags: [
        { Key: 'elbv2.k8s.aws/cluster', Value: name },
        { Key: 'service.k8s.aws/stack', Value: 'shop/net' },
      ],
    });
    const listener = { Protocol: 'TCP', Port: 5432 } as const;
    const { TargetGroups: [group] = [] } = await elbv2.createTargetGroup({
      ...{ ...listener, Name: 'net', VpcId: vpc, TargetType: 'ip', HealthCheckProtocol: 'TCP' },
    });
    const TargetGroupArn = group?.TargetGroupArn;
    await elbv2.registerTargets({ TargetGroupArn, Targets: [{ Id: '172.31.0.9' }] });
    await elbv2.createListener({
      ...{ ...listener, LoadBalancerArn: balancer?.LoadBalancerArn },
      DefaultActions: [{ Type: 'forward', TargetGroupArn }],
    });
    await elbv2.createLoadBalancer({
      ...{ ...network, Name: 'others' },
      Tags: [{ Key: 'elbv2.k8s.aws/cluster', Value: 'another' }],
    });
  }, 300_000);
  afterAll(() => moto.close());

  it('tell the same of a classic one and of one of the network, and nothing of others', async () => {
    const classic = await moto.aws<{ zones: string[]; dns: string }[]>(
      'LoadBalancerDescriptions[].{name:LoadBalancerName,dns:DNSName,scheme:Scheme,zones:AvailabilityZones,subnets:Subnets,groups:SecurityGroups}',
      'elb describe-load-balancers',
    );
    const second = await moto.aws<{ zones: string[]; dns: string }[]>(
      'LoadBalancers[].{uid:LoadBalancerArn,name:LoadBalancerName,dns:DNSName,scheme:Scheme,state:State.Code,zones:AvailabilityZones[].ZoneName,subnets:AvailabilityZones[].SubnetId}',
      'elbv2 describe-load-balancers --names net',
    );
    const sorted = ({ zones, dns, ...rest }: { zones: string[]; dns: string }) => ({
      ...{ ...rest, zones: zones.toSorted(), dns: dns.toLowerCase() },
    });
    expect(await moto.rows('loadbalancers')).toMatchObject([
      ...second.map((each) => ({
        ...sorted(each),
        ...{ kind: 'nlb', owner: 'service shop/net', listeners: ['TCP:5432'] },
      })),
      ...classic.map((each) => ({
        ...sorted(each),
        ...{ kind: 'classic', owner: 'service shop/old', listeners: ['TCP:443'] },
      })),
    ]);
  });

  it('tell the same of what is behind them', async () => {
    const ours = await moto.rows('targetgroups');
    const [group] = await moto.aws<{ uid: string }[]>(
      'TargetGroups[].{uid:TargetGroupArn,name:TargetGroupName,protocol:Protocol,port:Port,targetType:TargetType,balancers:LoadBalancerArns}',
      'elbv2 describe-target-groups',
    );
    const health = await moto.aws<Told[]>(
      'TargetHealthDescriptions[].{id:Target.Id,port:Target.Port,state:TargetHealth.State}',
      `elbv2 describe-target-health --target-group-arn ${group?.uid}`,
    );
    const states = await moto.aws<{ id: string; state: string }[]>(
      'InstanceStates[].{id:InstanceId,state:State}',
      'elb describe-instance-health --load-balancer-name old',
    );
    expect(states).toHaveLength(2);
    const check = await moto.aws<string>(
      'LoadBalancerDescriptions[0].HealthCheck.Target',
      'elb describe-load-balancers',
    );
    expect(ours).toMatchObject([
      { ...group, targets: health, services: ['shop/net'] },
      {
        ...{ name: 'old', check, port: 30443, services: ['shop/old'] },
        targets: states.map(({ id, state }) => ({
          ...{ id, state: state === 'InService' ? 'healthy' : state, reason: '' },
        })),
      },
    ]);
  });

  it('are all told where there are more than one page of them', async () => {
    const { aws, subnets, sdk } = moto;
    const elb = new ElasticLoadBalancing(sdk);
    const listener = { Protocol: 'TCP', LoadBalancerPort: 80, InstancePort: 30_080 };
    for (let i = 0; i < MANY; i++) {
      const LoadBalancerName = `more-${i}`;
      await elb.createLoadBalancer({
        ...{ LoadBalancerName, Listeners: [listener], Subnets: [subnets[0]] },
      });
    }
    const theirs = await aws<string[]>(
      'LoadBalancerDescriptions[].LoadBalancerName',
      'elb describe-load-balancers',
    );
    expect(theirs).toHaveLength(MANY + 1);
    const ours = (await moto.rows('loadbalancers')).filter(({ kind }) => kind === 'classic');
    expect(ours.map(({ name }) => name).sort()).toEqual(theirs.sort());
  }, 300_000);
});

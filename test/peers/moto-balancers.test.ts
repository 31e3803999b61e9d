/**
 * Load balancers of each kind and what is behind them, against what the aws CLI prints of the same
 * moto. Skipped where moto or the CLI is not installed.
 */
import {
  CreateLoadBalancerCommand,
  ElasticLoadBalancingClient,
} from '@aws-sdk/client-elastic-load-balancing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MotoCluster, startMotoCluster, type Told } from '../support/moto-cluster.ts';
import { onPath } from '../support/on-path.ts';

/** More than moto, or AWS, puts on one page. */
const MANY = 55;

describe.skipIf(!onPath('moto_server') || !onPath('aws'))('load balancers, and the aws CLI', () => {
  let moto: MotoCluster;

  beforeAll(async () => {
    moto = await startMotoCluster();
    const { aws, name, subnets, vpc } = moto;
    const [image = ''] = aws<string[]>('Images[:1].ImageId', 'ec2 describe-images');
    const instances = aws<string[]>(
      'Instances[].InstanceId',
      `ec2 run-instances --image-id ${image} --instance-type m5.large --count 2`,
      ...['--subnet-id', subnets[0]],
    );
    const tags = [`Key=kubernetes.io/cluster/${name},Value=owned`];
    aws(
      '@',
      'elb create-load-balancer --load-balancer-name old',
      ...[
        '--listeners',
        'Protocol=TCP,LoadBalancerPort=443,InstanceProtocol=TCP,InstancePort=30443',
      ],
      ...['--subnets', ...subnets, '--scheme', 'internal'],
      ...['--tags', ...tags, 'Key=kubernetes.io/service-name,Value=shop/old'],
    );
    aws(
      '@',
      'elb configure-health-check --load-balancer-name old --health-check',
      'Target=TCP:30443,Interval=10,Timeout=5,UnhealthyThreshold=6,HealthyThreshold=2',
    );
    aws(
      '@',
      'elb register-instances-with-load-balancer --load-balancer-name old --instances',
      ...instances,
    );
    const balancer = aws<string>(
      'LoadBalancers[0].LoadBalancerArn',
      'elbv2 create-load-balancer --name net --type network --scheme internal --subnets',
      ...[...subnets, '--tags', `Key=elbv2.k8s.aws/cluster,Value=${name}`],
      'Key=service.k8s.aws/stack,Value=shop/net',
    );
    const group = aws<string>(
      'TargetGroups[0].TargetGroupArn',
      `elbv2 create-target-group --name net --protocol TCP --port 5432 --vpc-id ${vpc}`,
      ...['--target-type', 'ip', '--health-check-protocol', 'TCP'],
    );
    aws('@', `elbv2 register-targets --target-group-arn ${group} --targets`, 'Id=172.31.0.9');
    aws(
      '@',
      `elbv2 create-listener --load-balancer-arn ${balancer} --protocol TCP --port 5432`,
      ...['--default-actions', `Type=forward,TargetGroupArn=${group}`],
    );
    aws(
      '@',
      'elbv2 create-load-balancer --name others --type network --subnets',
      ...[...subnets, '--tags', 'Key=elbv2.k8s.aws/cluster,Value=another'],
    );
  }, 300_000);
  afterAll(() => moto.close());

  it('tell the same of a classic one and of one of the network, and nothing of others', async () => {
    const classic = moto.aws<{ zones: string[]; dns: string }[]>(
      'LoadBalancerDescriptions[].{name:LoadBalancerName,dns:DNSName,scheme:Scheme,zones:AvailabilityZones,subnets:Subnets,groups:SecurityGroups}',
      'elb describe-load-balancers',
    );
    const second = moto.aws<{ zones: string[]; dns: string }[]>(
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
    const [group] = moto.aws<{ uid: string }[]>(
      'TargetGroups[].{uid:TargetGroupArn,name:TargetGroupName,protocol:Protocol,port:Port,targetType:TargetType,balancers:LoadBalancerArns}',
      'elbv2 describe-target-groups',
    );
    const health = moto.aws<Told[]>(
      'TargetHealthDescriptions[].{id:Target.Id,port:Target.Port,state:TargetHealth.State}',
      `elbv2 describe-target-health --target-group-arn ${group?.uid}`,
    );
    const states = moto.aws<{ id: string; state: string }[]>(
      'InstanceStates[].{id:InstanceId,state:State}',
      'elb describe-instance-health --load-balancer-name old',
    );
    expect(states).toHaveLength(2);
    const check = moto.aws<string>(
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
    const client = new ElasticLoadBalancingClient(sdk);
    const listener = { Protocol: 'TCP', LoadBalancerPort: 80, InstancePort: 30_080 };
    for (let i = 0; i < MANY; i++) {
      const LoadBalancerName = `more-${i}`;
      const input = { LoadBalancerName, Listeners: [listener], Subnets: [subnets[0]] };
      await client.send(new CreateLoadBalancerCommand(input));
    }
    const theirs = aws<string[]>(
      'LoadBalancerDescriptions[].LoadBalancerName',
      'elb describe-load-balancers',
    );
    expect(theirs).toHaveLength(MANY + 1);
    const ours = (await moto.rows('loadbalancers')).filter(({ kind }) => kind === 'classic');
    expect(ours.map(({ name }) => name).sort()).toEqual(theirs.sort());
  }, 300_000);
});

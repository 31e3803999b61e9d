/**
 * The tables of AWS against what the aws CLI prints of the same moto: an emulator that does not know
 * this program tells both of the same volumes, subnets, interfaces, instances and load balancers.
 * Skipped where moto or the CLI is not installed.
 */
import { EC2 } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EksTableId, Tables } from '../../src/domain/tables/index.ts';
import { type MotoCluster, startMotoCluster, type Told } from '../support/moto-cluster.ts';
import { onPath } from '../support/on-path.ts';

const GIB = 2 ** 30;

describe.skipIf(!onPath('moto_server') || !onPath('aws'))(
  'the tables of AWS and the aws CLI',
  () => {
    let moto: MotoCluster;
    const aws: MotoCluster['aws'] = (query, ...words) => moto.aws(query, ...words);
    const filter = (name: string, value: string): string => `Name=${name},Values=${value}`;

    async function rows<T extends EksTableId>(table: T): Promise<readonly Tables[T][]> {
      const told = await moto.table(table);
      expect(told.status?.reason).toBe('');
      return told.rows;
    }

    beforeAll(async () => {
      moto = await startMotoCluster();
      const { name, subnets, vpc, sdk } = moto;
      const ec2 = new EC2(sdk);
      const owned = { Key: `kubernetes.io/cluster/${name}`, Value: 'owned' };
      const { Images: [image] = [] } = await ec2.describeImages();
      const { Instances: [instance] = [] } = await ec2.runInstances({
        ...{ ImageId: image?.ImageId, InstanceType: 'm5.large', SubnetId: subnets[0] },
        ...{ MinCount: 2, MaxCount: 2 },
        TagSpecifications: [{ ResourceType: 'instance', Tags: [owned] }],
      });
      const InstanceId = instance?.InstanceId;
      const volume = {
        AvailabilityZone: `${moto.region}a`,
        TagSpecifications: [
          {
            ResourceType: 'volume' as const,
            Tags: [
              owned,
              { Key: 'kubernetes.io/created-for/pv/name', Value: 'pvc-1' },
              { Key: 'kubernetes.io/created-for/pvc/name', Value: 'data' },
              { Key: 'kubernetes.io/created-for/pvc/namespace', Value: 'shop' },
            ],
          },
        ],
      };
      const { VolumeId } = await ec2.createVolume({
        ...{ ...volume, Size: 20, VolumeType: 'gp3', Encrypted: true },
      });
      await ec2.createVolume({ ...volume, Size: 8, VolumeType: 'io1', Iops: 300 });
      await ec2.attachVolume({ VolumeId, InstanceId, Device: '/dev/sdf' });

      const elbv2 = new ElasticLoadBalancingV2(sdk);
      const ours = { Key: 'elbv2.k8s.aws/cluster', Value: name };
      const { LoadBalancers: [balancer] = [] } = await elbv2.createLoadBalancer({
        ...{ Name: 'web', Scheme: 'internal', Subnets: [...subnets] },
        Tags: [ours, { Key: 'service.k8s.aws/stack', Value: 'shop/web' }],
      });
      const { TargetGroups: [group] = [] } = await elbv2.createTargetGroup({
        ...{ Name: 'web', Protocol: 'HTTP', Port: 8080, VpcId: vpc, TargetType: 'instance' },
        ...{ HealthCheckPath: '/healthz', Tags: [ours] },
      });
      const TargetGroupArn = group?.TargetGroupArn;
      await elbv2.registerTargets({ TargetGroupArn, Targets: [{ Id: InstanceId }] });
      await elbv2.createListener({
        ...{ LoadBalancerArn: balancer?.LoadBalancerArn, Protocol: 'HTTP', Port: 80 },
        DefaultActions: [{ Type: 'forward', TargetGroupArn }],
      });
    }, 300_000);
    afterAll(() => moto.close());

    const byId = (all: readonly Told[]): readonly Told[] =>
      all.toSorted((a, b) => String(a['id']).localeCompare(String(b['id'])));

    it('tell the same of volumes', async () => {
      const ours = (await rows('volumes')).map((row) => ({
        ...{ id: row.uid, state: row.state, zone: row.zone, type: row.type },
        ...{ size: (row.size ?? 0) / GIB, iops: row.iops, encrypted: row.encrypted },
        ...{ on: row.attachedTo.map((each) => each.split(' ')[0] ?? null), claim: row.claim },
      }));
      const theirs = await aws<Told[]>(
        'Volumes[].{id:VolumeId,state:State,zone:AvailabilityZone,type:VolumeType,size:Size,iops:Iops,encrypted:Encrypted,on:Attachments[].InstanceId}',
        ...[
          'ec2',
          'describe-volumes',
          '--filters',
          filter('tag-key', `kubernetes.io/cluster/${moto.name}`),
        ],
      );
      expect(theirs).toHaveLength(2);
      expect(byId(ours)).toEqual(byId(theirs.map((each) => ({ ...each, claim: 'shop/data' }))));
    });

    it('tell the same of subnets', async () => {
      const ours = (await rows('subnets')).map((row) => ({
        ...{ id: row.uid, vpc: row.vpc, zone: row.zone, zoneId: row.zoneId, cidr: row.cidr },
        free: row.free,
      }));
      const theirs = await aws<Told[]>(
        'Subnets[].{id:SubnetId,vpc:VpcId,zone:AvailabilityZone,zoneId:AvailabilityZoneId,cidr:CidrBlock,free:AvailableIpAddressCount}',
        ...['ec2', 'describe-subnets', '--filters', filter('vpc-id', moto.vpc)],
      );
      expect(theirs.length).toBeGreaterThan(1);
      expect(byId(ours)).toEqual(byId(theirs));
    });

    it('tell the same of interfaces', async () => {
      const ours = (await rows('networkinterfaces')).map((row) => ({
        ...{ id: row.uid, subnet: row.subnet, zone: row.zone, ip: row.ip, status: row.status },
        ...{ description: row.description, on: row.instanceId || null },
      }));
      const theirs = await aws<Told[]>(
        'NetworkInterfaces[].{id:NetworkInterfaceId,subnet:SubnetId,zone:AvailabilityZone,ip:PrivateIpAddress,status:Status,description:Description,on:Attachment.InstanceId}',
        ...['ec2', 'describe-network-interfaces', '--filters', filter('vpc-id', moto.vpc)],
      );
      expect(theirs.length).toBeGreaterThan(1);
      expect(byId(ours)).toEqual(byId(theirs));
    });

    it('tell the same of instances', async () => {
      const ours = (await rows('instances')).map((row) => ({
        ...{ id: row.uid, type: row.type, zone: row.zone, subnet: row.subnet, ip: row.ip },
        ...{ image: row.machine.image.id, state: row.machine.state },
      }));
      const theirs = await aws<Told[]>(
        'Reservations[].Instances[].{id:InstanceId,type:InstanceType,zone:Placement.AvailabilityZone,subnet:SubnetId,ip:PrivateIpAddress,image:ImageId,state:State.Name}',
        ...['ec2', 'describe-instances', '--filters', filter('vpc-id', moto.vpc)],
      );
      expect(theirs).toHaveLength(2);
      expect(byId(ours)).toEqual(byId(theirs));
    });

    it('tell the same of Spot prices, and nothing of those that moto does not list', async () => {
      const told = await moto.table('prices');
      // It has no list prices of machines and answers with an error, which is said.
      expect(told.status?.reason).toContain('GetProducts');
      const ours = told.rows.map(({ uid, price }) => ({ uid, ...price }));
      const now = new Date().toISOString();
      const theirs = await aws<{ readonly zone: string; readonly price: string }[]>(
        'SpotPriceHistory[].{zone:AvailabilityZone,price:SpotPrice}',
        ...['ec2', 'describe-spot-price-history', '--instance-types', 'm5.large'],
        ...['--product-descriptions', 'Linux/UNIX', '--start-time', now],
      );
      expect(ours).toMatchObject([{ uid: `m5.large/${moto.region}a`, onDemand: null }]);
      const there = theirs
        .filter(({ zone }) => zone === `${moto.region}a`)
        .map(({ price }) => price);
      expect(ours[0]?.spot ?? null).toBe(there.length === 0 ? null : Number(there[0]));
    });

    it('say of Systems Manager what moto does not serve', async () => {
      const told = await moto.table('managednodes');
      expect(told.status?.state).not.toBe('live');
      expect(told.status?.reason).toContain('DescribeInstanceInformation');
      expect(told.rows).toEqual([]);
    });

    it('tell the same of load balancers and their targets', async () => {
      const ours = (await rows('loadbalancers')).map((row) => ({
        ...{ id: row.uid, name: row.name, dns: row.dns, scheme: row.scheme, state: row.state },
        zones: [...row.zones].sort(),
        owner: row.owner,
      }));
      const balancers = await aws<{ readonly zones: readonly string[] }[]>(
        'LoadBalancers[].{id:LoadBalancerArn,name:LoadBalancerName,dns:DNSName,scheme:Scheme,state:State.Code,zones:AvailabilityZones[].ZoneName}',
        ...['elbv2', 'describe-load-balancers'],
      );
      const theirs = balancers.map((each) => ({
        ...{ ...each, zones: each.zones.toSorted() },
        owner: 'service shop/web',
      }));
      expect(ours).toEqual(theirs);

      const [group] = await rows('targetgroups');
      const told = await aws<Told[]>(
        'TargetGroups[].{id:TargetGroupArn,name:TargetGroupName,protocol:Protocol,port:Port,targetType:TargetType,balancers:LoadBalancerArns}',
        ...['elbv2', 'describe-target-groups'],
      );
      expect({ id: group?.uid, ...group }).toMatchObject(told[0] ?? {});
      const health = await aws<Told[]>(
        'TargetHealthDescriptions[].{id:Target.Id,port:Target.Port,state:TargetHealth.State}',
        ...['elbv2', 'describe-target-health', '--target-group-arn', group?.uid ?? ''],
      );
      expect(group?.targets).toMatchObject(health);
    });
  },
);

/**
 * The tables of AWS against what the aws CLI prints of the same moto: an emulator that does not know
 * this program tells both of the same volumes, subnets, interfaces, instances and load balancers.
 * Skipped where moto or the CLI is not installed.
 */
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
      const { name, subnets, vpc } = moto;
      const owned = `{Key=kubernetes.io/cluster/${name},Value=owned}`;
      const [image = ''] = aws<string[]>('Images[:1].ImageId', 'ec2', 'describe-images');
      const [instance = ''] = aws<string[]>(
        'Instances[].InstanceId',
        ...['ec2', 'run-instances', '--image-id', image, '--instance-type', 'm5.large'],
        ...['--subnet-id', subnets[0], '--count', '2'],
        ...['--tag-specifications', `ResourceType=instance,Tags=[${owned}]`],
      );
      const volume = (...more: readonly string[]): string =>
        aws<string>(
          'VolumeId',
          ...['ec2', 'create-volume', '--availability-zone', `${moto.region}a`, ...more],
          '--tag-specifications',
          `ResourceType=volume,Tags=[${owned},{Key=kubernetes.io/created-for/pv/name,Value=pvc-1},{Key=kubernetes.io/created-for/pvc/name,Value=data},{Key=kubernetes.io/created-for/pvc/namespace,Value=shop}]`,
        );
      const attached = volume('--size', '20', '--volume-type', 'gp3', '--encrypted');
      volume('--size', '8', '--volume-type', 'io1', '--iops', '300');
      aws(
        'State',
        'ec2',
        'attach-volume',
        '--volume-id',
        attached,
        ...['--instance-id', instance, '--device', '/dev/sdf'],
      );
      const balancer = aws<string>(
        'LoadBalancers[0].LoadBalancerArn',
        ...['elbv2', 'create-load-balancer', '--name', 'web', '--scheme', 'internal'],
        ...['--subnets', subnets[0], subnets[1]],
        ...[
          '--tags',
          `Key=elbv2.k8s.aws/cluster,Value=${name}`,
          'Key=service.k8s.aws/stack,Value=shop/web',
        ],
      );
      const group = aws<string>(
        'TargetGroups[0].TargetGroupArn',
        ...[
          'elbv2',
          'create-target-group',
          '--name',
          'web',
          '--protocol',
          'HTTP',
          '--port',
          '8080',
        ],
        ...['--vpc-id', vpc, '--target-type', 'instance', '--health-check-path', '/healthz'],
        ...['--tags', `Key=elbv2.k8s.aws/cluster,Value=${name}`],
      );
      aws(
        '@',
        'elbv2',
        'register-targets',
        '--target-group-arn',
        group,
        ...['--targets', `Id=${instance}`],
      );
      aws(
        'Listeners[0].Port',
        ...['elbv2', 'create-listener', '--load-balancer-arn', balancer, '--protocol', 'HTTP'],
        ...['--port', '80', '--default-actions', `Type=forward,TargetGroupArn=${group}`],
      );
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
      const theirs = aws<Told[]>(
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
      const theirs = aws<Told[]>(
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
      const theirs = aws<Told[]>(
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
      const theirs = aws<Told[]>(
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
      const theirs = aws<{ readonly zone: string; readonly price: string }[]>(
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
      const theirs = aws<{ readonly zones: readonly string[] }[]>(
        'LoadBalancers[].{id:LoadBalancerArn,name:LoadBalancerName,dns:DNSName,scheme:Scheme,state:State.Code,zones:AvailabilityZones[].ZoneName}',
        ...['elbv2', 'describe-load-balancers'],
      ).map((each) => ({ ...each, zones: each.zones.toSorted(), owner: 'service shop/web' }));
      expect(ours).toEqual(theirs);

      const [group] = await rows('targetgroups');
      const told = aws<Told[]>(
        'TargetGroups[].{id:TargetGroupArn,name:TargetGroupName,protocol:Protocol,port:Port,targetType:TargetType,balancers:LoadBalancerArns}',
        ...['elbv2', 'describe-target-groups'],
      );
      expect({ id: group?.uid, ...group }).toMatchObject(told[0] ?? {});
      const health = aws<Told[]>(
        'TargetHealthDescriptions[].{id:Target.Id,port:Target.Port,state:TargetHealth.State}',
        ...['elbv2', 'describe-target-health', '--target-group-arn', group?.uid ?? ''],
      );
      expect(group?.targets).toMatchObject(health);
    });
  },
);

/**
 * File systems, names, groups and what they scale, against what the aws CLI prints of the same moto.
 * Skipped where moto or the CLI is not installed.
 */
import {
  ChangeResourceRecordSetsCommand,
  type ResourceRecordSet,
  Route53Client,
} from '@aws-sdk/client-route-53';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MotoCluster, startMotoCluster, type Told } from '../support/moto-cluster.ts';
import { onPath } from '../support/on-path.ts';

const ROLE = 'arn:aws:iam::123456789012:role/any';
const BALANCER = 'web-1.elb.eu-central-1.amazonaws.com';
const GIB = 2 ** 30;
/** More records than Route 53 puts on one page. */
const MANY = 310;

describe.skipIf(!onPath('moto_server') || !onPath('aws'))(
  'file systems, names and groups, and the aws CLI',
  () => {
    let moto: MotoCluster;

    beforeAll(async () => {
      moto = await startMotoCluster();
      const { aws, name } = moto;
      const [subnet] = moto.subnets;
      const id = aws<string>(
        'FileSystemId',
        'efs create-file-system --encrypted --throughput-mode bursting',
        ...['--tags', 'Key=Name,Value=media'],
      );
      aws('@', `efs create-mount-target --file-system-id ${id} --subnet-id ${subnet}`);
      aws('@', `efs create-access-point --file-system-id ${id} --root-directory Path=/images`);
      const fsx = (type: string, size: string, ...more: readonly string[]): unknown =>
        aws(
          '@',
          `fsx create-file-system --file-system-type ${type} --storage-capacity ${size}`,
          ...['--subnet-ids', subnet, ...more],
        );
      fsx(
        'LUSTRE',
        '1200',
        ...['--lustre-configuration', 'DeploymentType=SCRATCH_2', '--tags', 'Key=Name,Value=tmp'],
      );
      fsx(
        'OPENZFS',
        '64',
        '--open-zfs-configuration',
        'DeploymentType=SINGLE_AZ_1,ThroughputCapacity=128',
      );
      fsx(
        'WINDOWS',
        '300',
        '--windows-configuration',
        'DeploymentType=SINGLE_AZ_2,ThroughputCapacity=32',
      );
      const zone = aws<string>(
        'HostedZone.Id',
        'route53 create-hosted-zone --name example.com --caller-reference one',
      );
      const alias = { HostedZoneId: 'Z2', DNSName: BALANCER, EvaluateTargetHealth: false };
      const sets = [
        { Name: 'www.example.com', Type: 'A', AliasTarget: alias },
        { Name: '*.example.com', Type: 'CNAME', TTL: 60, ResourceRecords: [{ Value: BALANCER }] },
      ];
      const batch = {
        Changes: sets.map((ResourceRecordSet) => ({ Action: 'CREATE', ResourceRecordSet })),
      };
      aws(
        'ChangeInfo.Status',
        `route53 change-resource-record-sets --hosted-zone-id ${zone}`,
        ...['--change-batch', JSON.stringify(batch)],
      );
      aws(
        'nodegroup.status',
        `eks create-nodegroup --cluster-name ${name} --nodegroup-name web --node-role ${ROLE}`,
        ...['--subnets', subnet, '--instance-types', 'm5.large'],
        ...['--scaling-config', 'minSize=1,maxSize=5,desiredSize=2'],
      );
    }, 300_000);
    afterAll(() => moto.close());

    it('tell the same of file systems', async () => {
      const theirs = moto.aws<Told[]>(
        'FileSystems[].{id:FileSystemId,label:Name,state:LifeCycleState,type:ThroughputMode,encrypted:Encrypted}',
        'efs describe-file-systems',
      );
      const [fs] = (await moto.rows('filesystems')).filter(({ kind }) => kind === 'EFS');
      expect([{ id: fs?.uid, ...fs }]).toMatchObject(theirs);
      const id = fs?.uid ?? '';
      const mounts = moto.aws<Told[]>(
        'MountTargets[].{id:MountTargetId,zone:AvailabilityZoneName,subnet:SubnetId,ip:IpAddress,state:LifeCycleState}',
        `efs describe-mount-targets --file-system-id ${id}`,
      );
      expect(fs?.mounts).toEqual(mounts);
      const points = moto.aws<Told[]>(
        'AccessPoints[].{id:AccessPointId,path:RootDirectory.Path,state:LifeCycleState}',
        `efs describe-access-points --file-system-id ${id}`,
      );
      expect(fs?.accessPoints).toEqual(points);
    });

    it('tell the same of names', async () => {
      const [zone = ''] = moto.aws<string[]>('HostedZones[].Id', 'route53 list-hosted-zones');
      const theirs = moto.aws<{ name: string }[]>(
        "ResourceRecordSets[?Type=='A'||Type=='CNAME'].{name:Name,type:Type,ttl:TTL,alias:AliasTarget.DNSName,values:ResourceRecords[].Value}",
        `route53 list-resource-record-sets --hosted-zone-id ${zone}`,
      );
      expect(theirs).toHaveLength(2);
      const told = (await moto.rows('records')).map((row) => [
        row.name,
        row.types.join(),
        row.targets,
      ]);
      expect(told.sort()).toEqual([
        ['*.example.com', 'CNAME', [BALANCER]],
        ['www.example.com', 'A', [BALANCER]],
      ]);
    });

    it('tell the same of file systems of FSx', async () => {
      const theirs = moto.aws<{ size: number }[]>(
        "FileSystems[].{uid:FileSystemId,label:join('',Tags[?Key=='Name'].Value||`[]`),size:StorageCapacity,subnets:SubnetIds,type:LustreConfiguration.DeploymentType||OpenZFSConfiguration.DeploymentType||WindowsConfiguration.DeploymentType,throughput:OpenZFSConfiguration.ThroughputCapacity||WindowsConfiguration.ThroughputCapacity}",
        'fsx describe-file-systems',
      );
      const ours = (await moto.rows('filesystems')).filter(({ kind }) => kind !== 'EFS');
      expect(ours.map(({ kind }) => kind)).toEqual(['FSx Lustre', 'FSx OpenZFS', 'FSx Windows']);
      expect(ours).toMatchObject(theirs.map((each) => ({ ...each, size: each.size * GIB })));
    });

    it('tell the same of names of every policy, whatever page they are on', async () => {
      const id = moto.aws<string>(
        'HostedZone.Id',
        'route53 create-hosted-zone --name many.example --caller-reference two',
      );
      const client = new Route53Client(moto.sdk);
      const policies: readonly Partial<ResourceRecordSet>[] = [
        { SetIdentifier: 'blue', Weight: 90 },
        { SetIdentifier: 'green', Weight: 10 },
        { SetIdentifier: 'eu', Region: 'eu-central-1' },
        { SetIdentifier: 'de', GeoLocation: { CountryCode: 'DE' } },
        { SetIdentifier: 'first', Failover: 'PRIMARY' },
        { SetIdentifier: 'any', MultiValueAnswer: true },
      ];
      const named = (name: string, policy: Partial<ResourceRecordSet> = {}): ResourceRecordSet => ({
        ...{ Name: `${name}.many.example`, Type: 'A', TTL: 60, ...policy },
        ResourceRecords: [{ Value: '10.0.0.1' }],
      });
      const sets = [
        ...policies.map((policy) => named(`p-${policy.SetIdentifier}`, policy)),
        ...Array.from({ length: MANY }, (_, i) => named(`n${i}`)),
      ];
      const Changes = sets.map((ResourceRecordSet) => ({
        ...{ Action: 'CREATE' as const, ResourceRecordSet },
      }));
      const input = { HostedZoneId: id, ChangeBatch: { Changes } };
      await client.send(new ChangeResourceRecordSetsCommand(input));
      const theirs = moto.aws<{ name: string }[]>(
        "ResourceRecordSets[?Type=='A'].{name:Name,ttl:TTL,values:ResourceRecords[].Value}",
        `route53 list-resource-record-sets --hosted-zone-id ${id}`,
      );
      expect(theirs).toHaveLength(sets.length);
      const ours = (await moto.rows('records')).filter(({ zone }) => zone === 'many.example');
      const byName = (rows: readonly { readonly name: string }[]) =>
        rows.toSorted((a, b) => (a.name < b.name ? -1 : 1));
      expect(
        byName(ours.map(({ name, ttl, targets: values }) => ({ name: `${name}.`, ttl, values }))),
      ).toEqual(byName(theirs));
      const told = ours.filter(({ policy }) => policy !== '').map(({ policy }) => policy);
      expect(told.sort()).toEqual([
        ...['failover PRIMARY', 'geo DE', 'latency eu-central-1', 'multivalue any'],
        ...['weight 10', 'weight 90'],
      ]);
    });

    it('tell the same of managed node groups', async () => {
      const theirs = moto.aws<Told>(
        'nodegroup.{name:nodegroupName,status:status,min:scalingConfig.minSize,desired:scalingConfig.desiredSize,max:scalingConfig.maxSize,instanceTypes:instanceTypes,subnets:subnets,amiType:amiType,roleArn:nodeRole}',
        `eks describe-nodegroup --cluster-name ${moto.name} --nodegroup-name web`,
      );
      const group = (await moto.rows('nodegroups')).find(({ kind }) => kind === 'managed');
      expect(group).toMatchObject(theirs);
    });
  },
);

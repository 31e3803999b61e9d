/**
 * File systems, names, groups and what they scale, against what the aws CLI prints of the same moto.
 * Skipped where moto or the CLI is not installed.
 */
import { EFS } from '@aws-sdk/client-efs';
import { EKS } from '@aws-sdk/client-eks';
import { type CreateFileSystemCommandInput, FSx } from '@aws-sdk/client-fsx';
import { type ResourceRecordSet, Route53 } from '@aws-sdk/client-route-53';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MotoCluster, startMotoCluster, type Told } from '../support/moto-cluster.ts';
import { onPath } from '../support/on-path.ts';

const ROLE = 'arn:aws:iam::123456789012:role/any';
const BALANCER = 'web-1.elb.eu-central-1.amazonaws.com';
const GIB = 2 ** 30;
/** More records than Route 53 puts on one page. */
const MANY = 310;

function addRecords(
  client: Route53,
  HostedZoneId: string | undefined,
  sets: readonly ResourceRecordSet[],
): Promise<unknown> {
  const Changes = sets.map((ResourceRecordSet) => ({
    ...{ Action: 'CREATE' as const, ResourceRecordSet },
  }));
  return client.changeResourceRecordSets({ HostedZoneId, ChangeBatch: { Changes } });
}

describe.skipIf(!onPath('moto_server') || !onPath('aws'))(
  'file systems, names and groups, and the aws CLI',
  () => {
    let moto: MotoCluster;

    beforeAll(async () => {
      moto = await startMotoCluster();
      const { name, sdk } = moto;
      const [subnet] = moto.subnets;
      const efs = new EFS(sdk);
      const { FileSystemId } = await efs.createFileSystem({
        ...{ Encrypted: true, ThroughputMode: 'bursting' },
        Tags: [{ Key: 'Name', Value: 'media' }],
      });
      await efs.createMountTarget({ FileSystemId, SubnetId: subnet });
      await efs.createAccessPoint({ FileSystemId, RootDirectory: { Path: '/images' } });

      const fsx = new FSx(sdk);
      const kinds: readonly Omit<CreateFileSystemCommandInput, 'SubnetIds'>[] = [
        {
          ...{ FileSystemType: 'LUSTRE', StorageCapacity: 1200 },
          LustreConfiguration: { DeploymentType: 'SCRATCH_2' },
          Tags: [{ Key: 'Name', Value: 'tmp' }],
        },
        {
          ...{ FileSystemType: 'OPENZFS', StorageCapacity: 64 },
          OpenZFSConfiguration: { DeploymentType: 'SINGLE_AZ_1', ThroughputCapacity: 128 },
        },
        {
          ...{ FileSystemType: 'WINDOWS', StorageCapacity: 300 },
          WindowsConfiguration: { DeploymentType: 'SINGLE_AZ_2', ThroughputCapacity: 32 },
        },
      ];
      for (const kind of kinds) await fsx.createFileSystem({ ...kind, SubnetIds: [subnet] });

      const route53 = new Route53(sdk);
      const { HostedZone } = await route53.createHostedZone({
        ...{ Name: 'example.com', CallerReference: 'one' },
      });
      const alias = { HostedZoneId: 'Z2', DNSName: BALANCER, EvaluateTargetHealth: false };
      await addRecords(route53, HostedZone?.Id, [
        { Name: 'www.example.com', Type: 'A', AliasTarget: alias },
        { Name: '*.example.com', Type: 'CNAME', TTL: 60, ResourceRecords: [{ Value: BALANCER }] },
      ]);

      await new EKS(sdk).createNodegroup({
        ...{ clusterName: name, nodegroupName: 'web', nodeRole: ROLE, subnets: [subnet] },
        instanceTypes: ['m5.large'],
        scalingConfig: { minSize: 1, maxSize: 5, desiredSize: 2 },
      });
    }, 300_000);
    afterAll(() => moto.close());

    it('tell the same of file systems', async () => {
      const theirs = await moto.aws<Told[]>(
        'FileSystems[].{id:FileSystemId,label:Name,state:LifeCycleState,type:ThroughputMode,encrypted:Encrypted}',
        'efs describe-file-systems',
      );
      const [fs] = (await moto.rows('filesystems')).filter(({ kind }) => kind === 'EFS');
      expect([{ id: fs?.uid, ...fs }]).toMatchObject(theirs);
      const id = fs?.uid ?? '';
      const mounts = await moto.aws<Told[]>(
        'MountTargets[].{id:MountTargetId,zone:AvailabilityZoneName,subnet:SubnetId,ip:IpAddress,state:LifeCycleState}',
        `efs describe-mount-targets --file-system-id ${id}`,
      );
      expect(fs?.mounts).toEqual(mounts);
      const points = await moto.aws<Told[]>(
        'AccessPoints[].{id:AccessPointId,path:RootDirectory.Path,state:LifeCycleState}',
        `efs describe-access-points --file-system-id ${id}`,
      );
      expect(fs?.accessPoints).toEqual(points);
    });

    it('tell the same of names', async () => {
      const [zone = ''] = await moto.aws<string[]>('HostedZones[].Id', 'route53 list-hosted-zones');
      const theirs = await moto.aws<{ name: string }[]>(
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
      const theirs = await moto.aws<{ size: number }[]>(
        "FileSystems[].{uid:FileSystemId,label:join('',Tags[?Key=='Name'].Value||`[]`),size:StorageCapacity,subnets:SubnetIds,type:LustreConfiguration.DeploymentType||OpenZFSConfiguration.DeploymentType||WindowsConfiguration.DeploymentType,throughput:OpenZFSConfiguration.ThroughputCapacity||WindowsConfiguration.ThroughputCapacity}",
        'fsx describe-file-systems',
      );
      const ours = (await moto.rows('filesystems')).filter(({ kind }) => kind !== 'EFS');
      expect(ours.map(({ kind }) => kind)).toEqual(['FSx Lustre', 'FSx OpenZFS', 'FSx Windows']);
      expect(ours).toMatchObject(theirs.map((each) => ({ ...each, size: each.size * GIB })));
    });

    it('tell the same of names of every policy, whatever page they are on', async () => {
      const route53 = new Route53(moto.sdk);
      const { HostedZone } = await route53.createHostedZone({
        ...{ Name: 'many.example', CallerReference: 'two' },
      });
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
      await addRecords(route53, HostedZone?.Id, sets);
      const theirs = await moto.aws<{ name: string }[]>(
        "ResourceRecordSets[?Type=='A'].{name:Name,ttl:TTL,values:ResourceRecords[].Value}",
        `route53 list-resource-record-sets --hosted-zone-id ${HostedZone?.Id}`,
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
      const theirs = await moto.aws<Told>(
        'nodegroup.{name:nodegroupName,status:status,min:scalingConfig.minSize,desired:scalingConfig.desiredSize,max:scalingConfig.maxSize,instanceTypes:instanceTypes,subnets:subnets,amiType:amiType,roleArn:nodeRole}',
        `eks describe-nodegroup --cluster-name ${moto.name} --nodegroup-name web`,
      );
      const group = (await moto.rows('nodegroups')).find(({ kind }) => kind === 'managed');
      expect(group).toMatchObject(theirs);
    });
  },
);

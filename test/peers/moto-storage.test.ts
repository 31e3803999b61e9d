/**
 * File systems, names, groups and what they scale, against what the aws CLI prints of the same moto.
 * Skipped where moto or the CLI is not installed.
 */
import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EksTableId, Tables } from '../../src/domain/tables/index.ts';
import { createAwsPort, NO_FILES } from '../../src/sources/aws/index.ts';
import { type Moto, startMoto } from '../support/moto.ts';
import { onPath } from '../support/on-path.ts';
import { recordingSink } from '../support/recording-sink.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

const REGION = 'eu-central-1';
const NAME = 'motley';
const ROLE = 'arn:aws:iam::123456789012:role/any';
const BALANCER = 'web-1.elb.eu-central-1.amazonaws.com';

type Told = Readonly<Record<string, unknown>>;

describe.skipIf(!onPath('moto_server') || !onPath('aws'))(
  'file systems, names and groups, and the aws CLI',
  () => {
    let moto: Moto;

    // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the query says what comes
    function aws<T = unknown>(query: string, command: string, ...args: readonly string[]): T {
      const words = [...command.split(' '), ...args];
      const all = [...words, '--query', query, '--region', REGION, '--output', 'json'];
      const env = { ...process.env, ...moto.env };
      return JSON.parse(execFileSync('aws', all, { env, encoding: 'utf8' }) || 'null') as T;
    }

    async function rows<T extends EksTableId>(table: T): Promise<readonly Tables[T][]> {
      const clock = new VirtualClock(Date.now());
      const port = createAwsPort({ clock, random: () => 0.5, env: moto.env, files: NO_FILES });
      const sink = recordingSink<Tables[T]>();
      const target = { name: NAME, arn: '', profile: '', region: REGION };
      port.follow(table, target as never, sink);
      await sink.until(({ last }) => last !== undefined && last.state !== 'loading');
      port.close();
      return [...sink.rows.values()];
    }

    beforeAll(async () => {
      moto = await startMoto();
      const [subnet = { SubnetId: '', VpcId: '' }] = aws<{ SubnetId: string; VpcId: string }[]>(
        'Subnets[].{SubnetId:SubnetId,VpcId:VpcId}',
        'ec2 describe-subnets',
      );
      // moto tells of a VPC only where the request names it, which neither CLI nor SDK lets anybody do.
      const made = await fetch(`${moto.endpoint}/clusters`, {
        method: 'POST',
        headers: {
          authorization: `AWS4-HMAC-SHA256 Credential=a/20260101/${REGION}/eks/aws4_request, SignedHeaders=host, Signature=0`,
        },
        body: JSON.stringify({
          ...{ name: NAME, roleArn: ROLE },
          resourcesVpcConfig: { subnetIds: [subnet.SubnetId], vpcId: subnet.VpcId },
        }),
      });
      expect(made.status).toBe(200);
      const id = aws<string>(
        'FileSystemId',
        'efs create-file-system --encrypted --throughput-mode bursting',
        ...['--tags', 'Key=Name,Value=media'],
      );
      aws('@', `efs create-mount-target --file-system-id ${id} --subnet-id ${subnet.SubnetId}`);
      aws('@', `efs create-access-point --file-system-id ${id} --root-directory Path=/images`);
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
        `eks create-nodegroup --cluster-name ${NAME} --nodegroup-name web --node-role ${ROLE}`,
        ...['--subnets', subnet.SubnetId, '--instance-types', 'm5.large'],
        ...['--scaling-config', 'minSize=1,maxSize=5,desiredSize=2'],
      );
    }, 120_000);
    afterAll(() => moto.close());

    it('tell the same of file systems', async () => {
      const theirs = aws<Told[]>(
        'FileSystems[].{id:FileSystemId,label:Name,state:LifeCycleState,type:ThroughputMode,encrypted:Encrypted}',
        'efs describe-file-systems',
      );
      const [fs] = await rows('filesystems');
      expect([{ id: fs?.uid, ...fs }]).toMatchObject(theirs);
      const id = fs?.uid ?? '';
      const mounts = aws<Told[]>(
        'MountTargets[].{id:MountTargetId,zone:AvailabilityZoneName,subnet:SubnetId,ip:IpAddress,state:LifeCycleState}',
        `efs describe-mount-targets --file-system-id ${id}`,
      );
      expect(fs?.mounts).toEqual(mounts);
      const points = aws<Told[]>(
        'AccessPoints[].{id:AccessPointId,path:RootDirectory.Path,state:LifeCycleState}',
        `efs describe-access-points --file-system-id ${id}`,
      );
      expect(fs?.accessPoints).toEqual(points);
    });

    it('tell the same of names', async () => {
      const [zone = ''] = aws<string[]>('HostedZones[].Id', 'route53 list-hosted-zones');
      const theirs = aws<{ name: string }[]>(
        "ResourceRecordSets[?Type=='A'||Type=='CNAME'].{name:Name,type:Type,ttl:TTL,alias:AliasTarget.DNSName,values:ResourceRecords[].Value}",
        `route53 list-resource-record-sets --hosted-zone-id ${zone}`,
      );
      expect(theirs).toHaveLength(2);
      const told = (await rows('records')).map((row) => [row.name, row.types.join(), row.targets]);
      expect(told.sort()).toEqual([
        ['*.example.com', 'CNAME', [BALANCER]],
        ['www.example.com', 'A', [BALANCER]],
      ]);
    });

    it('tell the same of managed node groups', async () => {
      const theirs = aws<Told>(
        'nodegroup.{name:nodegroupName,status:status,min:scalingConfig.minSize,desired:scalingConfig.desiredSize,max:scalingConfig.maxSize,instanceTypes:instanceTypes,subnets:subnets,amiType:amiType,roleArn:nodeRole}',
        `eks describe-nodegroup --cluster-name ${NAME} --nodegroup-name web`,
      );
      const group = (await rows('nodegroups')).find(({ kind }) => kind === 'managed');
      expect(group).toMatchObject(theirs);
    });
  },
);

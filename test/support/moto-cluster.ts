import { EC2 } from '@aws-sdk/client-ec2';
import type { SourceStatus } from '../../src/domain/status.ts';
import type { EksTableId, Tables } from '../../src/domain/tables/index.ts';
import type { AwsDoor } from '../../src/ports/aws.ts';
import { createAwsPort, NO_FILES } from '../../src/sources/aws/index.ts';
import { awsCli } from './aws-cli.ts';
import { startMoto } from './moto.ts';
import { recordingSink } from './recording-sink.ts';
import { VirtualClock } from './virtual-clock.ts';

const REGION = 'eu-central-1';
const NAME = 'motley';
const ROLE = 'arn:aws:iam::123456789012:role/any';

/** A part of an answer, by the names that a query gave it. */
export type Told = Readonly<Record<string, unknown>>;

/** What a table tells of the cluster. */
export interface TableTold<Row> {
  readonly rows: readonly Row[];
  readonly status: SourceStatus | undefined;
}

/** A cluster in a moto of its own, as the aws CLI tells of it and as our tables and door do. */
export interface MotoCluster {
  readonly name: string;
  readonly region: string;
  readonly vpc: string;
  /** Its subnets, of two zones. */
  readonly subnets: readonly [string, string];
  /** What the CLI prints of a call; with `query`, a part of it. Words with spaces come apart. */

  readonly aws: <T>(query: string, command: string, ...args: readonly string[]) => Promise<T>;
  /** What a table tells once it has asked. */
  readonly table: <T extends EksTableId>(table: T) => Promise<TableTold<Tables[T]>>;
  /** The rows of a table. */
  readonly rows: <T extends EksTableId>(table: T) => Promise<readonly Tables[T][]>;
  readonly door: AwsDoor;
  /** What a client of AWS's SDK is made with: what the CLI is to tell of is made by these, at once. */
  readonly sdk: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  readonly close: () => void;
}

/** Starts moto and makes a cluster in it. */
export async function startMotoCluster(): Promise<MotoCluster> {
  const moto = await startMoto();
  const options = { random: () => 0.5, env: moto.env, files: NO_FILES };
  const open = () => createAwsPort({ ...options, clock: new VirtualClock(Date.now()) });

  async function aws<T>(query: string, command: string, ...args: readonly string[]): Promise<T> {
    const words = [...command.split(' '), ...args];
    const all = [...words, '--query', query, '--region', REGION, '--output', 'json'];
    return JSON.parse((await awsCli(all, { ...process.env, ...moto.env })) || 'null') as T;
  }

  const sdk = {
    ...{ endpoint: moto.endpoint, region: REGION },
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  };
  const { Subnets = [] } = await new EC2(sdk).describeSubnets();
  const [first = '', second = ''] = Subnets.map(({ SubnetId = '' }) => SubnetId);
  const vpc = Subnets[0]?.VpcId ?? '';
  // moto tells of a VPC only where the request names it, which neither CLI nor SDK lets anybody do.
  const made = await fetch(`${moto.endpoint}/clusters`, {
    method: 'POST',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=a/20260101/${REGION}/eks/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify({
      ...{ name: NAME, roleArn: ROLE },
      resourcesVpcConfig: { subnetIds: [first, second], vpcId: vpc },
    }),
  });
  if (made.status !== 200) throw new Error(`moto makes no cluster: ${await made.text()}`);
  const { cluster } = (await made.json()) as { readonly cluster: { readonly arn: string } };
  const port = open();

  async function table<T extends EksTableId>(id: T): Promise<TableTold<Tables[T]>> {
    const asking = open();
    const sink = recordingSink<Tables[T]>();
    const target = { name: NAME, arn: cluster.arn, profile: '', region: REGION };
    asking.follow(id, target as never, sink);
    await sink.until(({ last }) => last !== undefined && last.state !== 'loading');
    asking.close();
    return { rows: [...sink.rows.values()], status: sink.last };
  }

  return {
    ...{ name: NAME, region: REGION, vpc, subnets: [first, second] },
    ...{ aws, table, sdk },
    rows: async (id) => (await table(id)).rows,
    door: port.door({ profile: '', region: REGION }, () => false),
    close() {
      port.close();
      moto.close();
    },
  };
}

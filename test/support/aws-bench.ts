/** A served region, the AWS port on it, and which calls were made: what tests of tables of AWS run on. */
import { afterEach, beforeEach } from 'vitest';
import type { EksTableId, Tables } from '../../src/domain/tables/index.ts';
import type { AwsPort } from '../../src/ports/aws.ts';
import { accessDenied, ApiError } from '../../src/simulator/aws-api/index.ts';
import type { ApiCall } from '../../src/simulator/aws-api/index.ts';
import { eksImage } from '../../src/simulator/catalog/images.ts';
import type { EksCluster, Instance, Region } from '../../src/simulator/region.ts';
import { createAwsPort, NO_FILES } from '../../src/sources/aws/index.ts';
import { NOW, serveRegion, type TestAws, testRegion } from './aws-region.ts';
import { recordingSink } from './recording-sink.ts';
import { VirtualClock } from './virtual-clock.ts';

/** What its machines run. */
const AMI = eksImage('x86_64', '1.35.4-20261124').id;

export class AwsBench {
  readonly region: Region;
  readonly shop: EksCluster;
  readonly clock = new VirtualClock(NOW);
  readonly calls: string[] = [];
  /** Which calls fail; set by a test. */
  fault: (call: ApiCall) => ApiError | null = () => null;
  #held: readonly string[] = [];
  #aws: TestAws | null = null;
  #port: AwsPort | null = null;

  constructor() {
    ({ region: this.region, shop: this.shop } = testRegion());
  }

  async open(): Promise<void> {
    this.#aws = await serveRegion(this.region, {
      fault: (call) => {
        this.calls.push(call.operation);
        return this.#held.includes(call.operation) ? UNANSWERED : this.fault(call);
      },
    });
    // What is throttled stays so: sending it again would only let the tests wait.
    const env = { ...this.#aws.env, AWS_MAX_ATTEMPTS: '1', AWS_RETRY_MODE: 'standard' };
    this.#port = createAwsPort({ clock: this.clock, random: () => 0.5, env, files: NO_FILES });
  }

  async close(): Promise<void> {
    this.#port?.close();
    await this.#aws?.close();
  }

  /** Follows a table of the cluster until all of it was asked for once. */
  async follow<T extends EksTableId>(table: T) {
    const sink = this.begin(table);
    await sink.until(({ last }) => last !== undefined && last.state !== 'loading');
    return sink;
  }

  /** Follows a table of the cluster. */
  begin<T extends EksTableId>(table: T) {
    const sink = recordingSink<Tables[T]>();
    const cluster = { name: 'shop', arn: this.shop.arn, profile: '', region: 'eu-central-1' };
    this.#port?.follow(table, cluster as never, sink);
    return sink;
  }

  /** These calls are refused from now on. */
  deny(...operations: readonly string[]): void {
    this.fault = (call) => (operations.includes(call.operation) ? accessDenied(call) : null);
  }

  /** The endpoint does not know these calls, as emulators do not. */
  unserve(...operations: readonly string[]): void {
    this.fault = ({ operation }) =>
      operations.includes(operation)
        ? new ApiError('UnknownOperationException', 404, 'unknown operation')
        : null;
  }

  /** These calls fail without a reason that lasts. */
  fail(...operations: readonly string[]): void {
    this.fault = ({ operation }) =>
      operations.includes(operation) ? new ApiError('InvalidRequestException', 400, 'no') : null;
  }

  /** Has the cluster have one more machine. */
  addInstance(id: string, more: Partial<Instance> = {}): void {
    const { shop, region } = this;
    const [subnet] = shop.subnets;
    const [zone] = region.zones;
    if (subnet === undefined || zone === undefined) throw new Error('a region without subnets');
    shop.instances.set(id, {
      ...{ id, type: 'm6i.large', zone, subnetId: subnet.id, privateIp: '10.0.1.1' },
      ...{ privateDnsName: `${id}.example`, lifecycle: 'normal', nodegroup: 'web' },
      ...{ asgName: 'web', imageId: AMI, architecture: 'x86_64', state: 'running' },
      ...{ launchedAt: NOW, interfaces: [], ...more },
    });
  }

  /** As somebody who presses ctrl-r. */
  retryNow(): void {
    this.#port?.retryNow();
  }

  /** These calls are never answered. */
  hold(...operations: readonly string[]): void {
    this.#held = operations;
  }

  counted(operation: string): number {
    return this.calls.filter((call) => call === operation).length;
  }
}

const UNANSWERED = new Promise<null>(() => undefined);

/** A bench for each test of a file. */
export function eachAwsBench(): () => AwsBench {
  let bench = new AwsBench();
  beforeEach(async () => {
    bench = new AwsBench();
    await bench.open();
  });
  afterEach(() => bench.close());
  return () => bench;
}

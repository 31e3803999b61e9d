import type { AwsTableId, Tables } from '../../src/domain/tables/index.ts';
import type { AwsPort, AwsTarget } from '../../src/ports/aws.ts';
import type { ApiCall, ApiError } from '../../src/simulator/aws-api/index.ts';
import type { EksCluster, Region } from '../../src/simulator/region.ts';
import { createAwsPort, NO_FILES } from '../../src/sources/aws/index.ts';
import { NOW, serveRegion, testRegion } from './aws-region.ts';
import { recordingSink, type RecordingSink } from './recording-sink.ts';
import { VirtualClock } from './virtual-clock.ts';

/** A region with the cluster `shop`, served, and tables of it followed as the program does. */
export interface FollowedRegion {
  readonly region: Region;
  readonly shop: EksCluster;
  readonly clock: VirtualClock;
  readonly port: AwsPort;
  /** Operations in the order in which they were called. */
  readonly calls: string[];
  /** Which calls fail; a test sets it. */
  fault: (call: ApiCall) => ApiError | null;
  /** Follows a table of the cluster until it has answered or failed. */
  follow<T extends AwsTableId>(table: T): Promise<RecordingSink<Tables[T]>>;
  close(): Promise<void>;
}

export async function followedRegion(): Promise<FollowedRegion> {
  const { region, shop } = testRegion();
  const calls: string[] = [];
  const clock = new VirtualClock(NOW);
  const aws = await serveRegion(region, {
    fault(call) {
      calls.push(call.operation);
      return followed.fault(call);
    },
  });
  const port = createAwsPort({ clock, random: () => 0.5, env: aws.env, files: NO_FILES });
  const target = { name: 'shop', arn: '', profile: '', region: region.name };
  const followed: FollowedRegion = {
    ...{ region, shop, clock, port, calls },
    fault: () => null,
    async follow<T extends AwsTableId>(table: T) {
      const sink = recordingSink<Tables[T]>();
      // The cast: all tables that tests follow here are of a cluster.
      port.follow(table, target as AwsTarget<T>, sink);
      await sink.until(({ last }) => last !== undefined && last.state !== 'loading');
      return sink;
    },
    async close() {
      port.close();
      await aws.close();
    },
  };
  return followed;
}

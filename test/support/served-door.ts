import type { AwsDoor } from '../../src/ports/aws.ts';
import type { AwsApiOptions } from '../../src/simulator/aws-api/index.ts';
import type { Region } from '../../src/simulator/region.ts';
import { createAwsPort, NO_FILES } from '../../src/sources/aws/index.ts';
import { NOW, serveRegion, type TestAws } from './aws-region.ts';
import { VirtualClock } from './virtual-clock.ts';

/** The door to a region that is served, and what serves it. */
export interface ServedDoor {
  readonly aws: TestAws;
  readonly door: AwsDoor;
  close(): Promise<void>;
}

/** Serves a region and opens the door to it. @param change of the environment that is read */
export async function servedDoor(
  region: Region,
  options: Partial<AwsApiOptions>,
  change: NodeJS.ProcessEnv = {},
): Promise<ServedDoor> {
  const aws = await serveRegion(region, options);
  const env = { ...aws.env, ...change };
  const clock = new VirtualClock(NOW);
  const port = createAwsPort({ clock, random: () => 0.5, env, files: NO_FILES });
  return {
    aws,
    door: port.door({ profile: '', region: region.name }, () => true),
    async close() {
      port.close();
      await aws.close();
    },
  };
}

/** An answer is taken as it is: nothing is asked again. */
export const ONCE = { AWS_MAX_ATTEMPTS: '1', AWS_RETRY_MODE: 'standard' };

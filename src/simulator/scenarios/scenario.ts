import type { App } from '../catalog/app.ts';
import type { AccessPolicy } from '../world/access.ts';
import type { CallerPolicy } from '../iam.ts';
import type { LiveCluster } from '../simulation.ts';
import type { ScenarioName } from './names.ts';

/** What happens in the region beyond its ordinary course. */
export interface Scenario {
  readonly name: ScenarioName;
  /** Changes the apps before the region's past begins. */
  readonly adapt?: (apps: App[]) => App[];
  /** Starts what goes on from the present: rollouts, Spot interruptions. */
  readonly start?: (cluster: LiveCluster) => void;
  /** What the user may do; everything when absent. */
  readonly access?: AccessPolicy;
  /** What the user may do in AWS; everything when absent. */
  readonly iam?: CallerPolicy;
  /** Whether credentials are refused, so many ms after the start. */
  readonly refusesCredentials?: (elapsed: number) => boolean;
}

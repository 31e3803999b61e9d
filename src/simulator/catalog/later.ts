import { startClaims } from '../controllers/claims.ts';
import type { World } from '../world/world.ts';
import { plantCertificates } from './certificate-kinds.ts';
import { plantFileSystems } from './file-systems.ts';
import { plantGateways } from './gateways.ts';
import { plantHostedZones } from './hosted-zones.ts';
import { plantKarpenter } from './karpenter.ts';

const DAY = 86_400_000;

/**
 * What is added once the past has run: its names follow from the order in which things came to be.
 *
 * @param first what is there in one cluster only is there in this one
 */
export function plantLater(worlds: readonly World[], first: World): void {
  for (const world of worlds) startClaims(world);
  plantFileSystems(first, first.cluster.createdAt + 5 * DAY);
  plantHostedZones(first);
  plantKarpenter(first);
  plantCertificates(first);
  plantGateways(first);
}

import { tolerable } from './describe-each.ts';
import type { AwsFault } from '../../domain/aws-fault.ts';
import { text } from './read.ts';
import type { Session } from './session.ts';

/** The zones of subnets, as far as they are known, and why it is not more. */
export interface SubnetZones {
  zonesOf(subnets: readonly string[]): readonly string[];
  /** Asks for the zones that are not known yet; returns what keeps it from knowing them. */
  learn(subnets: readonly string[], signal: AbortSignal): Promise<AwsFault | null>;
}

/** A subnet never moves to another zone, so that each is asked for once. */
export function subnetZones(session: Session): SubnetZones {
  const zones = new Map<string, string>();
  return {
    zonesOf: (subnets) =>
      [...new Set(subnets.flatMap((id) => zones.get(id) ?? []))].filter((zone) => zone).sort(),
    async learn(subnets, signal) {
      const unknown = [...new Set(subnets)].filter((id) => !zones.has(id));
      if (unknown.length === 0) return null;
      try {
        const ec2 = await session.ec2();
        for (const subnet of await ec2.subnets(unknown, signal)) {
          if (text(subnet.SubnetId))
            zones.set(text(subnet.SubnetId), text(subnet.AvailabilityZone));
        }
        return null;
      } catch (error) {
        return tolerable(error);
      }
    },
  };
}

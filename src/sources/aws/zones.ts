import type { Reads } from './polling/table.ts';
import { type Round, tolerate } from './polling/round.ts';

/** The zones of subnets, as far as they are known. */
export interface SubnetZones {
  zonesOf(subnets: readonly string[]): readonly string[];
  /** Asks for the zones that are not known yet. */
  learn(subnets: readonly string[], round: Round): Promise<void>;
}

/** A subnet never moves to another zone, so that each is asked for once. */
export function subnetZones(aws: Reads<'ec2:DescribeSubnets'>): SubnetZones {
  const zones = new Map<string, string>();
  return {
    zonesOf: (subnets) =>
      [...new Set(subnets.flatMap((id) => zones.get(id) ?? []))].filter((zone) => zone).sort(),
    async learn(subnets, round) {
      const unknown = [...new Set(subnets)].filter((id) => !zones.has(id));
      if (unknown.length === 0) return;
      // A filter rather than SubnetIds: one subnet that is gone must not fail the others.
      const input = { Filters: [{ Name: 'subnet-id', Values: unknown }] };
      try {
        const { Subnets } = await aws.call('ec2:DescribeSubnets', input, round.signal);
        for (const { SubnetId, AvailabilityZone } of Subnets) {
          if (SubnetId) zones.set(SubnetId, AvailabilityZone);
        }
      } catch (error) {
        tolerate(error, round);
      }
    },
  };
}

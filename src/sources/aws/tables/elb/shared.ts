import type { AwsCalls } from '../../../../ports/aws-calls.ts';
import type { EksCluster } from '../../../../ports/aws.ts';
import { type SharedAnswer, sharedAnswer } from '../../polling/shared-answer.ts';
import type { PartContext } from '../../polling/table.ts';
import { createOwners, type Owners } from './owner.ts';

type Balancers = AwsCalls['elasticloadbalancing:DescribeLoadBalancers']['output'];

/** What the tables of load balancers and of target groups both ask for. */
export interface SharedElb {
  readonly balancers: SharedAnswer<Balancers>;
  readonly owners: Owners;
}

/** Once for each profile and region: two panes that are open ask AWS no more than one. */
export function sharedElb(
  { profile, region }: EksCluster,
  { lasting, clock }: Pick<PartContext<never>, 'lasting' | 'clock'>,
): SharedElb {
  return lasting(`elb/${profile}/${region}`, () => ({
    balancers: sharedAnswer<Balancers>(clock),
    owners: createOwners(),
  }));
}

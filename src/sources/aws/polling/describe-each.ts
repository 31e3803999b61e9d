import { AwsFault } from '../../../domain/aws-fault.ts';
import { type Round, tolerate } from './round.ts';

/**
 * EKS lists names; what they stand for is another call each. Describes all `names` side by side
 * into `rows` and drops the rows of other names. One description that fails does not fail the
 * others: its row says why, or is what it was.
 */
export async function describeEach<Row>(
  names: readonly string[],
  rows: Map<string, Row>,
  round: Round,
  options: {
    /** The row of a name, null where there is nothing of that name. */
    describe(name: string): Promise<Row | null>;
    /** The row of a name whose description failed, null where there shall be none. */
    undescribed(name: string, fault: AwsFault): Row | null;
  },
): Promise<void> {
  for (const name of rows.keys()) if (!names.includes(name)) rows.delete(name);
  await Promise.all(
    names.map(async (name) => {
      try {
        if (!NAME.test(name)) throw strange();
        const row = await options.describe(name);
        if (row) rows.set(name, row);
        else rows.delete(name);
      } catch (error) {
        const fault = tolerate(error, round);
        // Gone since it was listed.
        const row = fault.kind === 'absent' ? null : options.undescribed(name, fault);
        if (row) rows.set(name, row);
        else rows.delete(name);
      }
      round.changed();
    }),
  );
}

/** What EKS takes for the name of a cluster, a node group or a Fargate profile. */
const NAME = /^[\w-]{1,255}$/;

const strange = (): AwsFault => new AwsFault('unreachable', 'AWS has nothing of such a name');

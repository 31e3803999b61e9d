import { AwsFault } from '../../domain/aws-fault.ts';

/**
 * EKS lists names; what they stand for is another call each. Describes all `names` side by side
 * into `rows` and drops the rows of other names. One description that fails does not fail the
 * others: its row says why, or is what it was.
 *
 * @returns what could not be read because the caller may not
 */
export async function describeEach<Row>(
  names: readonly string[],
  rows: Map<string, Row>,
  options: {
    /** The row of a name, null where there is nothing of that name. */
    describe(name: string): Promise<Row | null>;
    /** The row of a name whose description failed. */
    undescribed(name: string, fault: AwsFault): Row;
    /** Rows have changed. */
    changed(): void;
  },
): Promise<readonly AwsFault[]> {
  for (const name of rows.keys()) if (!names.includes(name)) rows.delete(name);
  const gaps = await Promise.all(
    names.map(async (name) => {
      let fault: AwsFault | null = null;
      try {
        if (!NAME.test(name)) throw strange();
        const row = await options.describe(name);
        if (row) rows.set(name, row);
        else rows.delete(name);
      } catch (error) {
        fault = tolerable(error);
        // Gone since it was listed.
        if (fault.kind === 'absent') rows.delete(name);
        else rows.set(name, options.undescribed(name, fault));
      }
      options.changed();
      return fault;
    }),
  );
  return denials(gaps);
}

/** What EKS takes for the name of a cluster, a node group or a Fargate profile. */
const NAME = /^[\w-]{1,255}$/;

const strange = (): AwsFault => new AwsFault('unreachable', 'AWS has nothing of such a name');

/** A failure that concerns one call only; credentials that are refused concern all of them. */
export function tolerable(error: unknown): AwsFault {
  if (error instanceof AwsFault && error.kind !== 'expired') return error;
  throw error;
}

/** Those failures that last and that the user can have lifted. */
export function denials(faults: readonly (AwsFault | null)[]): readonly AwsFault[] {
  return faults.filter((fault) => fault?.kind === 'denied').filter((fault) => fault !== null);
}

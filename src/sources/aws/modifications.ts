import type { UpdatedKind } from '../../domain/tables/updates.ts';
import type { AwsTarget } from '../../ports/aws.ts';
import type { PartContext } from './polling/table.ts';

/** When what belongs to a cluster was changed last: who describes it says so to who looks at it seldom. */
export interface Modifications {
  /** @param at when EKS says that it was changed (ms); null where it does not */
  note(kind: UpdatedKind, name: string, at: number | null): void;
  /** ms, by the clock of EKS; 0 where nobody has told. */
  of(kind: UpdatedKind, name: string): number;
}

/** One for each cluster: it costs no call, and knows what the tables that are looked at know. */
export function modifications(
  { profile, region, name }: AwsTarget<'updates'>,
  { lasting }: Pick<PartContext<never>, 'lasting'>,
): Modifications {
  return lasting(`modifications/${profile}/${region}/${name}`, () => {
    const told = new Map<string, number>();
    return {
      note(kind, each, at) {
        if (at !== null) told.set(`${kind}/${each}`, at);
      },
      of: (kind, each) => told.get(`${kind}/${each}`) ?? 0,
    };
  });
}

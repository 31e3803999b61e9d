/** What is written into disruption budgets: which others are about pods of theirs too. */
import { selectsWithin } from '../selector.ts';
import type { PdbRow } from '../tables/pdbs.ts';
import { join, key } from './join.ts';

const any = (): string => 'any';

type Budget = Pick<PdbRow, 'name' | 'hasSelector' | 'selector' | 'expected'>;

/** Both are about pods that there are, as far as that follows from their selectors. */
function share(a: Budget, b: Budget): boolean {
  if (!a.hasSelector || !b.hasSelector) return false;
  return (
    (b.expected > 0 && selectsWithin(b.selector, a.selector)) ||
    (a.expected > 0 && selectsWithin(a.selector, b.selector))
  );
}

export const budgetOverlaps = join({
  target: key('pdbs', 'namespace', any),
  source: key('pdbs', 'namespace', any),
  uses: ['name', 'hasSelector', 'selector', 'expected'],
  fields: ['overlaps'],
  compute: (budget, others) => ({
    overlaps: others
      .filter((other) => other.name !== budget.name && share(budget, other))
      .map(({ name }) => name)
      .sort()
      .join(', '),
  }),
});

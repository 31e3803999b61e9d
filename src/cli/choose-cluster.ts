import { choicesOf, type NamedCluster } from '../domain/cluster-names.ts';
import { unknown, UsageError } from './args.ts';

/**
 * The cluster that `--cluster` names: by its name or, where regions and accounts share names, its
 * ARN. Where none is named none is taken, not even the only one there is: another may come.
 * @throws UsageError with what could have been meant
 */
export function chooseCluster<Row extends NamedCluster>(
  rows: readonly Row[],
  name: string | undefined,
): Row {
  // Whatever else may be meant by the word makes it ambiguous: a script has nobody to ask.
  const matching =
    name === undefined
      ? rows
      : rows.filter((row) => [row.id, row.name, row.context].includes(name));
  const [only, another] = matching;
  if (name !== undefined) {
    if (only === undefined) {
      const names = rows.map((row) => row.name);
      throw new UsageError(unknown('cluster', name, names));
    }
    if (another === undefined) return only;
  }
  const choices = choicesOf(matching, rows);
  throw new UsageError(
    name === undefined
      ? `no context is the current one, or it names none: --cluster must name one of: ${choices}`
      : `--cluster must name one of: ${choices}`,
  );
}

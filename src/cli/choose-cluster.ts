import { choicesOf, type NamedCluster } from '../domain/cluster-names.ts';
import { unknown, UsageError } from './args.ts';

/**
 * The cluster that `--cluster` names: by its name or, where regions and accounts share names, its
 * ARN; the only one there is where none is named. A context is chosen by `--context`.
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
  if (only === undefined) {
    throw new UsageError(
      unknown(
        'cluster',
        name ?? '',
        rows.map((row) => row.name),
      ),
    );
  }
  if (another === undefined) return only;
  throw new UsageError(`--cluster must name one of: ${choicesOf(matching, rows)}`);
}

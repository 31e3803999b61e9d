import type { ClusterRow } from '../domain/rows.ts';
import { unknown, UsageError } from './args.ts';

/**
 * The cluster that `--cluster` names, by its name or, where regions and accounts share names, its
 * ARN; the only one there is where none is named.
 * @throws UsageError with what could have been meant
 */
export function chooseCluster<Row extends Pick<ClusterRow, 'id' | 'name'>>(
  rows: readonly Row[],
  name: string | undefined,
): Row {
  const matching =
    name === undefined ? rows : rows.filter((row) => row.name === name || row.id === name);
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
  const words = matching.map((row) =>
    matching.some((other) => other !== row && other.name === row.name) ? row.id : row.name,
  );
  throw new UsageError(`--cluster must name one of: ${words.join(', ')}`);
}

import { choicesOf, type NamedCluster } from '../domain/cluster-names.ts';
import type { ClusterRow } from '../domain/rows.ts';
import { unknown, UsageError } from './args.ts';

/**
 * The cluster that `--cluster` names: by its name or, where regions and accounts share names, its
 * ARN. Where none is named none is taken, not even the only one there is: another may come.
 * @param regions those of `--region`: a name means a cluster there, and none elsewhere
 * @throws UsageError with what could have been meant
 */
export function chooseCluster<Row extends NamedCluster & Pick<ClusterRow, 'region'>>(
  rows: readonly Row[],
  name: string | undefined,
  regions: readonly string[] = [],
): Row {
  if (name === undefined) {
    const none = 'no context is the current one, or it names none';
    throw new UsageError(`${none}: --cluster must name one of: ${choicesOf(rows, rows)}`);
  }
  // Whatever else may be meant by the word makes it ambiguous: a script has nobody to ask.
  const called = rows.filter((row) => [row.id, row.name, row.context].includes(name));
  const meant = within(called, name, regions);
  const [only, another] = meant;
  if (only !== undefined && another === undefined) return only;
  if (called.length === 0) {
    const names = rows.map((row) => row.name);
    throw new UsageError(unknown('cluster', name, names));
  }
  if (only === undefined) {
    const ids = called.map(({ id }) => id).join(', ');
    throw new UsageError(
      `no cluster ${name} is known in ${regions.join(' or ')}: --cluster must name one of: ${ids}`,
    );
  }
  throw new UsageError(`--cluster must name one of: ${choicesOf(meant, rows)}`);
}

/**
 * Those that are meant where regions are named: what is of none, as a plain context, where nothing
 * else is.
 */
function within<Row extends NamedCluster & Pick<ClusterRow, 'region'>>(
  rows: readonly Row[],
  name: string,
  regions: readonly string[],
): readonly Row[] {
  if (regions.length === 0 || regions.includes('all') || rows.some(({ id }) => id === name))
    return rows;
  const there = rows.filter(({ region }) => regions.includes(region));
  return there.length > 0 ? there : rows.filter(({ region }) => region === '');
}

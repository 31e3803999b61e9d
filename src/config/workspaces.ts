/** Which workspace of Prometheus has the metrics of a cluster, as far as the user says so. */
import { pattern } from './patterns.ts';
import type { Config } from './schema.ts';

/** A workspace by its id, its ARN or its alias, and which label its series of the cluster have. */
export type ChosenWorkspace = Config['prometheus'][string];

/** What was said of a cluster; null: nothing. */
export type WorkspaceChoice = (cluster: {
  readonly name: string;
  readonly arn: string;
}) => ChosenWorkspace | null;

/**
 * The choice of a configuration: the first pattern that fits a cluster's name or ARN counts.
 * @throws ConfigError for a pattern that is no regular expression
 */
export function workspaceChoice({ prometheus }: Pick<Config, 'prometheus'>): WorkspaceChoice {
  const rules = Object.entries(prometheus).map(
    ([source, chosen]) => [pattern(source, 'prometheus'), chosen] as const,
  );
  return ({ name, arn }) =>
    rules.find(([clusters]) => clusters.test(name) || clusters.test(arn))?.[1] ?? null;
}

/** `ekscope policy`: the IAM policy and the RBAC role that panes and actions need. */
import { stringify } from 'yaml';
import { ACTIONS } from '../actions/index.ts';
import type { ResourceRegistry } from '../resources/registry.ts';
import { UsageError, wordFlag, type Flags } from './args.ts';
import { actionsOn, iamOfActions, iamOfPanes, iamPolicy, rbacRules } from './permissions.ts';

/** What is printed: `iam` a policy in JSON, `rbac` a cluster role in YAML, else both. */
const POLICY_FORMATS = ['iam', 'rbac'] as const;

/**
 * What the named panes need, all of them where none is named.
 * @throws UsageError where a name is no pane's
 */
export function policy(names: readonly string[], flags: Flags, registry: ResourceRegistry): string {
  const format = wordFlag('format', flags.output, POLICY_FORMATS);
  const panes =
    names.length === 0
      ? registry.all
      : names.map((name) => {
          const meant = registry.resolve(name, null);
          if (meant.found === 'one') return meant.resource;
          const like = meant.found === 'none' ? registry.nearest(name, null) : null;
          const near = like === null ? '' : `; did you mean ${like}?`;
          throw new UsageError(`no pane '${name}'${near}`);
        });
  const actions = flags.actions === true ? actionsOn(panes, ACTIONS) : [];
  const iam = [...new Set([...iamOfPanes(panes), ...iamOfActions(actions)])].sort();
  const role = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'ekscope' },
    rules: rbacRules(panes, actions),
  };
  const json = `${JSON.stringify(iamPolicy(iam), null, 2)}\n`;
  const yaml = stringify(role);
  if (format === 'iam') return json;
  if (format === 'rbac') return yaml;
  return `# IAM policy (alone: -o iam)\n${json}---\n# ClusterRole (alone: -o rbac)\n${yaml}`;
}

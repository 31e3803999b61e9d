/** What panes and actions need of IAM and of RBAC, by their definitions. */
import type { AnyAction } from '../actions/engine/define.ts';
import { untyped } from '../actions/engine/define.ts';
import { isKubeTable, TABLES, type TableId } from '../domain/tables/index.ts';
import { kindOf } from '../domain/ref.ts';
import { tablesOf } from '../resources/column.ts';
import type { AnyResource } from '../resources/define.ts';

/** A rule of a role of RBAC. */
export interface RbacRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

const sorted = (texts: Iterable<string>): readonly string[] => [...new Set(texts)].sort();

/** The IAM actions by which panes read. */
export const iamOfPanes = (panes: readonly AnyResource[]): readonly string[] =>
  sorted(
    panes.flatMap(({ iam, asks, kept, charts }) => [
      ...iam,
      ...[asks, kept, charts].flatMap((each) => each?.iam ?? []),
    ]),
  );

/** The IAM actions of actions. */
export const iamOfActions = (actions: readonly AnyAction[]): readonly string[] =>
  sorted(actions.flatMap(({ iam }) => iam));

/** The actions that apply to these panes. */
export const actionsOn = (
  panes: readonly AnyResource[],
  actions: readonly AnyAction[],
): readonly AnyAction[] => {
  const names = new Set(
    panes.flatMap(({ id, keys, enter }) => [
      keys ?? id,
      ...(enter?.is === 'parts' ? [enter.parts.id] : []),
    ]),
  );
  return actions.filter(({ appliesTo }) => appliesTo.some((each) => names.has(each)));
};

/** A policy document that allows these actions everywhere. */
export function iamPolicy(actions: readonly string[]): object {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
  };
}

/**
 * The rules by which panes read, and with actions what these are checked for before anything else:
 * what a step needs beyond is asked for when it is planned, and named where it is missing.
 */
export function rbacRules(
  panes: readonly AnyResource[],
  actions: readonly AnyAction[],
): readonly RbacRule[] {
  const verbs = new Map<string, Set<string>>();
  const allow = (group: string, resource: string, ...more: readonly string[]): void => {
    const key = `${group} ${resource}`;
    verbs.set(key, new Set([...(verbs.get(key) ?? []), ...more]));
  };
  for (const table of panes.flatMap(tablesOfPane)) {
    if (!isKubeTable(table)) continue;
    const { group, resource } = kindOf(table);
    // What is measured is asked for again and again: it knows no watch.
    allow(group, resource, ...(TABLES[table].source === 'metrics' ? [] : ['watch']), 'get', 'list');
  }
  if (panes.some(({ ref }) => ref !== undefined)) allow('', 'events', 'get', 'list', 'watch');
  if (panes.some(({ pods }) => pods !== undefined)) allow('', 'pods/log', 'get');
  for (const { action, pane } of pairs(panes, actions)) {
    const row = { ...TABLES[pane.table as keyof typeof TABLES].blank, name: 'x', namespace: 'x' };
    for (const asked of untyped(action).access({ resource: pane.id, table: pane.table, row })) {
      const { group, resource, subresource, verb } = asked;
      allow(group, subresource === undefined ? resource : `${resource}/${subresource}`, verb);
    }
  }
  return merged(verbs);
}

const pairs = (panes: readonly AnyResource[], actions: readonly AnyAction[]) =>
  panes
    .filter(({ table }) => table in TABLES)
    .flatMap((pane) => actionsOn([pane], actions).map((action) => ({ action, pane })));

const tablesOfPane = (pane: AnyResource): readonly TableId[] => [
  pane.table,
  ...(pane.columns as readonly Parameters<typeof tablesOf>[0][]).flatMap((column) =>
    tablesOf(column),
  ),
  ...(pane.describeNeeds ?? []),
];

/** One rule for all resources of a group that need the same verbs. */
function merged(verbs: ReadonlyMap<string, ReadonlySet<string>>): readonly RbacRule[] {
  const rules = new Map<string, { group: string; resources: string[]; verbs: readonly string[] }>();
  for (const [place, set] of [...verbs].sort()) {
    const [group = '', resource = ''] = place.split(' ');
    const each = sorted(set);
    const key = `${group} ${each.join(' ')}`;
    const rule = rules.get(key) ?? { group, resources: [], verbs: each };
    rule.resources.push(resource);
    rules.set(key, rule);
  }
  return [...rules.values()].map((rule) => ({
    apiGroups: [rule.group],
    resources: rule.resources,
    verbs: rule.verbs,
  }));
}

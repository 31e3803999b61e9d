/** A world for rules: rows, objects and events as given, all else is not there. */
import { finished } from '../../../../src/core/work.ts';
import type { Json } from '../../../../src/core/json.ts';
import {
  answerOf,
  type Answer,
  type Happening,
  type Looked,
  type Rule,
  type World,
} from '../../../../src/domain/why/finding.ts';
import type { NodeRow, PodRow } from '../../../../src/domain/rows.ts';
import type { TableId, Tables } from '../../../../src/domain/tables/index.ts';
import { nodeRow } from '../../../support/rows.ts';

export const NOW = Date.UTC(2026, 10, 26, 12);

type Rows = { readonly [T in TableId]?: readonly Tables[T][] };

interface Given {
  readonly rows?: Rows;
  /** By `table/namespace/name`; of kinds that have none by `resource.group/namespace/name`. */
  readonly objects?: Readonly<Record<string, object>>;
  /** By `Kind/namespace/name`, newest first. */
  readonly events?: Readonly<Record<string, readonly Partial<Happening>[]>>;
  /** Why a table, or (by their keys) an object or events cannot be read. */
  readonly unread?: Readonly<Record<string, string>>;
}

export function worldOf({
  rows: given = {},
  objects = {},
  events = {},
  unread = {},
}: Given): World {
  const rows: Rows = { nodes: (given.pods ?? []).map(nodeUnder), ...given };
  const of = <T extends TableId>(table: T): readonly Tables[T][] => rows[table] ?? [];
  const whole = (key: string): Looked<Json> => {
    const [why, value] = [unread[key], objects[key]];
    if (why !== undefined) return { state: 'unread', why };
    return value === undefined ? { state: 'absent' } : { state: 'known', value: { ...value } };
  };
  return {
    now: NOW,
    *each(table, visit) {
      yield;
      for (const row of of(table)) visit(row);
    },
    named: (table, namespace, name) =>
      of(table).find((row) => row.name === name && row.namespace === namespace) ?? null,
    unread: (table) => unread[table] ?? '',
    events: (kind, namespace, name) => {
      const key = `${kind}/${namespace}/${name}`;
      const why = unread[key];
      if (why !== undefined) return { state: 'unread', why };
      return { state: 'known', value: (events[key] ?? []).map(happening) };
    },
    object: (table, namespace, name) => whole(`${table}/${namespace}/${name}`),
    other: ({ resource, group }, namespace, name) =>
      whole(`${resource}.${group}/${namespace}/${name}`),
  };
}

/** Pods are on nodes that are there and well, unless it is given which are. */
const nodeUnder = ({ node }: PodRow): NodeRow => nodeRow({ name: node, isReady: true });

export const happening = (given: Partial<Happening>): Happening => ({
  type: 'Warning',
  reason: '',
  message: '',
  from: '',
  uid: '',
  container: '',
  count: 1,
  at: NOW,
  ...given,
});

/** A rule that answers at once. */
export const answers =
  <Row>(rule: Rule<Row>) =>
  (row: Row, world: World): Answer =>
    finished(answerOf(rule(row, world)));

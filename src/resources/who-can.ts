/** Who may do something by the roles of a cluster, and what roles do not tell. */
import type { Cell, Segment } from '../core/styled.ts';
import { allowed, isBuiltIn, subjectText, type PolicyRule, type Subject } from '../domain/rbac.ts';
import type { BindingRow } from '../domain/tables/binding.ts';
import type { Query } from '../ports/query.ts';
import type { AccessQuestion } from './access-question.ts';
import { toned } from './cells.ts';
import type { Section } from './define.ts';
import { sections } from './describe/common.ts';
import {
  bindingsIn,
  RBAC_TABLES,
  roleOf,
  roleText,
  subjectCell,
  unknownLines,
  whereText,
} from './rbac.ts';

/** Somebody who may, by one binding. */
export interface Grant {
  readonly subject: Subject;
  readonly binding: BindingRow;
  /** Only with objects of these names; empty: with any that is asked for. */
  readonly only: readonly string[];
}

/** Who may do what is asked by the bindings that are known: everywhere first, then by namespace. */
export function whoCan(
  { attempt, namespace, namespaced }: AccessQuestion,
  query: Query,
): readonly Grant[] {
  return bindingsIn(query)
    .filter((binding) => holdsIn(binding, namespace, namespaced))
    .flatMap((binding) => {
      const only = allowedBy(roleOf(binding, query)?.rules ?? [], attempt);
      return only === null ? [] : binding.subjects.map((subject) => ({ subject, binding, only }));
    });
}

/** What a binding of a namespace gives is about what is in that namespace alone. */
function holdsIn(binding: BindingRow, namespace: string, namespaced: boolean): boolean {
  if (binding.namespace === '') return true;
  return namespace === '' ? namespaced : binding.namespace === namespace;
}

/** With which objects rules allow it: none named, with any; null: they do not. */
function allowedBy(
  rules: readonly PolicyRule[],
  attempt: AccessQuestion['attempt'],
): readonly string[] | null {
  const found = rules.flatMap((rule) => allowed(rule, attempt) ?? []);
  if (found.length === 0) return null;
  const isWhole = found.some(({ only }) => only.length === 0);
  return isWhole ? [] : [...new Set(found.flatMap(({ only }) => only))];
}

/** Columns wider than this (cells) push what follows. */
const WIDEST = 48;

/** Grants as a table: who, where, by which role and which binding. */
function grantLines(grants: readonly Grant[]): readonly Cell[] {
  const rows = grants.map(({ subject, binding, only }) => ({
    who: subjectCell(subject, binding),
    cells: [subjectText(subject), whereText(binding), roleText(binding), binding.name],
    only,
  }));
  const head = ['WHO', 'WHERE', 'ROLE', 'BINDING'];
  const widths = head.map((title, i) =>
    Math.min(WIDEST, Math.max(title.length, ...rows.map(({ cells }) => cells[i]?.length ?? 0))),
  );
  const padded = (cells: readonly string[]): readonly string[] =>
    cells.map((cell, i) => (i === head.length - 1 ? cell : `${cell.padEnd(widths[i] ?? 0)}  `));
  const lines = rows.map(({ who: [, ...notes], cells, only }): Cell => {
    const [name = '', where = '', role = '', binding = ''] = padded(cells);
    const segments: Segment[] = [
      [name, 'accent'],
      [where, 'text'],
      [role, 'text'],
      [binding, 'muted'],
      [only.length === 0 ? '' : `  only ${only.join(', ')}`, 'warn'],
    ];
    return [...segments, ...notes].filter(([text]) => text !== '');
  });
  return lines.length === 0 ? [] : [toned(padded(head).join(''), 'muted'), ...lines];
}

/** Service accounts tell which of them are there. */
export const WHO_CAN_TABLES = [...RBAC_TABLES, 'serviceaccounts'] as const;

/** The answer in full; {@link BESIDE_ROLES} belongs to it. */
export function whoCanSections(question: AccessQuestion, query: Query): readonly Section[] {
  const grants = whoCan(question, query);
  const own = grants.filter(({ binding }) => !isBuiltIn(binding));
  const unknown = unknownLines(query, RBAC_TABLES, question.namespace);
  const nobody = unknown.length > 0 ? [] : [toned('nobody, by roles of people', 'muted')];
  return sections(
    {
      title: `Who can ${question.words}`,
      lines: [
        ...(question.note === '' ? [] : [toned(question.note, 'warn')]),
        ...(own.length === 0 ? nobody : grantLines(own)),
        ...unknown,
      ],
    },
    {
      title: 'By bindings that come with the cluster',
      lines: grantLines(grants.filter(({ binding }) => isBuiltIn(binding))),
    },
  );
}

const BESIDE = [
  'access policies of EKS access entries, and what other authorizers allow (Node, webhooks)',
  'group system:masters may do everything: the server looks at no role of it',
  'who is in a group: access entries, aws-auth or single sign-on say that',
  'who may act as others, give out or widen roles gets there too: RISK in :clusterroles',
];

/** What no role tells, whatever is asked. */
export const BESIDE_ROLES: Section = {
  title: 'Not in roles, and so not in this answer',
  lines: BESIDE.map((line) => toned(line, 'muted')),
};

/** The descriptions of role bindings and cluster role bindings. */
import type { BindingRow } from '../../domain/tables/binding.ts';
import { bindingHealth } from '../binding-columns.ts';
import { muted, status, toned } from '../cells.ts';
import type { DescribeInput, Section } from '../define.ts';
import { roleOf, roleText, subjectCell, unknownLines, whereText } from '../rbac.ts';
import { ruleLines } from '../rule-words.ts';
import { eventsSection, identityLines, metadataLines, NONE, sections } from './common.ts';

export function describeBinding(input: DescribeInput<BindingRow>): readonly Section[] {
  const { row, object, events, query, ctx } = input;
  const role = roleOf(row, query);
  const found = bindingHealth(row, ctx);
  const table = row.roleKind === 'Role' ? 'roles' : 'clusterroles';
  const unknown = role === undefined ? unknownLines(query, [table]) : [];
  return sections(
    {
      title: row.namespace === '' ? 'Cluster role binding' : 'Role binding',
      lines: [
        ...identityLines(row, ctx),
        ...(found.cause === ''
          ? []
          : [['Problem', status(found.cause, { ...found, cause: '' })] as const]),
        [
          'Gives',
          [
            [roleText(row), 'accent'],
            [`  ${whereText(row)}`, 'muted'],
          ],
        ],
        ...(row.risks?.length ? [['Leads to', muted(row.risks.join(', '))] as const] : []),
        ...metadataLines(object),
      ],
    },
    {
      title: 'To',
      lines:
        row.subjects.length === 0 ? [NONE] : row.subjects.map((each) => subjectCell(each, row)),
    },
    {
      title: `Rules of ${roleText(row)}`,
      lines:
        role !== undefined
          ? ruleLines(role.rules)
          : unknown.length > 0
            ? unknown
            : [toned('it does not exist', 'warn')],
    },
    eventsSection(events, ctx),
  );
}

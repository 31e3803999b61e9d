/** The descriptions of roles and cluster roles. */
import type { AnyRoleRow } from '../../domain/tables/role.ts';
import type { DescribeInput, Section } from '../define.ts';
import { bindingsIn, bindingText, subjectCell, unknownLines, whereText } from '../rbac.ts';
import { risksCell } from '../role-columns.ts';
import { ruleLines } from '../rule-words.ts';
import {
  eventsSection,
  identityLines,
  metadataLines,
  NONE,
  sections,
  type Line,
} from './common.ts';

/** @param more what only cluster roles have */
export function describeRole(
  { row, object, events, query, ctx }: Omit<DescribeInput<AnyRoleRow>, 'row'> & { row: AnyRoleRow },
  more: readonly Line[] = [],
): readonly Section[] {
  const isOfCluster = row.namespace === '';
  const kind = isOfCluster ? 'ClusterRole' : 'Role';
  const given = bindingsIn(query)
    .filter((each) => each.roleKind === kind && each.roleName === row.name)
    .filter(({ namespace }) => isOfCluster || namespace === row.namespace)
    .flatMap((binding) =>
      binding.subjects.map((subject): Line => [
        whereText(binding),
        [...subjectCell(subject, binding), [`  by ${bindingText(binding)}`, 'muted']],
      ]),
    );
  const unknown = unknownLines(
    query,
    isOfCluster ? ['clusterrolebindings', 'rolebindings'] : ['rolebindings'],
  );
  const who = [...given, ...unknown];
  return sections(
    {
      title: isOfCluster ? 'Cluster role' : 'Role',
      lines: [
        ...identityLines(row, ctx),
        ['Leads to', row.risks.length === 0 ? 'no more than its rules say' : risksCell(row, ctx)],
        ...more,
        ...metadataLines(object),
      ],
    },
    { title: 'Rules', lines: ruleLines(row.rules) },
    { title: 'Who has it', lines: who.length === 0 ? [NONE] : who },
    eventsSection(events, ctx),
  );
}

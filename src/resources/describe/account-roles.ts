/** What a service account may do: its roles, by which binding and where. */
import type { Segment } from '../../core/styled.ts';
import { meansAccount } from '../../domain/rbac.ts';
import type { BindingRow } from '../../domain/tables/binding.ts';
import type { Query } from '../../ports/query.ts';
import type { Section } from '../define.ts';
import { bindingsIn, RBAC_TABLES, roleOf, roleText, unknownLines, whereText } from '../rbac.ts';
import { ruleLines, rulesText } from '../rule-words.ts';
import type { Line } from './common.ts';

/** What of a role's rules is told here; the role itself tells all. */
const MOST = 40;

/** By bindings of its own, and by those of the groups that all service accounts are in. */
export function accountRolesSection(
  { namespace, name }: { readonly namespace: string; readonly name: string },
  query: Query,
): Section {
  const means = meansAccount(namespace, name);
  const given = bindingsIn(query)
    .flatMap((binding) => {
      // Its own name, which sorts first, says more than a group that it is in.
      const [by] = binding.subjects.flatMap((subject) => means(subject) ?? []).sort();
      return by === undefined ? [] : { binding, by };
    })
    .sort((a, b) => Number(a.by !== '') - Number(b.by !== ''))
    .flatMap(({ binding, by }) => givenLines(binding, by, query));
  const unknown = unknownLines(query, RBAC_TABLES);
  const none: Line[] =
    given.length + unknown.length > 0 ? [] : [[['none: it may do nothing', 'muted']]];
  return { title: 'Roles', lines: [...given, ...unknown, ...none] };
}

/** @param group by which it has the role; empty: by itself */
function givenLines(binding: BindingRow, group: string, query: Query): readonly Line[] {
  const role = roleOf(binding, query);
  const head: Segment[] = [
    [roleText(binding), 'accent'],
    [`  by ${binding.name}${group === '' ? '' : `, as ${group}`}`, 'muted'],
  ];
  if (binding.roleFound === false) head.push(['  ! does not exist: gives nothing', 'warn']);
  const lines: Line[] = [[whereText(binding), head]];
  if (binding.risks?.length) lines.push(['', [[`! ${binding.risks.join(', ')}`, 'warn']]]);
  if (role === undefined) return lines;
  // What all have is told in short.
  if (group !== '') return [...lines, ['', [[rulesText(role.rules), 'muted']]]];
  const rules = ruleLines(role.rules);
  const more = rules.length - MOST;
  return [
    ...lines,
    ...rules.slice(0, MOST).map((rule): Line => ['', rule]),
    ...(more > 0 ? [['', `and ${more} more`] as const] : []),
  ];
}

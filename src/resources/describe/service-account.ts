import { at, objects, text } from '../../core/json.ts';
import type { ServiceAccountRow } from '../../domain/rows.ts';
import { toned } from '../cells.ts';
import type { DescribeInput, Section } from '../define.ts';
import { accountRolesSection } from './account-roles.ts';
import {
  eventsSection,
  identityLines,
  type Line,
  metadataLines,
  NONE,
  sections,
  UNKNOWN,
} from './common.ts';

const WORKLOADS = ['deployments', 'statefulsets', 'daemonsets'] as const;

export function describeServiceAccount(
  input: DescribeInput<ServiceAccountRow>,
): readonly Section[] {
  const { row, object, events, query, ctx } = input;
  const secrets = objects(at(object, 'imagePullSecrets')).map(({ name }) => text(name));
  return sections(
    {
      title: 'Service account',
      lines: [
        ...identityLines(row, ctx),
        ['Pods', row.pods === null ? UNKNOWN : String(row.pods)],
        ['Image pull secrets', secrets.length === 0 ? NONE : secrets.join(', ')],
        ...metadataLines(object),
      ],
    },
    {
      title: 'AWS identity',
      lines: [
        ['IAM role (IRSA)', row.role === '' ? NONE : row.role],
        ['Diagnosis', toned('b says what is wrong with it, and binds it', 'muted')],
      ],
    },
    accountRolesSection(row, query),
    { title: 'Used by', lines: users(input) },
    eventsSection(events, ctx),
  );
}

function users({ row, query }: DescribeInput<ServiceAccountRow>): readonly Line[] {
  const found = WORKLOADS.flatMap((table) =>
    [...query.rows(table)]
      .filter(
        (each) =>
          each.gone === 0 &&
          each.namespace === row.namespace &&
          (each.serviceAccount || 'default') === row.name,
      )
      .map((each): Line => [
        `${each.kind.toLowerCase()}/${each.name}`,
        `${each.ready}/${each.desired} ready`,
      ]),
  );
  return found.length === 0 ? [NONE] : found;
}

import { at, objects, text } from '../../core/json.ts';
import type { ServiceAccountRow } from '../../domain/rows.ts';
import { toned } from '../cells.ts';
import type { DescribeInput, Section } from '../define.ts';
import { accountRolesSection } from './account-roles.ts';
import { eventsSection, identityLines, metadataLines, NONE, sections, UNKNOWN } from './common.ts';
import { runsAs, usedBySection } from './used-by.ts';

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
    usedBySection(runsAs(row), query),
    eventsSection(events, ctx),
  );
}

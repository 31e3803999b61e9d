import type { HealthIssue } from '../../domain/rows.ts';
import type { Section } from '../define.ts';
import { inner, type Line } from './common.ts';

/** Health issues as EKS words them, in full, with what they are about. */
export function issuesSection(issues: readonly HealthIssue[]): Section {
  return {
    title: 'Health issues',
    lines: issues.flatMap(({ code, message, resources }): readonly Line[] => [
      [code, [[message, 'bad']]],
      ...resources.map((resource): Line => [inner(''), resource]),
    ]),
  };
}

import type { NamespaceRow } from '../../domain/rows.ts';
import type { DescribeInput, Section } from '../define.ts';
import { eventsSection, metadataLines, sections } from './common.ts';

export function describeNamespace({
  row,
  object,
  events,
  ctx,
}: DescribeInput<NamespaceRow>): readonly Section[] {
  return sections(
    { title: 'Namespace', lines: [['Name', row.name], ...metadataLines(object)] },
    eventsSection(events, ctx),
  );
}

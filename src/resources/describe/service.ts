import type { ServiceRow } from '../../domain/rows.ts';
import type { DescribeInput, Section } from '../define.ts';
import { eventsSection, metadataLines, sections } from './common.ts';

export function describeService({
  row,
  object,
  events,
  ctx,
}: DescribeInput<ServiceRow>): readonly Section[] {
  return sections(
    { title: 'Service', lines: [['Name', row.name], ...metadataLines(object)] },
    eventsSection(events, ctx),
  );
}

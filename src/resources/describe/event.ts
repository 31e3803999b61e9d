import type { EventRow } from '../../domain/rows.ts';
import type { DescribeInput, Section } from '../define.ts';
import { eventsSection, metadataLines, sections } from './common.ts';

export function describeEvent({
  row,
  object,
  events,
  ctx,
}: DescribeInput<EventRow>): readonly Section[] {
  return sections(
    { title: 'Event', lines: [['Name', row.name], ...metadataLines(object)] },
    eventsSection(events, ctx),
  );
}

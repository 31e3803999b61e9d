import type { HpaRow } from '../../domain/rows.ts';
import type { DescribeInput, Section } from '../define.ts';
import { eventsSection, metadataLines, sections } from './common.ts';

export function describeHpa({
  row,
  object,
  events,
  ctx,
}: DescribeInput<HpaRow>): readonly Section[] {
  return sections(
    { title: 'Hpa', lines: [['Name', row.name], ...metadataLines(object)] },
    eventsSection(events, ctx),
  );
}

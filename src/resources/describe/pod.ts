import type { PodRow } from '../../domain/rows.ts';
import type { DescribeInput, Section } from '../define.ts';
import { eventsSection, metadataLines, sections } from './common.ts';

export function describePod({
  row,
  object,
  events,
  ctx,
}: DescribeInput<PodRow>): readonly Section[] {
  return sections(
    { title: 'Pod', lines: [['Name', row.name], ...metadataLines(object)] },
    eventsSection(events, ctx),
  );
}

import type { WorkloadRow } from '../../domain/rows.ts';
import type { DescribeInput, Section } from '../define.ts';
import { eventsSection, metadataLines, sections } from './common.ts';

export function describeWorkload({
  row,
  object,
  events,
  ctx,
}: DescribeInput<WorkloadRow>): readonly Section[] {
  return sections(
    { title: 'Workload', lines: [['Name', row.name], ...metadataLines(object)] },
    eventsSection(events, ctx),
  );
}

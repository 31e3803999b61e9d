import type { NodeGroupRow } from '../../domain/rows.ts';
import type { DescribeInput, Section } from '../define.ts';
import { eventsSection, metadataLines, sections } from './common.ts';

export function describeNodeGroup({
  row,
  object,
  events,
  ctx,
}: DescribeInput<NodeGroupRow>): readonly Section[] {
  return sections(
    { title: 'NodeGroup', lines: [['Name', row.name], ...metadataLines(object)] },
    eventsSection(events, ctx),
  );
}

import type { NodeRow } from '../../domain/rows.ts';
import type { DescribeInput, Section } from '../define.ts';
import { eventsSection, metadataLines, sections } from './common.ts';

export function describeNode({
  row,
  object,
  events,
  ctx,
}: DescribeInput<NodeRow>): readonly Section[] {
  return sections(
    { title: 'Node', lines: [['Name', row.name], ...metadataLines(object)] },
    eventsSection(events, ctx),
  );
}

import type { ClusterRow } from '../../domain/rows.ts';
import type { DescribeInput, Section } from '../define.ts';
import { eventsSection, metadataLines, sections } from './common.ts';

export function describeCluster({
  row,
  object,
  events,
  ctx,
}: DescribeInput<ClusterRow>): readonly Section[] {
  return sections(
    { title: 'Cluster', lines: [['Name', row.name], ...metadataLines(object)] },
    eventsSection(events, ctx),
  );
}

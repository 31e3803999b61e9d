import type { EventRow } from '../../domain/rows.ts';
import { known, toned } from '../cells.ts';
import type { DescribeInput, Section } from '../define.ts';
import { departure, metadataLines, sections, when } from './common.ts';

export function describeEvent({ row, object, ctx }: DescribeInput<EventRow>): readonly Section[] {
  return sections({
    title: 'Event',
    lines: [
      ['Reason', toned(row.reason, row.type === 'Normal' ? 'strong' : 'warn')],
      ['Type', known(row.type)],
      ['Object', `${row.objectKind}/${row.objectName}`],
      ['Namespace', known(row.namespace)],
      ['Message', known(row.message)],
      ...departure(row, ctx),
      ['Count', String(row.count)],
      ['Last seen', when(row.last, ctx)],
      ['First seen', when(row.first, ctx)],
      ['From', known(row.source)],
      ['Name', known(row.name)],
      ...metadataLines(object),
    ],
  });
}

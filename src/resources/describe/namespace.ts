import { namespaceHealth, podHealth } from '../../domain/health.ts';
import type { NamespaceRow } from '../../domain/rows.ts';
import { status, toned } from '../cells.ts';
import type { DescribeInput, Section } from '../define.ts';
import {
  conditionsSection,
  departure,
  eventsSection,
  metadataLines,
  sections,
  UNKNOWN,
  when,
} from './common.ts';

export function describeNamespace(input: DescribeInput<NamespaceRow>): readonly Section[] {
  const { row, object, events, query, ctx } = input;
  const pods = [...query.rows('pods')].filter(
    (pod) => pod.gone === 0 && pod.namespace === row.name,
  );
  const broken = pods.filter((pod) => podHealth(pod, ctx.now).level === 'bad').length;
  return sections(
    {
      title: 'Namespace',
      lines: [
        ['Name', toned(row.name, 'strong')],
        ['Status', status(row.phase, namespaceHealth(row, ctx.now))],
        ...departure(row, ctx),
        ['Created', when(row.created, ctx)],
        [
          'Pods',
          query.status('pods').synced
            ? [
                [String(pods.length), 'text'],
                [broken === 0 ? '' : `, ${broken} broken`, 'bad'],
              ]
            : UNKNOWN,
        ],
        ...metadataLines(object),
      ],
    },
    conditionsSection(object, ctx),
    eventsSection(events, ctx),
  );
}

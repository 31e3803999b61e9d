import type { Cell } from '../../core/styled.ts';
import { explained } from '../../core/words.ts';
import type { ChangeRow } from '../../domain/rows.ts';
import type { Query } from '../../ports/query.ts';
import { known, time, toned } from '../cells.ts';
import type { DescribeInput, RowContext, Section } from '../define.ts';
import { isOfAws } from '../links.ts';
import { sections, when, type Line } from './common.ts';
import type { Happened } from './trail.ts';

/** What of a change CloudTrail can be asked about; null where AWS had no part in it. */
export const happenedInAws = ({ kind, namespace, name, at }: ChangeRow): Happened | null =>
  namespace === '' && isOfAws(kind) ? { name, at } : null;

export function describeChange({ row, query, ctx }: DescribeInput<ChangeRow>): readonly Section[] {
  const { change, what, why, kind, name, namespace, ownerKind, ownerName } = row;
  return sections(
    {
      title: 'Change',
      lines: [
        ['What', toned(explained(change, what), 'strong')],
        ...(why === '' ? [] : [['Why', why] as const]),
        ['Object', name === '' ? `several of kind ${kind}` : `${kind}/${name}`],
        ...(namespace === '' ? [] : [['Namespace', namespace] as const]),
        ...(ownerName === '' ? [] : [['Of', `${ownerKind}/${ownerName}`] as const]),
        ['Who', whoOf(row)],
        ['When', when(row.at, ctx)],
        ...(row.count > 1
          ? ([
              ['First', when(row.first, ctx)],
              ['How often', String(row.count)],
            ] as const)
          : []),
        [
          'Known',
          row.watched ? 'seen when it happened' : 'from what the API still told afterwards',
        ],
      ],
    },
    {
      title: 'Steps',
      lines: row.steps.toReversed().map((step) => [time(step.at, ctx), said(step)]),
    },
    { title: 'Of the same', lines: changesOf(row, query, ctx, row.uid) },
  );
}

/** Of what AWS keeps its own log says who: that is asked for when this is opened. */
function whoOf(row: ChangeRow): Cell {
  if (row.who !== '') return known(row.who);
  return happenedInAws(row) === null ? 'the API does not tell' : 'by CloudTrail: see below';
}

/** What an object is told by, and what it belongs to. */
interface Changed
  extends
    Pick<ChangeRow, 'namespace' | 'name'>,
    Partial<Pick<ChangeRow, 'ownerKind' | 'ownerName'>> {
  readonly workloadKind?: string;
  readonly workload?: string;
}

/** What was recorded of an object, what it belongs to and what belongs to it; null: nothing. */
export function changesSection(
  kind: string,
  row: Changed,
  query: Query,
  ctx: RowContext,
): Section | null {
  const { ownerKind = '', ownerName = '', workloadKind = ownerKind, workload = ownerName } = row;
  const lines = changesOf(
    { ...row, kind, ownerKind: workloadKind, ownerName: workload },
    query,
    ctx,
  );
  return lines.length === 0 ? null : { title: 'Changes', lines };
}

function changesOf(
  of: Pick<ChangeRow, 'kind' | 'namespace' | 'name' | 'ownerKind' | 'ownerName'>,
  query: Query,
  ctx: RowContext,
  except = '',
): readonly Line[] {
  const objects = [
    `${of.kind}/${of.name}`,
    ...(of.ownerName === '' ? [] : [`${of.ownerKind}/${of.ownerName}`]),
  ];
  const found: ChangeRow[] = [];
  for (const row of query.rows('changes')) {
    if (row.gone > 0 || row.uid === except || row.name === '') continue;
    if (row.namespace !== of.namespace) continue;
    // What happened to its siblings is told where they are looked at together.
    const isOf = row.ownerName !== '' && objects[0] === `${row.ownerKind}/${row.ownerName}`;
    if (isOf || objects.includes(`${row.kind}/${row.name}`)) found.push(row);
  }
  return found.sort((a, b) => b.at - a.at).map((row): Line => [time(row.at, ctx), lineOf(row)]);
}

const said = ({ what, why }: Pick<ChangeRow, 'what' | 'why'>): string =>
  [what, why].filter(Boolean).join(' · ');

const lineOf = ({ change, kind, name, who, ...row }: ChangeRow) =>
  [
    [`${change} `, 'strong'],
    [`${kind}/${name} `, 'accent'],
    [said(row), 'text'],
    [who === '' ? '' : `  ${who}`, 'muted'],
  ] as const;

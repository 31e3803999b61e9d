/** What stands above charts: of what they are, how far back, whose, and what asking has cost. */
import { sanitize, truncateMiddle } from '../../core/text.ts';
import type { ChartAgent, ChartSet } from '../../domain/charts/chart.ts';
import type { Span } from '../../domain/charts/span.ts';
import { periodText } from '../../domain/charts/units.ts';
import type { MetricMeter, WorkspaceAnswer } from '../../session/index.ts';
import type { PaneTitle, TitlePart } from '../pane.ts';
import type { Workspace } from '../workspace.ts';
import { sourceTitle } from './source.ts';

/** What a title tells. */
export interface ChartsTitle {
  readonly set: ChartSet;
  readonly span: Span;
  readonly agent: ChartAgent;
  readonly prometheus: WorkspaceAnswer | null;
  readonly isAsking: boolean;
  readonly meter: MetricMeter;
  readonly zone: 'utc' | 'local';
  /** Which chart is under the cursor, from 1 on, and how many there are. */
  readonly at: number;
  readonly of: number;
}

/** Cells of what it is about, where the line is short. */
const SHORT_TITLE = 30;

/** The title of the pane. */
export function chartsTitle({ set, span, meter, zone, ...shown }: ChartsTitle): PaneTitle {
  const left: TitlePart[] = [
    {
      cell: [
        ['Charts', 'title'],
        [`(${sanitize(set.title)})`, 'muted'],
      ],
      short: [
        ['Charts', 'title'],
        [`(${truncateMiddle(sanitize(set.title), SHORT_TITLE)})`, 'muted'],
      ],
      keep: 9,
    },
    {
      cell: [
        [span.id, 'accent'],
        [` per ${periodText(span.period)}`, 'muted'],
      ],
      short: [[span.id, 'accent']],
      keep: 8,
    },
    ...sourceTitle(set, shown.agent, shown.prometheus),
  ];
  const right: TitlePart[] = [];
  if (shown.isAsking) right.push({ cell: [['reading…', 'muted']], keep: 6 });
  if (!meter.isEmpty) {
    right.push({
      cell: [[`${meter.words}, ${meter.usd} this session`, 'muted']],
      short: [[meter.usd, 'muted']],
      keep: 7,
    });
  }
  right.push({
    cell: [[`${zone === 'utc' ? 'UTC ' : ''}${shown.at}/${shown.of}`, 'muted']],
    keep: 5,
  });
  return { left, right };
}

/** How times are told. */
export const zoneOf = ({ settings }: Workspace): 'utc' | 'local' =>
  settings.time === 'local' ? 'local' : 'utc';

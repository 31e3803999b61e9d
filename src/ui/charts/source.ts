/** Whose charts are shown: Container Insights's or a Prometheus's, where two measure the same. */
import { sanitize, truncateMiddle } from '../../core/text.ts';
import { agentsOf, type ChartAgent, type ChartSet } from '../../domain/charts/chart.ts';
import type { Workspace } from '../../domain/charts/workspace.ts';
import type { WorkspaceAnswer } from '../../session/index.ts';
import type { TitlePart } from '../pane.ts';

/** The longest name of a workspace in a title (cells). */
const NAME = 40;

/** May a Prometheus tell something of it? */
export const hasPrometheus = (set: ChartSet): boolean => agentsOf(set).has('prometheus');

/** What is shown where there is no Prometheus. */
const otherName = (set: ChartSet): string =>
  agentsOf(set).has('cloudwatch') ? 'Container Insights' : 'CloudWatch';

/** Whose they are, where there may be others; a Prometheus by its name. */
export function sourceTitle(
  set: ChartSet,
  agent: ChartAgent,
  prometheus: WorkspaceAnswer | null,
): readonly TitlePart[] {
  if (!hasPrometheus(set)) return [];
  const name = agent === 'cloudwatch' ? otherName(set) : 'Prometheus';
  const more = agent === 'cloudwatch' ? '' : ` ${workspaceWords(prometheus)}`;
  return [
    {
      cell: [
        [name, 'accent'],
        [more, 'muted'],
      ],
      short: [[name, 'accent']],
      keep: 6,
    },
  ];
}

function workspaceWords(prometheus: WorkspaceAnswer | null): string {
  if (prometheus === null) return 'looking for its workspace…';
  if (prometheus.is === 'none') return 'none';
  return truncateMiddle(sanitize(shortName(prometheus.workspace)), NAME);
}

/** Ids are long: where people gave it a name, that is enough. */
const shortName = ({ alias, id }: Workspace): string => (alias === '' ? id : alias);

/** Whose charts are shown and why these, in a sentence. */
export function sourceWords(
  set: ChartSet,
  agent: ChartAgent,
  prometheus: WorkspaceAnswer | null,
): string {
  if (!hasPrometheus(set)) return 'nothing but CloudWatch measures this';
  if (agent === 'cloudwatch') {
    const name = otherName(set);
    const why =
      prometheus?.is === 'none' ? `, as there is no Prometheus: ${prometheus.reason}` : '';
    return sanitize(`${name}${name === 'CloudWatch' ? '' : ' of CloudWatch'}${why}`);
  }
  if (prometheus === null) return 'Prometheus: its workspace is looked for';
  return prometheus.is === 'found'
    ? sanitize(`Prometheus ${shortName(prometheus.workspace)}: ${prometheus.why}`)
    : sanitize(`there is no Prometheus: ${prometheus.reason}`);
}

/** What to do where the workspace that the user chose cannot be had. */
export const choiceHints = (prometheus: WorkspaceAnswer | null): readonly string[] =>
  prometheus?.is === 'none' && prometheus.isChosen && prometheus.hint !== ''
    ? [`prometheus in the configuration: ${prometheus.hint}`]
    : [];

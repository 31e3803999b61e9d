/** Whose charts are shown: Container Insights's or a Prometheus's, where two measure the same. */
import { sanitize, truncateMiddle } from '../../core/text.ts';
import { agentsOf, type ChartAgent, type ChartSet } from '../../domain/charts/chart.ts';
import type { Workspace } from '../../domain/charts/workspace.ts';
import type { WorkspaceAnswer } from '../../session/index.ts';
import type { TitlePart } from '../pane.ts';

/** The longest name of a workspace in a title (cells). */
const NAME = 40;

/** Does it make a difference whose charts are shown? */
export const hasTwoSources = (set: ChartSet): boolean => agentsOf(set).size > 1;

/** Whose they are, where there may be others; a Prometheus by its name. */
export function sourceTitle(
  set: ChartSet,
  agent: ChartAgent,
  prometheus: WorkspaceAnswer | null,
): readonly TitlePart[] {
  if (!hasTwoSources(set)) return [];
  const name = agent === 'cloudwatch' ? 'Container Insights' : 'Prometheus';
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
export function sourceWords(agent: ChartAgent, prometheus: WorkspaceAnswer | null): string {
  if (agent === 'cloudwatch') {
    const why =
      prometheus?.is === 'none' ? `, as there is no Prometheus: ${prometheus.reason}` : '';
    return sanitize(`Container Insights of CloudWatch${why}`);
  }
  return prometheus?.is === 'found'
    ? sanitize(`Prometheus ${shortName(prometheus.workspace)}: ${prometheus.why}`)
    : 'Prometheus: its workspace is looked for';
}

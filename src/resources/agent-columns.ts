/** What Systems Manager says of a machine, as panes of machines show it. */
import type { Cell } from '../core/styled.ts';
import { agentHealth, patchCount, patchWords, pingWord } from '../domain/agent.ts';
import type { Agent, Patches } from '../domain/tables/managednodes.ts';
import { muted, NONE, status, toned, UNKNOWN } from './cells.ts';
import { textColumn } from './columns.ts';
import type { Column } from './define.ts';

/** Whether the agent is heard of, and what is wrong; that it never was is nothing bad. */
export const pingCell = (agent: Agent): Cell =>
  agent.ping === '' ? muted(pingWord(agent)) : status(pingWord(agent), agentHealth(agent));

/** `3.3.2299.0`, marked where there is a newer one. */
export function agentCell({ version, isLatest }: Agent): Cell {
  if (version === '' || isLatest !== false) return muted(version);
  return [
    [version, 'text'],
    [' · newer', 'muted'],
  ];
}

/** `12 missing, 1 failed`; `none missing`, `never scanned`. */
export function patchCell(patches: Patches | null): Cell {
  if (patches === null) return UNKNOWN;
  if (patches.at === 0) return muted('never scanned');
  const words = patchWords(patches);
  if (words === '') return muted('none missing');
  return toned(words, patches.critical > 0 || patches.failed > 0 ? 'warn' : 'text');
}

/** A machine that may have an agent: null where it is not known, `none` where it can have none. */
type AgentOf<Row> = (row: Row) => Agent | null | 'none';

/** The agent and the patches of a machine, as columns of a pane of machines. */
export function agentColumns<Row>(agentOf: AgentOf<Row>): readonly Column<Row>[] {
  const agent = (row: Row): Agent | null => {
    const found = agentOf(row);
    return found === 'none' ? null : found;
  };
  const cell =
    (shown: (agent: Agent) => Cell) =>
    (row: Row): Cell => {
      const found = agentOf(row);
      if (found === 'none') return NONE;
      return found === null ? UNKNOWN : shown(found);
    };
  const needs = ['managednodes'] as const;
  return [
    textColumn(
      {
        id: 'ssm',
        title: 'SSM',
        description: 'Whether Systems Manager hears of its agent: m opens a session then.',
        tier: 3,
        tells: 'moment',
        max: 40,
        needs,
        cell: cell(pingCell),
      },
      (row) => agent(row)?.ping ?? null,
    ),
    textColumn(
      {
        id: 'ssmAgent',
        title: 'SSM-AGENT',
        description: 'Version of its Systems Manager agent, and whether there is a newer one.',
        tier: 3,
        max: 28,
        needs,
        cell: cell(agentCell),
      },
      (row) => agent(row)?.version ?? null,
    ),
    textColumn(
      {
        id: 'patches',
        title: 'PATCHES',
        description: 'Patches that its last scan by Systems Manager found missing or failed.',
        tier: 3,
        tells: 'moment',
        descending: true,
        sortBy: (row) => patchCount(agent(row)?.patches ?? null),
        max: 40,
        needs,
        cell: cell(({ patches }) => patchCell(patches)),
      },
      (row) => {
        const patches = agent(row)?.patches ?? null;
        return patches === null || patches.at === 0 ? null : patchWords(patches);
      },
    ),
  ];
}

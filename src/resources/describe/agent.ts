import { AUTO_UNSEEN, UNSEEN_BECAUSE } from '../../domain/agent.ts';
import type { NodeRow } from '../../domain/rows.ts';
import { type Agent, UNSEEN } from '../../domain/tables/managednodes.ts';
import { agentCell, patchCell, pingCell } from '../agent-columns.ts';
import { known } from '../cells.ts';
import type { RowContext } from '../define.ts';
import { when, type Line } from './common.ts';

/** What Systems Manager knows of a machine. */
export function agentLines(
  { agent, isAuto }: { readonly agent: Agent; readonly isAuto: boolean },
  ctx: RowContext,
): readonly Line[] {
  if (isAuto) return [['Agent', `none: ${AUTO_UNSEEN}`]];
  if (agent.ping === '')
    return [
      ['Agent', pingCell(agent)],
      ['Why', UNSEEN_BECAUSE],
    ];
  const { patches } = agent;
  return [
    ['Agent', pingCell(agent)],
    ['Last heard of', when(agent.pingAt, ctx)],
    ['Version', agentCell(agent)],
    ['Platform', known(agent.platform)],
    ['Patches', patchCell(patches)],
    ...(patches === null || patches.at === 0
      ? []
      : ([
          ['Not in force', `${patches.critical} critical, ${patches.security} security`],
          ['Scanned', when(patches.at, ctx)],
          ['Patch baseline', known(patches.baseline)],
        ] as const)),
  ];
}

/** The same of a node; nothing where there is no agent to be had, or AWS does not tell. */
export function nodeAgentLines({ agent, compute }: NodeRow, ctx: RowContext): readonly Line[] {
  const isAuto = compute === 'auto';
  return agent === null && !isAuto ? [] : agentLines({ agent: agent ?? UNSEEN, isAuto }, ctx);
}

import { releaseOfNode } from '../../domain/ami-release.ts';
import { machineHealth } from '../../domain/machine-health.ts';
import type { NodeRow } from '../../domain/rows.ts';
import type { Machine } from '../../domain/tables/instances.ts';
import { iso, known, status, UNKNOWN } from '../cells.ts';
import type { RowContext } from '../define.ts';
import { imageLines, releaseLines } from '../release-columns.ts';
import { many, when, type Line } from './common.ts';

/** What AWS checks of an instance, and has planned for it. */
export function checkLines(machine: Machine): readonly Line[] {
  const { state, checks, events, reservation } = machine;
  return [
    ['Instance state', known(state)],
    ['EC2 checks', checks === null ? UNKNOWN : status(checks || 'passed', machineHealth(machine))],
    ...(reservation === '' ? [] : ([['Capacity reservation', reservation]] as const)),
    ...many(
      'Planned',
      events.map(
        ({ code, description, at }) =>
          `${code}: ${description}${at > 0 ? `, not before ${iso(at) ?? '?'}` : ''}`,
      ),
    ).slice(0, events.length),
  ];
}

/** The same of the instance under a node; nothing where AWS does not tell of it. */
export function machineLines(row: NodeRow, ctx: RowContext): readonly Line[] {
  const { machine, notice } = row;
  return [
    ...(notice === null
      ? []
      : ([
          [
            'Notice',
            [
              [`${notice.text}, by ${notice.by}`, 'warn'],
              [`  ${notice.message}`, 'text'],
            ],
          ],
          ['Noticed', when(notice.at, ctx)],
        ] as const)),
    ...(machine === null ? [] : [...checkLines(machine), ...imageLines(machine.image, ctx)]),
    ...releaseLines(releaseOfNode(row), ctx),
  ];
}

/** What the cluster runs for itself, and how fast its API server answers. */
import type { Segment } from '../../core/styled.ts';
import { isProblem } from '../../domain/health.ts';
import { systemRank } from '../../domain/pulse/system.ts';
import { daemonsets } from '../daemonsets.ts';
import { deployments } from '../deployments.ts';
import type { BaseRow } from '../../domain/rows.ts';
import { flow, type BoardSection, type Field } from './board.ts';
import type { PulseFacts, SystemFacts } from './facts.ts';

/** Whose rows are looked through for what the cluster runs for itself. */
export const SYSTEM_RESOURCES = [deployments, daemonsets] as const;

/** Longer than this (ms) an answer keeps people waiting. */
const SLOW = 1000;

/** What is in trouble first, then what all else depends on. */
export function systemSection(facts: PulseFacts, width: number): BoardSection {
  const { system, systemStatus: status } = facts;
  const parts = [...system].sort(byWeight).map(partField);
  const told: Field[] =
    parts.length > 0 || status.synced
      ? parts
      : [
          {
            cell: [
              status.state === 'idle' || status.state === 'loading'
                ? ['loading…', 'info']
                : [`not known: ${status.reason || status.state}`, 'warn'],
            ],
            grows: true,
          },
        ];
  return {
    id: 'system',
    lines: flow([server(facts), ...told], width, lead, (hidden) => ({
      cell: [[`+${hidden}`, 'muted']],
    })),
    least: 1,
  };
}

const lead = (line: number): Field => ({
  cell: line === 0 ? [['System', 'title']] : '      ',
});

function server({ roundTrip }: PulseFacts): Field {
  if (roundTrip === null) return { cell: [['API server ?', 'muted']] };
  const tone = roundTrip > SLOW ? 'warn' : 'muted';
  return { cell: [[`API server ${Math.max(1, Math.round(roundTrip))} ms`, tone]] };
}

const byWeight = (a: SystemFacts, b: SystemFacts): number =>
  Number(isProblem(b.health)) - Number(isProblem(a.health)) ||
  systemRank(a.row) - systemRank(b.row) ||
  (a.row.name < b.row.name ? -1 : 1);

function partField({ row, health, resource }: SystemFacts): Field {
  const { name, namespace, available, desired } = row;
  const { level, cause } = health;
  const tone = isProblem(health) ? (level === 'bad' ? 'bad' : 'warn') : 'muted';
  const glyph = level === 'bad' ? '✗' : level === 'warn' ? '!' : level === 'busy' ? '…' : '✓';
  const cell: Segment[] = [
    [`${glyph} `, tone],
    [name, isProblem(health) ? 'text' : 'muted'],
    [` ${available}/${desired}`, tone],
  ];
  const only = (each: BaseRow): boolean => each.name === name && each.namespace === namespace;
  return {
    id: `system:${resource}:${namespace}/${name}`,
    cell,
    link: { to: resource, target: { label: name, namespace, only }, example: row },
    ...(cause === '' ? {} : { remark: [[`${name}: ${cause}`, 'text']] }),
  };
}

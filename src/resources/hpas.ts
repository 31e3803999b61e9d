import type { Cell, Segment } from '../core/styled.ts';
import { hpaHealth } from '../domain/health.ts';
import { hpaTrouble } from '../domain/hpa.ts';
import { refOf } from '../domain/ref.ts';
import type { HpaMetric, HpaRow } from '../domain/rows.ts';
import { whyHpa } from '../domain/why/hpa.ts';
import { bar, status, toned, usageTone } from './cells.ts';
import {
  ageColumn,
  countColumn,
  labelsColumn,
  nameColumn,
  namespaceColumn,
  textColumn,
  timeColumn,
} from './columns.ts';
import { defineResource, type Column, type RowContext } from './define.ts';
import { describeHpa } from './describe/hpa.ts';
import { toObject } from './links.ts';
import { shortObject } from './names.ts';
import { bySeverity } from './severity.ts';

const health = (row: HpaRow, ctx: RowContext) => hpaHealth(row, ctx.now);

/** The metric that decides: the one furthest over, or nearest to, its target. */
function leading(metrics: readonly HpaMetric[]): HpaMetric | undefined {
  return [...metrics].sort((a, b) => (b.ratio ?? -1) - (a.ratio ?? -1))[0];
}

/** Metrics as kubectl prints them: `cpu: 42%/60%, memory: 30%/80%`. */
function targets(row: HpaRow): string {
  return row.metrics.map(({ name, current, target }) => `${name}: ${current}/${target}`).join(', ');
}

function targetsCell(row: HpaRow): Cell {
  if (row.metrics.length === 0) return toned('<none>', 'warn');
  return row.metrics.flatMap(({ name, current, target, ratio }, i): Segment[] => [
    [`${i === 0 ? '' : ', '}${name} `, 'muted'],
    [current, ratio === null ? 'warn' : ratio > 1 ? 'strong' : 'text'],
    [`/${target}`, 'muted'],
  ]);
}

const columns: readonly Column<HpaRow>[] = [
  namespaceColumn(),
  nameColumn(10, health),
  {
    id: 'targets',
    title: 'TARGETS',
    description: 'Metrics: current value and target, as kubectl prints them.',
    tier: 0,
    min: 12,
    max: 60,
    grow: 1,
    value: targets,
    cell: targetsCell,
  },
  {
    id: 'load',
    title: 'LOAD',
    description: 'The metric nearest to its target, in percent of the target: over 100 scales up.',
    tier: 1,
    min: 10,
    max: 10,
    descending: true,
    sortKey: 'C',
    value: (row) => load(row),
    cell: (row) => bar(load(row), usageTone),
  },
  countColumn(
    { id: 'min', title: 'MIN', description: 'Fewest replicas.', tier: 0 },
    (row) => row.min,
  ),
  countColumn(
    { id: 'max', title: 'MAX', description: 'Most replicas.', tier: 0 },
    (row) => row.max,
  ),
  {
    id: 'current',
    title: 'REPLICAS',
    description: 'Replicas there are, and those it wants where that differs.',
    tier: 0,
    min: 8,
    max: 9,
    align: 'right',
    descending: true,
    value: (row) => row.current,
    cell: (row) => {
      const tone = row.current >= row.max && row.max > row.min ? 'warn' : 'text';
      const now: Segment = [String(row.current), tone];
      const kind = hpaTrouble(row)?.kind;
      // Without metrics it wants nothing.
      const idle = kind === 'unknown-metrics' || kind === 'unable' || kind === 'disabled';
      return idle || row.desired === row.current ? [now] : [now, [` → ${row.desired}`, 'info']];
    },
  },
  {
    id: 'status',
    title: 'STATUS',

    tells: 'state',
    description: 'What keeps it from scaling: at maximum, unable to scale, unknown metrics.',
    tier: 0,
    min: 13,
    max: 90,
    grow: 2,
    sortKey: 'S',
    sortBy: bySeverity((row) => word(row), health),
    value: (row) => word(row),
    cell: (row, ctx) => {
      const { level, cause } = health(row, ctx);
      // Where the word says it all, the cause only repeats the numbers beside it.
      const told = ['at-max', 'disabled'].includes(hpaTrouble(row)?.kind ?? '');
      return status(word(row), { level, cause: told ? '' : cause });
    },
  },
  textColumn(
    {
      id: 'reference',
      copies: 'what it scales',
      title: 'REFERENCE',
      description: 'What it scales.',
      tier: 1,
      min: 14,
      cut: 'middle',
      cell: (row) => shortObject(row.targetKind, row.targetName),
    },
    (row) => `${row.targetKind}/${row.targetName}`,
  ),
  {
    id: 'desired',
    title: 'DESIRED',
    description: 'Replicas that it wants.',
    tier: 3,
    min: 7,
    max: 7,
    align: 'right',
    value: (row) => row.desired,
  },
  timeColumn(
    { id: 'lastScale', title: 'SCALED', description: 'When it last changed the number.', tier: 1 },
    (row) => row.lastScale,
  ),
  ageColumn(1),
  textColumn(
    {
      id: 'conditions',
      tells: 'moment',
      title: 'CONDITIONS',
      description: 'Conditions with their reasons.',
      tier: 2,
      max: 90,
    },
    (row) =>
      row.conditions.map(({ type, status, reason }) => `${type}=${status}(${reason})`).join(' '),
  ),
  labelsColumn(),
];

const WORDS = {
  unable: 'unable to scale',
  'unknown-metrics': 'metrics unknown',
  disabled: 'disabled',
  'at-max': 'at maximum',
} as const;

function word(row: HpaRow): string {
  const trouble = hpaTrouble(row);
  if (trouble !== null) return WORDS[trouble.kind];
  return row.desired === row.current ? 'steady' : 'scaling';
}

function load(row: HpaRow): number | null {
  const ratio = leading(row.metrics)?.ratio ?? null;
  return ratio === null ? null : Math.round(ratio * 100);
}

export const hpas = defineResource({
  id: 'hpas',
  title: 'Autoscalers',
  singular: 'hpa',
  aliases: ['horizontalpodautoscaler', 'horizontalpodautoscalers'],
  description: 'Horizontal pod autoscalers with their metrics and what keeps them from scaling.',
  table: 'hpas',
  scope: 'namespaced',
  columns,
  sort: { column: 'namespace', descending: false },
  health,
  trend: {
    all: true,
    lines: [
      {
        label: 'Replicas',
        value: (row) => row.current,
        text: String,
        full: (row) => row.max,
        bound: ({ min, max }) => (min < max ? { at: max, words: 'at its maximum' } : undefined),
        isNews: true,
      },
      {
        label: 'Load of target',
        value: load,
        text: (percent) => `${percent}%`,
        bound: () => ({ at: 101, words: 'over 100%' }),
      },
    ],
  },
  why: whyHpa,
  enter: {
    is: 'link',
    to: 'deployments',
    title: 'what it scales',
    target: (row, query) => toObject(row.targetKind, row.namespace, row.targetName, query),
  },
  ref: (row) => refOf('hpas', row),
  describe: describeHpa,
  describeNeeds: ['deployments', 'statefulsets'],
  iam: [],
  empty: 'No horizontal pod autoscalers here',
});

import { hpaHealth } from '../../domain/health.ts';
import { hpaTrouble } from '../../domain/hpa.ts';
import { rollout } from '../../domain/rollout.ts';
import type { HpaRow, WorkloadRow } from '../../domain/rows.ts';
import type { Query } from '../../ports/query.ts';
import { bar, status, toned, usageTone } from '../cells.ts';
import type { DescribeInput, Section } from '../define.ts';
import {
  conditionsSection,
  departure,
  eventsSection,
  metadataLines,
  NONE,
  sections,
  when,
  type Line,
} from './common.ts';
import { at, objects, text } from '../../core/json.ts';

export function describeHpa(input: DescribeInput<HpaRow>): readonly Section[] {
  const { row, object, events, query, ctx } = input;
  const target = targetOf(row, query);
  return sections(
    { title: 'Autoscaler', lines: summary(input) },
    {
      title: 'Metrics (current / target)',
      lines: row.metrics.length === 0 ? [NONE] : row.metrics.map(metricLine),
    },
    {
      title: 'Behavior',
      lines: ['scaleUp', 'scaleDown'].flatMap((way) =>
        behaviorLines(way, at(object, 'spec', 'behavior', way)),
      ),
    },
    conditionsSection(object, ctx),
    {
      title: 'Related',
      lines:
        target === undefined
          ? []
          : [
              [
                `${row.targetKind.toLowerCase()}/${row.targetName}`,
                `${target.ready}/${target.desired} ready, ${rollout(target).text}`,
              ],
            ],
    },
    eventsSection(events, ctx),
  );
}

function summary({ row, object, ctx }: DescribeInput<HpaRow>): readonly Line[] {
  const trouble = hpaTrouble(row);
  return [
    ['Name', toned(row.name, 'strong')],
    ['Namespace', row.namespace],
    ['State', status(trouble?.kind ?? 'steady', hpaHealth(row, ctx.now))],
    ...departure(row, ctx),
    ['Reference', `${row.targetKind}/${row.targetName}`],
    ['Min replicas', String(row.min)],
    ['Max replicas', String(row.max)],
    ['Pods', `${row.current} current / ${row.desired} desired`],
    ['Last scale', when(row.lastScale, ctx)],
    ['Created', when(row.created, ctx)],
    ...metadataLines(object),
  ];
}

function metricLine({ name, current, target, ratio }: HpaRow['metrics'][number]): Line {
  const load = bar(ratio === null ? null : Math.round(ratio * 100), usageTone);
  const tone = ratio === null ? 'warn' : 'text';
  return [
    name,
    [
      [`${current} / ${target}  `, tone],
      ...(typeof load === 'string' ? [] : load),
      [' of the target', 'muted'],
    ],
  ];
}

function behaviorLines(way: string, behavior: unknown): readonly Line[] {
  const window = text(at(behavior, 'stabilizationWindowSeconds'));
  const policies = objects(at(behavior, 'policies')).map(
    (policy) =>
      `${text(policy['type'])} ${text(policy['value'])} every ${text(policy['periodSeconds'])}s`,
  );
  if (window === '' && policies.length === 0) return [];
  const settle = window === '' ? [] : [`after ${window}s of the same wish`];
  return [[way === 'scaleUp' ? 'Scale up' : 'Scale down', [...settle, ...policies].join(', ')]];
}

function targetOf(row: HpaRow, query: Query): WorkloadRow | undefined {
  switch (row.targetKind) {
    case 'Deployment':
      return query.named('deployments', row.namespace, row.targetName);
    case 'StatefulSet':
      return query.named('statefulsets', row.namespace, row.targetName);
    default:
      return undefined;
  }
}

import type { Cell } from '../../core/styled.ts';
import { roleOf } from '../../domain/identity.ts';
import { hpaTrouble } from '../../domain/hpa.ts';
import { metricText } from '../../domain/hpa-metric.ts';
import { workloadHealth } from '../../domain/health.ts';
import { rollout } from '../../domain/rollout.ts';
import type { PodRow, WorkloadRow } from '../../domain/rows.ts';
import { isPodOf } from '../../domain/workload-pods.ts';
import { zoneSpread } from '../../domain/zones.ts';
import type { Query } from '../../ports/query.ts';
import { known, status, toned } from '../cells.ts';
import type { DescribeInput, Section } from '../define.ts';
import { selects } from '../selects.ts';
import { roleLine } from './aws.ts';
import {
  conditionsSection,
  controlledBy,
  departure,
  eventsSection,
  metadataLines,
  NONE,
  related,
  sections,
  UNKNOWN,
  when,
  type Line,
} from './common.ts';
import { templateSection } from './container.ts';
import { podsSection } from './pods.ts';
import { at, text } from '../../core/json.ts';

/** What the related objects and the AWS side of a workload are read from. */
export const WORKLOAD_DESCRIBE_NEEDS = [
  'pods',
  'nodes',
  'hpas',
  'replicasets',
  'services',
  'endpointslices',
  'serviceaccounts',
] as const;

export function describeWorkload(input: DescribeInput<WorkloadRow>): readonly Section[] {
  const { row, object, events, query, ctx } = input;
  const isOf = isPodOf(row);
  const pods = [...query.rows('pods')].filter((pod) => pod.gone === 0 && isOf(pod));
  return sections(
    { title: TITLES[row.kind], lines: summary(input) },
    { title: 'AWS', lines: awsLines(row, pods, query) },
    templateSection(at(object, 'spec', 'template')),
    conditionsSection(object, ctx),
    {
      title: 'Related',
      lines: [...autoscalers(row, query), ...revisions(row, query), ...services(pods, query)],
    },
    podsSection(pods, ctx),
    eventsSection(events, ctx),
  );
}

const TITLES = {
  Deployment: 'Deployment',
  StatefulSet: 'Stateful set',
  DaemonSet: 'Daemon set',
  ReplicaSet: 'Replica set',
} as const;

function summary({ row, object, ctx }: DescribeInput<WorkloadRow>): readonly Line[] {
  const minReady = text(at(object, 'spec', 'minReadySeconds'));
  return [
    ['Name', toned(row.name, 'strong')],
    ['Namespace', row.namespace],
    ['Rollout', status(rollout(row).text, workloadHealth(row, ctx.now))],
    ...departure(row, ctx),
    ['Replicas', replicasText(row)],
    ['Created', when(row.created, ctx)],
    ['Revision', known(row.revision)],
    ['Strategy', strategyText(row, object)],
    ['Min ready', minReady === '' ? NONE : `${minReady}s`],
    ['Paused', toned(row.paused ? 'yes' : 'no', row.paused ? 'warn' : 'text')],
    ['Selector', known(row.selector)],
    ['Service account', known(row.serviceAccount)],
    ['Controlled by', controlledBy(object)],
    ['Managed by', known(row.managedBy)],
    ...metadataLines(object),
  ];
}

/** As kubectl describe counts them. */
function replicasText(row: WorkloadRow): string {
  const missing = Math.max(0, row.desired - row.available);
  return `${row.desired} desired | ${row.updated} updated | ${row.current} total | ${row.available} available | ${missing} unavailable`;
}

function strategyText(row: WorkloadRow, object: unknown): Cell {
  const field = row.kind === 'Deployment' ? 'strategy' : 'updateStrategy';
  const rolling = at(object, 'spec', field, 'rollingUpdate');
  const parts = [
    ['max unavailable', text(at(rolling, 'maxUnavailable'))],
    ['max surge', text(at(rolling, 'maxSurge'))],
    ['partition', row.partition > 0 ? String(row.partition) : ''],
  ].filter(([, value]) => value !== '');
  const details = parts.map(([word = '', value = '']) => `${value} ${word}`).join(', ');
  return [
    [row.strategy || '-', 'text'],
    [details === '' ? '' : `  ${details}`, 'muted'],
  ];
}

function awsLines(row: WorkloadRow, pods: readonly PodRow[], query: Query): readonly Line[] {
  const account = query.named('serviceaccounts', row.namespace, row.serviceAccount || 'default');
  const spread = row.zones === null ? null : zoneSpread(row.zones);
  return [
    ['AZ spread', known(spread)],
    [
      'Capacity',
      tally(
        pods.map((pod) => pod.capacity),
        'not told',
      ),
    ],
    [
      'Groups',
      tally(
        pods.map((pod) => pod.group),
        'none',
      ),
    ],
    roleLine(account === undefined ? null : roleOf(account)),
  ];
}

/** How many of each: `on-demand 3, spot 2`. */
function tally(values: readonly (string | null)[], none: string): Cell {
  if (values.every((value) => value === '')) return NONE;
  if (values.every((value) => value === null)) return UNKNOWN;
  const counts = new Map<string, number>();
  for (const value of values) {
    const word = value === null ? '?' : value || none;
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].map(([word, count]) => `${word} ${count}`).join(', ');
}

function autoscalers(row: WorkloadRow, query: Query): readonly Cell[] {
  if (row.kind === 'DaemonSet') return [];
  if (!query.status('hpas').synced) return [[['? autoscalers are not known', 'muted']]];
  return [...query.rows('hpas')]
    .filter(
      (hpa) =>
        hpa.gone === 0 &&
        hpa.namespace === row.namespace &&
        hpa.targetKind === row.kind &&
        hpa.targetName === row.name,
    )
    .map((hpa) => {
      const metrics = hpa.metrics.map((metric) => `${metric.name} ${metricText(metric)}`);
      const note = `${hpa.min}–${hpa.max} replicas, ${hpa.current} now, ${metrics.join(', ')}`;
      const trouble = hpaTrouble(hpa)?.text;
      return related(`hpa/${hpa.name}`, [
        [note, 'muted'],
        [trouble === undefined ? '' : `  ${trouble}`, 'warn'],
      ]);
    });
}

/** The replica sets of a deployment: its revisions, newest first. */
function revisions(row: WorkloadRow, query: Query): readonly Cell[] {
  if (row.kind !== 'Deployment') return [];
  if (!query.status('replicasets').synced) return [[['? replica sets are not known', 'muted']]];
  return [...query.rows('replicasets')]
    .filter(
      (set) =>
        set.gone === 0 &&
        set.namespace === row.namespace &&
        set.ownerKind === row.kind &&
        set.ownerName === row.name,
    )
    .sort((a, b) => Number(b.revision) - Number(a.revision))
    .map((set) =>
      related(
        `rs/${set.name}`,
        `revision ${set.revision}, ${set.ready}/${set.desired} ready, ${set.containers.map(({ image }) => image).join(' ')}`,
      ),
    );
}

function services(pods: readonly PodRow[], query: Query): readonly Cell[] {
  if (!query.status('services').synced) return [[['? services are not known', 'muted']]];
  return [...query.rows('services')].flatMap((service) => {
    const only = selects(service);
    if (service.gone > 0 || typeof only === 'string' || !pods.some(only)) return [];
    const ready = service.endpointsReady ?? '?';
    return [related(`service/${service.name}`, `${service.type}, ${ready} endpoints ready`)];
  });
}

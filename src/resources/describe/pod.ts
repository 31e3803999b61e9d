import type { Cell } from '../../core/styled.ts';
import { roleOfPod } from '../../domain/identity.ts';
import { podHealth, serviceHealth } from '../../domain/health.ts';
import type { PodRow } from '../../domain/rows.ts';
import type { Query } from '../../ports/query.ts';
import { known, muted, status, toned } from '../cells.ts';
import { containerRows } from '../containers.ts';
import type { DescribeInput, RowContext, Section } from '../define.ts';
import { selects } from '../selects.ts';
import { groupLines, groupOf, instanceLines, roleLine, zoneText } from './aws.ts';
import { interfaceLines } from './network.ts';
import { podTargetsSection } from './balancer.ts';
import { podLatticeSection } from './lattice.ts';
import {
  conditionsSection,
  controlledBy,
  departure,
  eventsSection,
  many,
  metadataLines,
  NONE,
  pairs,
  related,
  sections,
  when,
  type Line,
} from './common.ts';
import { containerLines } from './container.ts';
import { policiesOfPod } from './network-policies.ts';
import { at, entries, moment, object as objectOf, objects, text } from '../../core/json.ts';

export function describePod(input: DescribeInput<PodRow>): readonly Section[] {
  const { row, object, events, query, ctx } = input;
  return sections(
    { title: 'Pod', lines: summary(input) },
    podTargetsSection(row, query),
    podLatticeSection(row, query),
    { title: 'AWS', lines: awsLines(row, query, ctx) },
    { title: 'Containers', lines: containers(input) },
    conditionsSection(object, ctx),
    { title: 'Scheduling', lines: object === null ? [] : scheduling(object['spec']) },
    { title: 'Volumes', lines: objects(at(object, 'spec', 'volumes')).map(volumeLine) },
    { title: 'Related', lines: relatedLines(row, query, ctx) },
    policiesOfPod(row, query),
    eventsSection(events, ctx),
  );
}

function summary({ row, object, ctx }: DescribeInput<PodRow>): readonly Line[] {
  const started = moment(at(object, 'status', 'startTime'));
  const ips = objects(at(object, 'status', 'podIPs')).map((one) => text(one['ip']));
  return [
    ['Name', toned(row.name, 'strong')],
    ['Namespace', row.namespace],
    ['Status', status(row.status, podHealth(row, ctx.now), { at: row.causeAt, ctx })],
    ...departure(row, ctx),
    ['Ready', `${row.ready}/${row.total}`],
    ['Restarts', toned(row.restarts, row.restarts > 0 ? 'warn' : 'text')],
    ['Node', nodeCell(row)],
    ['IP', ips.length > 1 ? ips.join(', ') : known(row.ip)],
    ...(row.hostNetwork ? [['Host network', 'yes: the IP is its node’s'] as const] : []),
    ['Created', when(row.created, ctx)],
    ...(started > 0 ? [['Started', when(started, ctx)] as const] : []),
    ['Controlled by', object === null ? known(row.workload) : controlledBy(object)],
    ['Service account', known(row.serviceAccount)],
    ['QoS class', known(row.qos)],
    ...metadataLines(object),
  ];
}

/** Its node, and where that is: the first that is asked of a pod in trouble. */
function nodeCell({ node, zone, group }: PodRow): Cell {
  const where = [zone, group].filter((part) => part !== null && part !== '').join(' · ');
  if (node === '' || where === '') return known(node);
  return [
    [node, 'text'],
    [`  ${where}`, 'muted'],
  ];
}

function awsLines(row: PodRow, query: Query, ctx: RowContext): readonly Line[] {
  const node = query.named('nodes', '', row.node);
  return [
    ['VPC IP', row.hostNetwork ? muted('that of its node') : known(row.ip)],
    ...interfaceLines(row, query),
    ...(row.fargateProfile === '' ? [] : [['Fargate profile', row.fargateProfile] as const]),
    ...(node === undefined
      ? [['Zone', zoneText(row.zone, row.zoneId)] as const]
      : [
          ...instanceLines(node),
          ...groupLines(row.group ?? node.group, groupOf(node, query), ctx),
        ]),
    roleLine(roleOfPod(row)),
  ];
}

function containers({ row, object, ctx }: DescribeInput<PodRow>): readonly Line[] {
  const specs = ['initContainers', 'containers', 'ephemeralContainers'].flatMap((key) =>
    objects(at(object, 'spec', key)),
  );
  return containerRows(row).flatMap((container) =>
    containerLines(
      container,
      specs.find((spec) => text(spec['name']) === container.name),
      ctx,
    ),
  );
}

function scheduling(spec: unknown): readonly Line[] {
  const priority = text(at(spec, 'priority'));
  const className = text(at(spec, 'priorityClassName'));
  const scheduler = text(at(spec, 'schedulerName'));
  const grace = text(at(spec, 'terminationGracePeriodSeconds'));
  return [
    ['Priority', known([priority, className].filter(Boolean).join(' '))],
    ...(scheduler === 'default-scheduler' ? [] : [['Scheduler', known(scheduler)] as const]),
    ['Grace period', grace === '' ? NONE : `${grace}s`],
    ...pairs('Node selectors', at(spec, 'nodeSelector')),
    ...many('Tolerations', objects(at(spec, 'tolerations')).map(tolerationText)),
    ...many(
      'Topology spread',
      objects(at(spec, 'topologySpreadConstraints')).map(
        (one) =>
          `${text(one['topologyKey'])}: ${text(one['whenUnsatisfiable'])} beyond a skew of ${text(one['maxSkew'])}`,
      ),
    ),
    ['Affinity', Object.keys(objectOf(at(spec, 'affinity'))).join(', ') || NONE],
  ];
}

/** As kubectl prints them: `node.kubernetes.io/not-ready:NoExecute op=Exists for 300s`. */
function tolerationText(toleration: Readonly<Record<string, unknown>>): string {
  const field = (key: string): string => text(toleration[key]);
  const value = field('value') === '' ? '' : `=${field('value')}`;
  const effect = field('effect') === '' ? '' : `:${field('effect')}`;
  const operator = field('operator') === 'Exists' ? ' op=Exists' : '';
  const seconds = field('tolerationSeconds') === '' ? '' : ` for ${field('tolerationSeconds')}s`;
  return `${field('key')}${value}${effect}${operator}${seconds}`.trim();
}

/** What a volume is, by the one field beside its name that says so. */
function volumeLine(volume: Readonly<Record<string, unknown>>): Line {
  const kind = Object.keys(volume).find((key) => key !== 'name') ?? '';
  const source = objectOf(volume[kind]);
  const details = [
    ...entries(source)
      .filter(([key, value]) => value !== '' && key !== 'defaultMode')
      .map(([key, value]) => `${key} ${value}`),
    ...objects(source['sources']).map(projectionText),
  ];
  return [
    text(volume['name']),
    [
      [kind, 'text'],
      [`  ${details.join(', ')}`, 'muted'],
    ],
  ];
}

/** A part of a projected volume: `configMap kube-root-ca.crt`. */
function projectionText(part: Readonly<Record<string, unknown>>): string {
  const [kind = ''] = Object.keys(part);
  return `${kind} ${text(at(part, kind, 'name'))}`.trim();
}

function relatedLines(row: PodRow, query: Query, ctx: RowContext): readonly Cell[] {
  const lines: Cell[] = [];
  if (row.workload !== '') {
    const siblings = [...query.rows('pods')].filter(
      (pod) =>
        pod.gone === 0 &&
        pod.uid !== row.uid &&
        pod.namespace === row.namespace &&
        pod.workload === row.workload &&
        pod.workloadKind === row.workloadKind,
    );
    const ready = siblings.filter(({ isReady }) => isReady).length;
    const others = siblings.length === 1 ? 'other pod' : 'other pods';
    const note = `${siblings.length} ${others}, ${ready} ready`;
    lines.push(related(`${row.workloadKind.toLowerCase()}/${row.workload}`, note));
  }
  if (!query.status('services').synced) return [...lines, [['? services are not known', 'muted']]];
  for (const service of query.rows('services')) {
    const only = selects(service);
    if (service.gone > 0 || typeof only === 'string' || !only(row)) continue;
    const { level } = serviceHealth(service, ctx.now);
    const ready = service.endpointsReady ?? '?';
    const tone = level === 'bad' ? 'bad' : 'muted';
    lines.push(
      related(`service/${service.name}`, [[`${service.type}, ${ready} endpoints ready`, tone]]),
    );
  }
  return lines;
}

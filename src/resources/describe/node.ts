import { hasEnded } from '../../domain/workload-pods.ts';
import { formatCpu, formatMemory } from '../../core/quantity.ts';
import type { Cell } from '../../core/styled.ts';
import { nodeHealth, podHealth } from '../../domain/health.ts';
import { sizeWords } from '../../domain/fargate.ts';
import { nodePrice } from '../../domain/node-price.ts';
import type { NodeRow, PodRow } from '../../domain/rows.ts';
import type { Query } from '../../ports/query.ts';
import { known, percentOf, status, toned } from '../cells.ts';
import type { DescribeInput, RowContext, Section } from '../define.ts';
import { nodeAgentLines } from './agent.ts';
import { groupLines, groupOf, instanceLines } from './aws.ts';
import {
  conditionsSection,
  departure,
  eventsSection,
  many,
  metadataLines,
  sections,
  when,
  type Line,
} from './common.ts';
import { machineLines } from './machine.ts';
import { cniLines, nodeNetworkLines } from './network.ts';
import { priceLines } from '../price-columns.ts';
import { at, entries, text } from '../../core/json.ts';

export function describeNode({
  row,
  object,
  events,
  query,
  ctx,
}: DescribeInput<NodeRow>): readonly Section[] {
  const pods = podsOn(row, query);
  return sections(
    {
      title: 'Node',
      lines: [
        ['Name', toned(row.name, 'strong')],
        ['Status', status(row.status, nodeHealth(row, ctx.now))],
        ...departure(row, ctx),
        ['Roles', known(row.roles)],
        ['Created', when(row.created, ctx)],
        ['Ready since', when(row.isReady ? row.readySince : 0, ctx)],
        [
          'Unschedulable',
          toned(row.cordoned ? 'yes, cordoned' : 'no', row.cordoned ? 'warn' : 'text'),
        ],
        ...many('Taints', row.taints),
        ...metadataLines(object),
      ],
    },
    {
      title: 'AWS',
      lines: [
        ...instanceLines(row),
        ...(row.compute === 'fargate'
          ? [['Size', known(sizeWords(row.fargateSize))] as const]
          : []),
        ...priceLines(nodePrice(row), row.price, ctx),
        ...machineLines(row, ctx),
        ...groupLines(row.group, groupOf(row, query), ctx),
      ],
    },
    { title: 'Systems Manager', lines: nodeAgentLines(row, ctx) },
    { title: 'Addresses for pods', lines: nodeNetworkLines(row, query) },
    {
      title: 'VPC CNI',
      lines: row.compute === 'fargate' || row.compute === 'auto' ? [] : cniLines(query),
    },
    conditionsSection(object, ctx),
    { title: 'Room', lines: roomLines(row, pods) },
    { title: 'Capacity', lines: capacityLines(object) },
    { title: 'System', lines: systemLines(row, at(object, 'status', 'nodeInfo')) },
    { title: `Pods (${pods.length})`, lines: podLines(pods, ctx) },
    eventsSection(events, ctx),
  );
}

/** Pods that take room on the node, the greediest first. */
function podsOn(row: NodeRow, query: Query): readonly PodRow[] {
  const pods: PodRow[] = [];
  for (const pod of query.rows('pods')) {
    if (pod.gone === 0 && !hasEnded(pod) && pod.node === row.name) pods.push(pod);
  }
  return pods.sort((a, b) => b.cpuRequest - a.cpuRequest || (a.name < b.name ? -1 : 1));
}

/** Requested, limited and used of what pods can have. */
function roomLines(row: NodeRow, pods: readonly PodRow[]): readonly Line[] {
  const sum = (of: (pod: PodRow) => number): number => pods.reduce((all, pod) => all + of(pod), 0);
  const line = (
    label: string,
    allocatable: number,
    amounts: readonly (readonly [word: string, amount: number | null])[],
    format: (amount: number) => string,
  ): Line => [
    label,
    [
      [format(allocatable), 'text'],
      ...amounts.map(([word, amount]) => {
        const percent = percentOf(amount, allocatable);
        const shown = amount === null ? '?' : format(amount);
        return [` · ${word} ${shown}${percent === null ? '' : ` (${percent}%)`}`, 'muted'] as const;
      }),
    ],
  ];
  return [
    line(
      'CPU',
      row.cpuAllocatable,
      [
        ['requested', row.cpuRequested],
        ['limits', sum((pod) => pod.cpuLimit)],
        ['used', row.cpu],
      ],
      formatCpu,
    ),
    line(
      'Memory',
      row.memoryAllocatable,
      [
        ['requested', row.memoryRequested],
        ['limits', sum((pod) => pod.memoryLimit)],
        ['used', row.memory],
      ],
      formatMemory,
    ),
    line('Pods', row.podsAllocatable, [['there', row.pods]], String),
  ];
}

function capacityLines(object: unknown): readonly Line[] {
  const allocatable = new Map(entries(at(object, 'status', 'allocatable')));
  return entries(at(object, 'status', 'capacity')).map(([name, amount]): Line => [
    name,
    [
      [amount, 'text'],
      [`  allocatable ${allocatable.get(name) ?? '?'}`, 'muted'],
    ],
  ]);
}

function systemLines(row: NodeRow, info: unknown): readonly Line[] {
  const field = (key: string): string => text(at(info, key));
  return [
    ['OS image', known(row.os)],
    ['Kernel', known(row.kernel)],
    ['Architecture', known(row.arch)],
    ['Container runtime', known(row.runtime)],
    ['Kubelet', known(row.version)],
    ['Machine id', known(field('machineID'))],
    ['External IP', known(row.externalIP)],
  ];
}

function podLines(pods: readonly PodRow[], ctx: RowContext): readonly Line[] {
  return pods.map((pod): Line => {
    const state: Cell = status(pod.status, podHealth(pod, ctx.now));
    const asks = `cpu ${formatCpu(pod.cpuRequest)}, memory ${formatMemory(pod.memoryRequest)}  `;
    return [`${pod.namespace}/${pod.name}`, [[asks, 'muted'], ...segments(state)]];
  });
}

function segments(cell: Cell) {
  return typeof cell === 'string' ? ([[cell, 'text']] as const) : cell;
}

import { humanDuration } from '../../core/duration.ts';
import type { Cell } from '../../core/styled.ts';
import { remedies, runwayOf, subnetHealth, takenIn } from '../../domain/subnet-room.ts';
import type { SubnetRow } from '../../domain/tables/subnets.ts';
import { bar, iso, known, percentOf, status, toned, UNKNOWN, usageTone } from '../cells.ts';
import type { DescribeInput, Section } from '../define.ts';
import { zoneText } from './aws.ts';
import { cniLines } from './network.ts';
import { many, pairs, sections, type Line } from './common.ts';

export function describeSubnet({ row, query }: DescribeInput<SubnetRow>): readonly Section[] {
  const health = subnetHealth(row);
  return sections(
    {
      title: 'Subnet',
      lines: [
        ['Name', toned(row.name, 'strong')],
        ['Id', row.uid],
        ['VPC', known(row.vpc)],
        ['Zone', zoneText(row.zone, row.zoneId)],
        ['CIDR', known(row.cidr)],
        ['Public addresses', row.public ? 'given to instances' : 'none by itself'],
        ['Of the cluster', row.ofCluster ? 'yes' : 'no: merely in the same VPC'],
        ...many('Tagged for', row.roles),
        ...pairs('Tags', row.tags),
      ],
    },
    {
      title: 'Addresses',
      lines: [
        ['State', status(health.level === 'ok' ? 'ok' : 'short of addresses', health)],
        ['Free', known(row.free)],
        ['Taken', bar(percentOf(takenIn(row), row.size), usageTone)],
        ['Runway', runwayText(row)],
        ...ownerLines(row),
      ],
    },
    { title: 'VPC CNI', lines: row.ofCluster ? cniLines(query) : [] },
    { title: 'What helps', lines: remedies(row).map((each) => each) },
  );
}

/** Whose the taken addresses are. */
function ownerLines({ use }: SubnetRow): readonly Line[] {
  if (use === null) return [['Whose they are', UNKNOWN]];
  const line = (label: string, count: number, note = ''): Line => [
    label,
    [
      [String(count), count === 0 ? 'muted' : 'text'],
      [note === '' ? '' : `  ${note}`, 'muted'],
    ],
  ];
  return [
    line('Pods', use.pods),
    line('Warm', use.warm, 'on interfaces of nodes, and no pod has them'),
    line('In prefixes', use.prefixed, 'of both, in blocks of 16'),
    line('Nodes', use.nodes, 'one for each of their interfaces'),
    line('Control plane', use.controlPlane),
    line('Load balancers', use.balancers),
    line('Left behind', use.leaked, use.leaked > 0 ? 'by the CNI: the node is gone' : ''),
    line('Others', use.others, 'endpoints, gateways, machines of others'),
  ];
}

/** At which pace addresses go, and since when that was watched. */
function runwayText(row: SubnetRow): Cell {
  const runway = runwayOf(row);
  const since = iso(row.since)?.slice(11, 16);
  if (runway === null) return [[`? watched since ${since ?? '?'} UTC only`, 'muted']];
  const pace = `${runway.perHour > 0 ? '−' : '+'}${Math.abs(Math.round(runway.perHour))} an hour`;
  const left = runway.left === null ? 'does not run out' : humanDuration(runway.left);
  return [
    [left, 'text'],
    [`  ${pace} since ${since ?? '?'} UTC`, 'muted'],
  ];
}

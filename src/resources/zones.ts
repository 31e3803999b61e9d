import { formatCpu, formatMemory } from '../core/quantity.ts';
import type { Health } from '../domain/health.ts';
import type { WorkloadLoss, ZoneRow } from '../domain/rows.ts';
import type { PersistentVolumeRow } from '../domain/tables/persistentvolumes.ts';
import { shortZone } from '../domain/zones.ts';
import { count, muted, toned } from './cells.ts';
import { countColumn, nameColumn, textColumn } from './columns.ts';
import { defineResource, type Column } from './define.ts';
import { sections } from './describe/common.ts';
import { bySeverity, effects, ENTER_LOSSES, spreadText, weight } from './zone-losses.ts';

const losesAll = ({ pods, total }: WorkloadLoss): boolean => pods === total;
const lostAll = ({ losses }: ZoneRow): number => losses.filter(losesAll).length;
const called = ({ kind, namespace, name }: WorkloadLoss): string => `${namespace}/${kind}/${name}`;
const underBudget = ({ losses }: ZoneRow): number =>
  losses.filter(({ budgets }) => budgets.length > 0).length;

/** What is requested fits what is free by its sums; that it does on nodes is another question. */
function roomOf({
  homeless,
  pods,
  cpuNeeded,
  cpuFree,
  memoryNeeded,
  memoryFree,
  slotsFree,
}: ZoneRow) {
  const short = [
    ...(cpuNeeded > cpuFree ? [`cpu ${formatCpu(cpuNeeded)} of ${formatCpu(cpuFree)} free`] : []),
    ...(memoryNeeded > memoryFree
      ? [`memory ${formatMemory(memoryNeeded)} of ${formatMemory(memoryFree)} free`]
      : []),
    ...(pods > slotsFree ? [`${pods} pods of ${slotsFree} slots`] : []),
  ];
  if (homeless === 0) return 'all fit';
  return short.length === 0
    ? `no node takes ${homeless}, though in sum there is room`
    : `no node for ${homeless}: short of ${short.join(', ')}`;
}

const health = (row: ZoneRow): Health => {
  if (row.gone > 0) return { level: 'gone', cause: '' };
  const troubles = row.homeless > 0 || lostAll(row) > 0 || underBudget(row) > 0;
  return { level: troubles ? 'warn' : 'ok', cause: '' };
};

const trouble = (value: number) => count(value, 'warn');

const columns: readonly Column<ZoneRow>[] = [
  { ...nameColumn<ZoneRow>(10, health), max: 24, title: 'ZONE' },
  countColumn(
    { id: 'nodes', title: 'NODES', description: 'Nodes in it.', tier: 0 },
    (r) => r.nodes,
  ),
  countColumn(
    {
      id: 'pods',
      title: 'PODS',
      description: 'Pods on them, those of daemon sets apart.',
      tier: 0,
    },
    (row) => row.pods,
  ),
  countColumn(
    {
      id: 'lost',
      title: 'LOSE-ALL',
      description: 'Workloads all of whose pods are there: without it they are down.',
      tier: 0,
      cell: (row) => trouble(lostAll(row)),
    },
    lostAll,
  ),
  countColumn(
    {
      id: 'budgets',
      title: 'BELOW-PDB',
      description:
        'Workloads that would have fewer healthy pods than their disruption budget asks.',
      tier: 0,
      cell: (row) => trouble(underBudget(row)),
    },
    underBudget,
  ),
  countColumn(
    {
      id: 'volumes',
      title: 'VOLUMES',
      description: 'Claimed volumes that can be used in that zone alone.',
      tier: 0,
      cell: (row) => trouble(row.volumes),
    },
    (row) => row.volumes,
  ),
  textColumn(
    {
      id: 'room',
      title: 'ROOM-ELSEWHERE',
      description:
        'Whether the nodes of other zones take the pods, by requests, pod slots, selectors, taints, volumes, required pod (anti-)affinity and topology spread, once the nodes of the lost zone are deleted.',
      tier: 0,
      min: 16,
      max: 80,
      grow: 1,
      cell: (row) => toned(roomOf(row), row.homeless > 0 ? 'warn' : 'text'),
    },
    roomOf,
  ),
  countColumn(
    {
      id: 'homeless',
      title: 'HOMELESS',
      description: 'Pods that found no node elsewhere.',
      tier: 2,
    },
    (row) => row.homeless,
  ),
  textColumn(
    {
      id: 'down',
      title: 'DOWN',
      description: 'The workloads all of whose pods are there, by name.',
      tier: 3,
      max: 200,
    },
    ({ losses }) => losses.filter(losesAll).map(called).join(', '),
  ),
  textColumn(
    {
      id: 'groups',
      title: 'GROUPS-GONE',
      description: 'Node groups that have nodes in that zone alone.',
      tier: 1,
      cell: ({ groups }) => muted(groups.join(', ')),
    },
    ({ groups }) => groups.join(', '),
  ),
];

export const zones = defineResource({
  id: 'zones',
  title: 'Zones',
  singular: 'zone',
  aliases: ['az', 'azs'],
  description:
    'Availability Zones, and what falls if one goes: workloads, budgets, volumes, and whether the rest has room.',
  table: 'zones',
  scope: 'cluster',
  columns,
  sort: { column: 'name', descending: false },
  health,
  enter: ENTER_LOSSES,
  links: {
    v: {
      to: 'persistentvolumes',
      title: 'volumes that keep their pods there',
      target: ({ name, volumes }) =>
        volumes === 0
          ? { none: `no claimed volume is usable in ${name} alone` }
          : {
              label: `only in ${shortZone(name)}`,
              only: ({ zones: usable, claim }: Pick<PersistentVolumeRow, 'zones' | 'claim'>) =>
                claim !== '' && usable.length === 1 && usable[0] === name,
            },
    },
  },
  describe: ({ row }) =>
    sections(
      {
        title: `If ${shortZone(row.name)} goes`,
        lines: [
          ['Nodes', `${row.nodes}`],
          ['Groups gone', row.groups.join(', ') || '-'],
          ['Pods', `${row.pods}, those of daemon sets apart`],
          ['Room elsewhere', roomOf(row)],
          [
            'CPU',
            `${formatCpu(row.cpuNeeded)} requested, ${formatCpu(row.cpuFree)} free elsewhere`,
          ],
          [
            'Memory',
            `${formatMemory(row.memoryNeeded)} requested, ${formatMemory(row.memoryFree)} free elsewhere`,
          ],
          ['Pod slots', `${row.slotsFree} free elsewhere`],
          ['Volumes', `${row.volumes} usable there alone`],
        ],
      },
      {
        title: 'Workloads',
        lines: [...row.losses]
          .sort(bySeverity)
          .filter((loss) => weight(loss) > 0)
          .map((loss) => [
            `${loss.namespace}/${loss.name}`,
            [effects(loss), loss.cause].filter((each) => each !== '').join(' · '),
          ]),
      },
      {
        title: 'Spread badly',
        lines: [...row.losses]
          .filter(({ cause }) => cause !== '')
          .map((loss) => [`${loss.namespace}/${loss.name}`, `${spreadText(loss)}: ${loss.cause}`]),
      },
    ),
  iam: [],
  empty: 'No zone: no node tells where it is',
});

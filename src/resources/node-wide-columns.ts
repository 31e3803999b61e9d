import type { NodeRow } from '../domain/rows.ts';
import { muted, toned } from './cells.ts';
import { labelsColumn, textColumn, zoneIdColumn } from './columns.ts';
import type { Column } from './define.ts';
import { machineColumns } from './node-machine-columns.ts';
import { specColumn } from './quantity-columns.ts';

/** What the pane of nodes shows only in wide. */
export const wideNodeColumns: readonly Column<NodeRow>[] = [
  textColumn(
    {
      id: 'problems',
      tells: 'moment',
      title: 'CONDITIONS',
      description: 'Conditions that are wrong.',
      tier: 3,
      max: 80,
      cell: (row) =>
        row.problems.length === 0 ? muted('') : toned(row.problems.join(', '), 'warn'),
    },
    (row) => row.problems.join(','),
  ),
  textColumn(
    {
      id: 'hostName',
      title: 'FULL-NAME',
      description: 'Name with its domain.',
      tier: 3,
      max: 63,
    },
    (row) => row.name,
  ),
  zoneIdColumn((row) => row.zoneId),
  ...machineColumns,
  textColumn(
    { id: 'roles', title: 'ROLES', description: 'Roles, by labels.', tier: 3 },
    (row) => row.roles,
  ),
  specColumn(
    {
      id: 'cpuAllocatable',
      title: 'CPU/A',
      description: 'CPU that pods can have.',
      tier: 3,
      unit: 'cores',
    },
    (row) => row.cpuAllocatable,
  ),
  specColumn(
    {
      id: 'memoryAllocatable',
      title: 'MEM/A',
      description: 'Memory that pods can have.',
      tier: 3,
      unit: 'bytes',
    },
    (row) => row.memoryAllocatable,
  ),
  textColumn(
    {
      id: 'externalIP',
      copies: 'external IP',
      title: 'EXTERNAL-IP',
      description: 'Public address.',
      tier: 3,
      max: 39,
    },
    (row) => row.externalIP,
  ),
  textColumn(
    { id: 'os', title: 'OS-IMAGE', description: 'Operating system.', tier: 3 },
    (row) => row.os,
  ),
  textColumn(
    { id: 'kernel', title: 'KERNEL', description: 'Kernel version.', tier: 3 },
    (row) => row.kernel,
  ),
  textColumn(
    { id: 'arch', title: 'ARCH', description: 'Processor architecture.', tier: 3 },
    (row) => row.arch,
  ),
  textColumn(
    { id: 'runtime', title: 'RUNTIME', description: 'Container runtime.', tier: 3 },
    (row) => row.runtime,
  ),
  textColumn(
    { id: 'region', title: 'REGION', description: 'Region.', tier: 3 },
    (row) => row.region,
  ),
  labelsColumn(),
];

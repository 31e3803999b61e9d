import { shareColumn, usageColumn } from './columns.ts';
import type { Column } from './define.ts';

/** What uses CPU and memory, and what it asked for. */
interface Consumer {
  readonly cpu: number | null;
  readonly memory: number | null;
  readonly cpuRequest: number;
  readonly memoryRequest: number;
  readonly cpuLimit: number;
  readonly memoryLimit: number;
}

/** CPU and memory used now, each with its share of request and limit. */
export function consumptionColumns<Row extends Consumer>(tiers: {
  readonly used: Column<Row>['tier'];
  readonly share: Column<Row>['tier'];
}): readonly Column<Row>[] {
  const tier = tiers.share;
  return [
    usageColumn(
      {
        id: 'cpu',
        title: 'CPU',
        description: 'CPU used now, by metrics-server.',
        tier: tiers.used,
        unit: 'cores',
        sortKey: 'C',
        needs: ['podusage'],
      },
      (row) => row.cpu,
    ),
    shareColumn(
      {
        id: 'cpuOfRequest',
        title: '%C/R',
        description: 'CPU used, in percent of the request.',
        tier,
      },
      (row) => row.cpu,
      (row) => row.cpuRequest,
    ),
    shareColumn(
      { id: 'cpuOfLimit', title: '%C/L', description: 'CPU used, in percent of the limit.', tier },
      (row) => row.cpu,
      (row) => row.cpuLimit,
    ),
    usageColumn(
      {
        id: 'memory',
        title: 'MEM',
        description: 'Memory used now, by metrics-server.',
        tier: tiers.used,
        unit: 'bytes',
        sortKey: 'M',
        needs: ['podusage'],
      },
      (row) => row.memory,
    ),
    shareColumn(
      {
        id: 'memoryOfRequest',
        title: '%M/R',
        description: 'Memory used, in percent of the request.',
        tier,
      },
      (row) => row.memory,
      (row) => row.memoryRequest,
    ),
    shareColumn(
      {
        id: 'memoryOfLimit',
        title: '%M/L',
        description: 'Memory used, in percent of the limit.',
        tier,
      },
      (row) => row.memory,
      (row) => row.memoryLimit,
    ),
  ];
}

import type { Demands } from '../domain/rows.ts';
import type { Share } from '../domain/share.ts';
import type { Column } from './define.ts';
import { shareColumn, usageColumn } from './quantity-columns.ts';

/** What uses CPU and memory. */
interface Consumer {
  readonly cpu: number | null;
  readonly memory: number | null;
}

/**
 * CPU and memory used now, each with its share of request and limit.
 * @param share how much of one of these a row uses
 */
export function consumptionColumns<Row extends Consumer>(
  tiers: {
    readonly used: Column<Row>['tier'];
    readonly share: Column<Row>['tier'];
  },
  share: (row: Row, what: keyof Demands) => Share,
): readonly Column<Row>[] {
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
        description: 'CPU used by the containers that request some, in percent of the request.',
        tier,
      },
      (row) => share(row, 'cpuRequest'),
    ),
    shareColumn(
      {
        id: 'cpuOfLimit',
        title: '%C/L',
        description: 'CPU used by the containers that have a limit, in percent of the limit.',
        tier,
      },
      (row) => share(row, 'cpuLimit'),
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
        description: 'Memory used by the containers that request some, in percent of the request.',
        tier,
      },
      (row) => share(row, 'memoryRequest'),
    ),
    shareColumn(
      {
        id: 'memoryOfLimit',
        title: '%M/L',
        description: 'Memory used by the containers that have a limit, in percent of the limit.',
        tier,
      },
      (row) => share(row, 'memoryLimit'),
    ),
  ];
}

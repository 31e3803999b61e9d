/** The charts of an EBS volume. */
import type { VolumeRow } from '../../domain/tables/volumes.ts';
import type { ChartsDef } from '../../ports/charts.ts';
import { CHARTS_IAM, linesOf, MINUTE } from './common.ts';

export const volumeCharts: ChartsDef<VolumeRow> = {
  iam: CHARTS_IAM,
  of: ({ name }) => {
    const lines = linesOf('AWS/EBS', { VolumeId: name });
    const common = {
      finest: MINUTE,
      quiet: 'EBS has measured nothing in this time: it does while a volume is attached',
    };
    return {
      title: `volume ${name}`,
      charts: [
        {
          ...common,
          ...{ title: 'Operations', unit: 'count', perSecond: true },
          lines: lines('Sum', { reads: 'VolumeReadOps', writes: 'VolumeWriteOps' }),
        },
        {
          ...common,
          ...{ title: 'Throughput', unit: 'bytes', perSecond: true },
          lines: lines('Sum', { reads: 'VolumeReadBytes', writes: 'VolumeWriteBytes' }),
        },
        {
          ...common,
          ...{ title: 'Queue', unit: 'count' },
          lines: lines('Average', { waiting: 'VolumeQueueLength' }),
        },
      ],
    };
  },
};

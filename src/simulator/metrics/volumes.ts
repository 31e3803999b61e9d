/** What EBS tells CloudWatch of volumes. */
import type { MetricSubject } from '../metric.ts';
import type { World } from '../world/world.ts';
import { busyness } from './wave.ts';

const KIB = 1024;

/** The metrics of all volumes of a world: points for each minute in which they are attached. */
export const volumeMetrics = ({ cluster }: World): readonly MetricSubject[] =>
  cluster.volumes().map(({ id, createdAt, sizeGi }) => {
    const each = (name: string, perMinute: number) => {
      return (at: number): number => Math.round(perMinute * busyness(`${id}/${name}`, at, 0.4));
    };
    const [reads, writes] = [each('read', sizeGi * 4), each('write', sizeGi * 11)];
    const size = (ops: (at: number) => number, kib: number) => {
      return (at: number): number => ops(at) * kib * KIB;
    };
    return {
      namespace: 'AWS/EBS',
      dimensions: { VolumeId: id },
      resolution: 60,
      since: createdAt,
      until: null,
      figures: {
        VolumeReadOps: reads,
        VolumeWriteOps: writes,
        VolumeReadBytes: size(reads, 24),
        VolumeWriteBytes: size(writes, 16),
        VolumeQueueLength: (at) => 0.4 * busyness(`${id}/queue`, at, 0.6),
      },
    };
  });

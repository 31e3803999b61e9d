import { hpaMetric, type HpaMetric, type MetricReading, type MetricValue } from '../hpa-metric.ts';
import type { Condition, ObjectRow } from '../row.ts';
import {
  called,
  count,
  optionalCount,
  optionalInt,
  optionalPart,
  part,
  parts,
  prose,
  quantity,
  time,
  word,
} from '../wire/field.ts';
import { message, type Message, type Read } from '../wire/message.ts';
import { objectRow } from '../wire/metadata.ts';
import { WRITTEN_METADATA, writesOf, type Write } from '../wire/writes.ts';
import { objectTable } from './define.ts';

export interface HpaRow extends ObjectRow {
  readonly targetKind: string;
  readonly targetName: string;
  readonly min: number;
  readonly max: number;
  readonly current: number;
  readonly desired: number;
  readonly metrics: readonly HpaMetric[];
  readonly conditions: readonly Condition[];
  readonly lastScale: number;
  /** Who wrote it last, its status apart; null where nobody is named. */
  readonly written: Write | null;
}

const TARGET = message({
  value: quantity(2),
  averageValue: quantity(3),
  averageUtilization: optionalInt(4),
});

const CURRENT = message({
  value: quantity(1),
  averageValue: quantity(2),
  averageUtilization: optionalInt(3),
});

/**
 * A metric of spec (its values called `target`) or of status (`current`). Both list the same five
 * types; only the identifier of object metrics has another number in each.
 */
function metric(name: string, values: Message<MetricValue>, ofObject: number) {
  const measure = called(name, part(2, values));
  const resource = message({ name: word(1), measure });
  const containerResource = message({ name: word(1), measure, container: word(3) });
  const named = (number: number) =>
    message({ metric: part(number, message({ name: word(1) })), measure });
  return message({
    type: word(1),
    object: optionalPart(2, named(ofObject)),
    pods: optionalPart(3, named(1)),
    resource: optionalPart(4, resource),
    external: optionalPart(5, named(1)),
    containerResource: optionalPart(7, containerResource),
  });
}

const METRIC_SPEC = metric('target', TARGET, 3);
const METRIC_STATUS = metric('current', CURRENT, 1);

/** autoscaling/v2 HorizontalPodAutoscaler. */
const HPA = message({
  metadata: part(1, WRITTEN_METADATA),
  spec: part(
    2,
    message({
      scaleTargetRef: part(1, message({ kind: word(1), name: word(2) })),
      minReplicas: optionalCount(2),
      maxReplicas: count(3),
      metrics: parts(4, METRIC_SPEC),
    }),
  ),
  status: part(
    3,
    message({
      lastScaleTime: time(2),
      currentReplicas: count(3),
      desiredReplicas: count(4),
      currentMetrics: parts(5, METRIC_STATUS),
      conditions: parts(
        6,
        message({
          type: word(1),
          status: word(2),
          lastTransitionTime: time(3),
          reason: word(4),
          message: prose(5),
        }),
      ),
    }),
  ),
});

/** The row of a horizontal pod autoscaler. */
function hpaRow({ metadata, spec, status }: Read<typeof HPA>): HpaRow {
  const current = status.currentMetrics.map(reading);
  return {
    ...objectRow(metadata),
    targetKind: spec.scaleTargetRef.kind,
    targetName: spec.scaleTargetRef.name,
    // The API's default where the field is left out.
    min: spec.minReplicas ?? 1,
    max: spec.maxReplicas,
    current: status.currentReplicas,
    desired: status.desiredReplicas,
    metrics: spec.metrics.map((each, i) => hpaMetric(reading(each), current[i])),
    conditions: status.conditions.map(({ lastTransitionTime, ...rest }) => ({
      ...rest,
      at: lastTransitionTime,
    })),
    lastScale: status.lastScaleTime,
    written: writesOf(metadata.managedFields).any,
  };
}

const NOTHING = TARGET.empty;

/** The one of a metric's five parts that its type names. */
function reading(each: Read<typeof METRIC_SPEC>): MetricReading {
  const { type, resource, containerResource } = each;
  if (type === 'Resource') {
    return { type, name: resource?.name ?? '', measure: resource?.measure ?? NOTHING };
  }
  if (type === 'ContainerResource') {
    const { name, container, measure } = containerResource ?? CONTAINER_NOTHING;
    return { type, name: `${container}/${name}`, measure };
  }
  const own = type === 'Object' ? each.object : type === 'Pods' ? each.pods : each.external;
  return { type, name: own?.metric.name ?? '', measure: own?.measure ?? NOTHING };
}

const CONTAINER_NOTHING = { name: '', container: '', measure: NOTHING };

export const hpas = objectTable({
  kind: {
    group: 'autoscaling',
    version: 'v2',
    resource: 'horizontalpodautoscalers',
    kind: 'HorizontalPodAutoscaler',
    namespaced: true,
  },
  message: HPA,
  row: hpaRow,
  keepsGone: true,
});

import type { ObjectRow } from '../row.ts';
import { part, parts, quantities, word } from '../wire/field.ts';
import { message, type Read } from '../wire/message.ts';
import { METADATA, objectRow } from '../wire/metadata.ts';
import { objectTable } from './define.ts';

/** What a limit range says of one resource of containers, pods or claims; empty: nothing. */
export interface LimitItem {
  /** `Container`, `Pod`, `PersistentVolumeClaim`. */
  readonly of: string;
  /** `cpu`, `memory`, `storage`. */
  readonly resource: string;
  readonly min: string;
  readonly max: string;
  /** What a container gets that asks for nothing, and that has no limit. */
  readonly defaultRequest: string;
  readonly defaultLimit: string;
  /** How many times its request a limit may be. */
  readonly maxRatio: string;
}

export interface LimitRangeRow extends ObjectRow {
  /** By what they are of, in the order of the object, and by resource. */
  readonly items: readonly LimitItem[];
}

/** core/v1 LimitRange. */
const LIMIT_RANGE = message({
  metadata: part(1, METADATA),
  spec: part(
    2,
    message({
      limits: parts(
        1,
        message({
          type: word(1),
          max: quantities(2),
          min: quantities(3),
          default: quantities(4),
          defaultRequest: quantities(5),
          maxLimitRequestRatio: quantities(6),
        }),
      ),
    }),
  ),
});

/** The row of a limit range. */
function limitRangeRow({ metadata, spec }: Read<typeof LIMIT_RANGE>): LimitRangeRow {
  const items = spec.limits.flatMap((limit) => {
    const { type, min, max, defaultRequest, default: defaultLimit } = limit;
    const { maxLimitRequestRatio: maxRatio } = limit;
    const resources = { ...min, ...max, ...defaultRequest, ...defaultLimit, ...maxRatio };
    return Object.keys(resources)
      .sort()
      .map((resource) => ({
        of: type,
        resource,
        min: min[resource] ?? '',
        max: max[resource] ?? '',
        defaultRequest: defaultRequest[resource] ?? '',
        defaultLimit: defaultLimit[resource] ?? '',
        maxRatio: maxRatio[resource] ?? '',
      }));
  });
  return { ...objectRow(metadata), items };
}

export const limitranges = objectTable({
  kind: {
    group: '',
    version: 'v1',
    resource: 'limitranges',
    kind: 'LimitRange',
    namespaced: true,
  },
  message: LIMIT_RANGE,
  row: limitRangeRow,
  keepsGone: false,
});

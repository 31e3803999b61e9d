import type { ObjectRow } from '../row.ts';
import { bool, int, part, prose, word } from '../wire/field.ts';
import { message, type Read } from '../wire/message.ts';
import { METADATA, objectRow } from '../wire/metadata.ts';
import { objectTable } from './define.ts';

export interface PriorityClassRow extends ObjectRow {
  /** Pods of a higher one are scheduled first. */
  readonly value: number;
  /** Pods that name no class are of this one. */
  readonly globalDefault: boolean;
  readonly description: string;
  /** `PreemptLowerPriority` or `Never`. */
  readonly preemption: string;
}

/** scheduling.k8s.io/v1 PriorityClass. */
const PRIORITY_CLASS = message({
  metadata: part(1, METADATA),
  value: int(2),
  globalDefault: bool(3),
  description: prose(4),
  preemptionPolicy: word(5),
});

/** The row of a priority class. */
function priorityClassRow(object: Read<typeof PRIORITY_CLASS>): PriorityClassRow {
  const { metadata, value, globalDefault, description, preemptionPolicy } = object;
  return {
    ...objectRow(metadata),
    value,
    globalDefault,
    description,
    preemption: preemptionPolicy || 'PreemptLowerPriority',
  };
}

export const priorityclasses = objectTable({
  kind: {
    group: 'scheduling.k8s.io',
    version: 'v1',
    resource: 'priorityclasses',
    kind: 'PriorityClass',
    namespaced: false,
  },
  message: PRIORITY_CLASS,
  row: priorityClassRow,
  keepsGone: false,
});

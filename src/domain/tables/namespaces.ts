import type { ObjectRow } from '../row.ts';
import { CONDITION } from '../wire/condition.ts';
import { part, parts, word } from '../wire/field.ts';
import { message, type Read } from '../wire/message.ts';
import { METADATA, objectRow } from '../wire/metadata.ts';
import { objectTable } from './define.ts';

export interface NamespaceRow extends ObjectRow {
  readonly phase: string;
  /** What its deletion is held up by, as its conditions say; what holds up all else first. */
  readonly held: readonly NamespaceHold[];
}

/** Something that a namespace which is being deleted waits for. */
export interface NamespaceHold {
  /** Type of the condition, e.g. `NamespaceFinalizersRemaining`. */
  readonly type: string;
  readonly message: string;
  /** Since when (ms), 0 where it does not say. */
  readonly at: number;
}

/** In the order in which they hold each other up: what cannot be listed cannot be deleted. */
const HOLDS: readonly string[] = [
  'NamespaceDeletionDiscoveryFailure',
  'NamespaceDeletionGroupVersionParsingFailure',
  'NamespaceDeletionContentFailure',
  'NamespaceFinalizersRemaining',
  'NamespaceContentRemaining',
];

/** core/v1 Namespace. */
const NAMESPACE = message({
  metadata: part(1, METADATA),
  status: part(3, message({ phase: word(1), conditions: parts(2, CONDITION) })),
});

/** The row of a namespace. */
function namespaceRow({ metadata, status }: Read<typeof NAMESPACE>): NamespaceRow {
  const held = HOLDS.flatMap((type) =>
    status.conditions
      .filter((each) => each.type === type && each.status === 'True')
      .map(({ message: words, lastTransitionTime: at }) => ({ type, message: words, at })),
  );
  return { ...objectRow(metadata), phase: status.phase, held };
}

export const namespaces = objectTable({
  kind: {
    group: '',
    version: 'v1',
    resource: 'namespaces',
    kind: 'Namespace',
    namespaced: false,
  },
  message: NAMESPACE,
  row: namespaceRow,
  keepsGone: false,
});

import type { ObjectRow } from '../row.ts';
import { part, word } from '../wire/field.ts';
import { message, type Read } from '../wire/message.ts';
import { METADATA, objectRow } from '../wire/metadata.ts';
import { objectTable } from './define.ts';

export interface NamespaceRow extends ObjectRow {
  readonly phase: string;
}

/** core/v1 Namespace. */
const NAMESPACE = message({
  metadata: part(1, METADATA),
  status: part(3, message({ phase: word(1) })),
});

/** The row of a namespace. */
function namespaceRow({ metadata, status }: Read<typeof NAMESPACE>): NamespaceRow {
  return { ...objectRow(metadata), phase: status.phase };
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

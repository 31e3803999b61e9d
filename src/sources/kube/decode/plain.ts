import type { NamespaceRow, ServiceAccountRow } from '../../../domain/rows.ts';
import { part, word } from './field.ts';
import { message, type Read } from './message.ts';
import { METADATA, objectRow } from './meta.ts';

/** core/v1 Namespace. */
export const NAMESPACE = message({
  metadata: part(1, METADATA),
  status: part(3, message({ phase: word(1) })),
});

/** The row of a namespace. */
export function namespaceRow({ metadata, status }: Read<typeof NAMESPACE>): NamespaceRow {
  return { ...objectRow(metadata), phase: status.phase };
}

/** core/v1 ServiceAccount. */
export const SERVICE_ACCOUNT = message({ metadata: part(1, METADATA) });

/** The row of a service account. */
export function serviceAccountRow({ metadata }: Read<typeof SERVICE_ACCOUNT>): ServiceAccountRow {
  const role = metadata.annotations['eks.amazonaws.com/role-arn'] ?? '';
  return { ...objectRow(metadata), role, pods: null, fargatePods: null };
}

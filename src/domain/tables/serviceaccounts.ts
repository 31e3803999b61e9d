import type { ObjectRow } from '../row.ts';
import { part } from '../wire/field.ts';
import { message, type Read } from '../wire/message.ts';
import { metadata, objectRow } from '../wire/metadata.ts';
import { objectTable } from './define.ts';

export interface ServiceAccountRow extends ObjectRow {
  /** eks.amazonaws.com/role-arn, else empty. */
  readonly role: string;
  // joined
  /** Role that an association of Pod Identity gives its pods, which goes before `role`: empty where there is none, null where that is not known. */
  associatedRole: string | null;
  /** Pods that use it and have not ended. */
  pods: number | null;
  /** Those of them that run on Fargate, where there is no Pod Identity. */
  fargatePods: number | null;
}

const ROLE = 'eks.amazonaws.com/role-arn';

/** core/v1 ServiceAccount. */
const SERVICE_ACCOUNT = message({ metadata: part(1, metadata([ROLE])) });

/** The row of a service account. */
function serviceAccountRow({ metadata }: Read<typeof SERVICE_ACCOUNT>): ServiceAccountRow {
  const role = metadata.annotations[ROLE] ?? '';
  return { ...objectRow(metadata), role, associatedRole: null, pods: null, fargatePods: null };
}

export const serviceaccounts = objectTable({
  kind: {
    group: '',
    version: 'v1',
    resource: 'serviceaccounts',
    kind: 'ServiceAccount',
    namespaced: true,
  },
  message: SERVICE_ACCOUNT,
  row: serviceAccountRow,
  keepsGone: false,
});

import type { ObjectRow } from '../row.ts';
import { part, parts, word } from '../wire/field.ts';
import { message, type Read } from '../wire/message.ts';
import { METADATA, objectRow } from '../wire/metadata.ts';
import { objectTable } from './define.ts';
import { GATEWAY_API } from './gateway-api.ts';

/** Who may name something. */
export interface GrantFrom {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
}

/** What may be named. */
export interface GrantTo {
  /** Empty: the core group. */
  readonly group: string;
  readonly kind: string;
  /** Empty: all of that kind. */
  readonly name: string;
}

/** Lets objects of other namespaces name objects of its own: each of `from` each of `to`. */
export interface ReferenceGrantRow extends ObjectRow {
  readonly from: readonly GrantFrom[];
  readonly to: readonly GrantTo[];
}

/** gateway.networking.k8s.io ReferenceGrant. */
const REFERENCE_GRANT = message({
  metadata: part(1, METADATA),
  spec: part(
    2,
    message({
      from: parts(1, message({ group: word(1), kind: word(2), namespace: word(3) })),
      to: parts(2, message({ group: word(1), kind: word(2), name: word(3) })),
    }),
  ),
});

/** The row of a reference grant. */
const referenceGrantRow = ({
  metadata,
  spec,
}: Read<typeof REFERENCE_GRANT>): ReferenceGrantRow => ({ ...objectRow(metadata), ...spec });

export const referencegrants = objectTable({
  kind: {
    ...GATEWAY_API,
    // Its way to v1 was a long one: most servers have it as beta alone.
    older: ['v1beta1', 'v1alpha2'],
    ...{ resource: 'referencegrants', kind: 'ReferenceGrant', namespaced: true },
  },
  message: REFERENCE_GRANT,
  row: referenceGrantRow,
  keepsGone: false,
  optional: true,
});

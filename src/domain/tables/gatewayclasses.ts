import type { ObjectRow } from '../row.ts';
import { part, word } from '../wire/field.ts';
import { message, type Read } from '../wire/message.ts';
import { objectRow } from '../wire/metadata.ts';
import { WRITTEN_METADATA, writerOf } from '../wire/writes.ts';
import { objectTable } from './define.ts';
import { GATEWAY_API, type Changed, JUDGEMENTS, verdictOf, type Verdict } from './gateway-api.ts';

export interface GatewayClassRow extends ObjectRow, Changed {
  /** Who makes something of its gateways, e.g. `gateway.k8s.aws/alb`. */
  readonly controller: string;
  /** Kind, API group and name of its parameters; empty: none. */
  readonly parameters: string;
  /** Whether its controller has taken it. */
  readonly accepted: Verdict;
}

/** gateway.networking.k8s.io/v1 GatewayClass. */
const GATEWAY_CLASS = message({
  metadata: part(1, WRITTEN_METADATA),
  spec: part(
    2,
    message({
      controllerName: word(1),
      parametersRef: part(2, message({ group: word(1), kind: word(2), name: word(3) })),
    }),
  ),
  status: part(3, message({ conditions: JUDGEMENTS })),
});

/** The row of a gateway class. */
function gatewayClassRow({ metadata, spec, status }: Read<typeof GATEWAY_CLASS>): GatewayClassRow {
  const { group, kind, name } = spec.parametersRef;
  return {
    ...objectRow(metadata),
    changed: writerOf(metadata.managedFields, 'spec')?.at ?? 0,
    controller: spec.controllerName,
    parameters: name === '' ? '' : `${kind}.${group}/${name}`,
    accepted: verdictOf(status.conditions, 'Accepted', metadata.generation),
  };
}

export const gatewayclasses = objectTable({
  kind: { ...GATEWAY_API, resource: 'gatewayclasses', kind: 'GatewayClass', namespaced: false },
  message: GATEWAY_CLASS,
  row: gatewayClassRow,
  keepsGone: false,
  optional: true,
});

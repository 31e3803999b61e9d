import type { ObjectRow } from '../row.ts';
import { part, word } from '../wire/field.ts';
import { message, type Read } from '../wire/message.ts';
import { metadata, objectRow } from '../wire/metadata.ts';
import { objectTable } from './define.ts';

const DEFAULT = 'ingressclass.kubernetes.io/is-default-class';

export interface IngressClassRow extends ObjectRow {
  /** Who makes something of its ingresses, e.g. `ingress.k8s.aws/alb`. */
  readonly controller: string;
  /** Kind, API group and name of its parameters, `IngressClassParams.elbv2.k8s.aws/shared`; empty: none. */
  readonly parameters: string;
  /** Ingresses that name no class are of this one. */
  readonly isDefault: boolean;
}

/** networking.k8s.io/v1 IngressClass. */
const INGRESS_CLASS = message({
  metadata: part(1, metadata([DEFAULT])),
  spec: part(
    2,
    message({
      controller: word(1),
      parameters: part(2, message({ apiGroup: word(1), kind: word(2), name: word(3) })),
    }),
  ),
});

/** The row of an ingress class. */
function ingressClassRow({ metadata, spec }: Read<typeof INGRESS_CLASS>): IngressClassRow {
  const { apiGroup, kind, name } = spec.parameters;
  const group = apiGroup === '' ? '' : `.${apiGroup}`;
  return {
    ...objectRow(metadata),
    controller: spec.controller,
    parameters: name === '' ? '' : `${kind}${group}/${name}`,
    isDefault: metadata.annotations[DEFAULT] === 'true',
  };
}

export const ingressclasses = objectTable({
  kind: {
    group: 'networking.k8s.io',
    version: 'v1',
    resource: 'ingressclasses',
    kind: 'IngressClass',
    namespaced: false,
  },
  message: INGRESS_CLASS,
  row: ingressClassRow,
  keepsGone: false,
});

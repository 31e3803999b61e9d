import type { ObjectRow } from '../row.ts';
import { conditions } from '../wire/condition.ts';
import { bool, part, parts, word, words } from '../wire/field.ts';
import { message, type Read } from '../wire/message.ts';
import { METADATA, objectRow } from '../wire/metadata.ts';
import { objectTable } from './define.ts';

export interface CustomResourceDefinitionRow extends ObjectRow {
  readonly group: string;
  readonly kind: string;
  readonly plural: string;
  readonly shortNames: readonly string[];
  readonly scope: string;
  /** Versions that are served, in the order of the definition. */
  readonly served: readonly string[];
  /** The version in which objects are written. */
  readonly storage: string;
  /** Versions in which objects may lie stored. */
  readonly stored: readonly string[];
  /** Versions that are served and deprecated. */
  readonly deprecated: readonly string[];
  /** `None` or `Webhook`. */
  readonly conversion: string;
  /** `namespace/name` of the service that converts; its URL; empty: none. */
  readonly webhook: string;
  readonly established: boolean;
  /** Why it is not established, or its names are not accepted; else empty. */
  readonly trouble: string;
}

/** apiextensions.k8s.io/v1 CustomResourceDefinition. */
const DEFINITION = message({
  metadata: part(1, METADATA),
  spec: part(
    2,
    message({
      group: word(1),
      names: part(3, message({ plural: word(1), shortNames: words(3), kind: word(4) })),
      scope: word(4),
      versions: parts(
        7,
        message({ name: word(1), served: bool(2), storage: bool(3), deprecated: bool(7) }),
      ),
      conversion: part(
        9,
        message({
          strategy: word(1),
          webhook: part(
            2,
            message({
              clientConfig: part(
                2,
                message({
                  service: part(1, message({ namespace: word(1), name: word(2) })),
                  url: word(3),
                }),
              ),
            }),
          ),
        }),
      ),
    }),
  ),
  status: part(
    3,
    message({
      conditions: conditions(1, 4, 5),
      storedVersions: words(3),
    }),
  ),
});

/** The row of a custom resource definition. */
function definitionRow({
  metadata,
  spec,
  status,
}: Read<typeof DEFINITION>): CustomResourceDefinitionRow {
  const { group, names, scope, versions, conversion } = spec;
  const { service, url } = conversion.webhook.clientConfig;
  const served = versions.filter((each) => each.served);
  const failing = ['NamesAccepted', 'Established'].flatMap((type) =>
    status.conditions.filter((each) => each.type === type && each.status === 'False'),
  )[0];
  return {
    ...objectRow(metadata),
    group,
    kind: names.kind,
    plural: names.plural,
    shortNames: names.shortNames,
    scope,
    served: served.map(({ name }) => name),
    storage: versions.find(({ storage }) => storage)?.name ?? '',
    stored: status.storedVersions,
    deprecated: served.filter(({ deprecated }) => deprecated).map(({ name }) => name),
    conversion: conversion.strategy || 'None',
    webhook: service.name === '' ? url : `${service.namespace}/${service.name}`,
    established: status.conditions.some(
      ({ type, status: state }) => type === 'Established' && state === 'True',
    ),
    trouble: failing === undefined ? '' : `${failing.reason}: ${failing.message}`,
  };
}

export const customresourcedefinitions = objectTable({
  kind: {
    group: 'apiextensions.k8s.io',
    version: 'v1',
    resource: 'customresourcedefinitions',
    kind: 'CustomResourceDefinition',
    namespaced: false,
  },
  message: DEFINITION,
  row: definitionRow,
  keepsGone: false,
});

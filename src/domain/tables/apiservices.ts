import type { ObjectRow } from '../row.ts';
import { conditions } from '../wire/condition.ts';
import { part, word } from '../wire/field.ts';
import { message, type Read } from '../wire/message.ts';
import { METADATA, objectRow } from '../wire/metadata.ts';
import { objectTable } from './define.ts';

export interface ApiServiceRow extends ObjectRow {
  readonly group: string;
  readonly version: string;
  /** `namespace/name` of the service that serves it; empty: the API server itself does. */
  readonly service: string;
  /** Does the API server reach it; null: it has not said yet. */
  readonly available: boolean | null;
  readonly reason: string;
  readonly message: string;
}

/** apiregistration.k8s.io/v1 APIService. */
const API_SERVICE = message({
  metadata: part(1, METADATA),
  spec: part(
    2,
    message({
      service: part(1, message({ namespace: word(1), name: word(2) })),
      group: word(2),
      version: word(3),
    }),
  ),
  status: part(3, message({ conditions: conditions(1, 4, 5) })),
});

/** The row of an API service. */
function apiServiceRow({ metadata, spec, status }: Read<typeof API_SERVICE>): ApiServiceRow {
  const { service, group, version } = spec;
  const told = status.conditions.find(({ type }) => type === 'Available');
  return {
    ...objectRow(metadata),
    group,
    version,
    service: service.name === '' ? '' : `${service.namespace}/${service.name}`,
    available: told === undefined ? null : told.status === 'True',
    reason: told?.reason ?? '',
    message: told?.message ?? '',
  };
}

export const apiservices = objectTable({
  kind: {
    group: 'apiregistration.k8s.io',
    version: 'v1',
    resource: 'apiservices',
    kind: 'APIService',
    namespaced: false,
  },
  message: API_SERVICE,
  row: apiServiceRow,
  keepsGone: false,
});

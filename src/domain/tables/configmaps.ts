import type { ObjectRow } from '../row.ts';
import { type MappedPrincipal, mappedPrincipals, MAPPINGS } from '../aws-auth.ts';
import { dataKey, dataMap, type DataKey } from '../wire/data.ts';
import { bool, part } from '../wire/field.ts';
import { message, type Read } from '../wire/message.ts';
import { objectRow } from '../wire/metadata.ts';
import { WRITTEN_METADATA, writesOf, type Write } from '../wire/writes.ts';
import { objectTable } from './define.ts';

export interface ConfigMapRow extends ObjectRow {
  /** By name; the values are not kept. */
  readonly keys: readonly DataKey[];
  readonly immutable: boolean;
  /** Who may come into the cluster, where it is the map that says so; else none. */
  readonly principals: readonly MappedPrincipal[];
  /** Who wrote it last, its status apart; null where nobody is named. */
  readonly written: Write | null;
}

/** core/v1 ConfigMap. */
const CONFIG_MAP = message({
  metadata: part(1, WRITTEN_METADATA),
  data: dataMap(2, 'text', (name, value) => ({
    ...dataKey(name, value),
    mapping: MAPPINGS.has(name) ? Buffer.from(value).toString('utf8') : '',
  })),
  binaryData: dataMap(3, 'base64', dataKey),
  immutable: bool(4),
});

const NONE: readonly never[] = [];

/** The map by which clusters told principals of IAM apart before access entries. */
const isAwsAuth = ({ namespace, name }: { readonly namespace: string; readonly name: string }) =>
  namespace === 'kube-system' && name === 'aws-auth';

/** The row of a config map. */
function configMapRow({
  metadata,
  data,
  binaryData,
  immutable,
}: Read<typeof CONFIG_MAP>): ConfigMapRow {
  return {
    ...objectRow(metadata),
    keys: [...data.map(({ name, size, binary }) => ({ name, size, binary })), ...binaryData].sort(
      (a, b) => (a.name < b.name ? -1 : 1),
    ),
    immutable,
    principals: isAwsAuth(metadata) ? mappedPrincipals(data) : NONE,
    written: writesOf(metadata.managedFields).any,
  };
}

export const configmaps = objectTable({
  kind: {
    group: '',
    version: 'v1',
    resource: 'configmaps',
    kind: 'ConfigMap',
    namespaced: true,
  },
  message: CONFIG_MAP,
  row: configMapRow,
  keepsGone: false,
});

import type { ObjectRow } from '../row.ts';
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
  /** Who wrote it last, its status apart; null where nobody is named. */
  readonly written: Write | null;
}

/** core/v1 ConfigMap. */
const CONFIG_MAP = message({
  metadata: part(1, WRITTEN_METADATA),
  data: dataMap(2, 'text', dataKey),
  binaryData: dataMap(3, 'base64', dataKey),
  immutable: bool(4),
});

/** The row of a config map. */
function configMapRow({
  metadata,
  data,
  binaryData,
  immutable,
}: Read<typeof CONFIG_MAP>): ConfigMapRow {
  return {
    ...objectRow(metadata),
    keys: [...data, ...binaryData].sort((a, b) => (a.name < b.name ? -1 : 1)),
    immutable,
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

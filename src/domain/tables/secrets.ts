/**
 * Secrets without their values. What the API could list without them (metadata alone, or as it
 * prints them) has no keys, sizes or expiry dates, so they are read whole. Of each value the row
 * keeps its size; of `tls.crt`, which is public, what the certificate says. The bytes themselves
 * are part of the answer, which is dropped once it is read (wire/data.ts).
 */
import { certificateOf, type Certificate } from '../certificate.ts';
import type { ObjectRow } from '../row.ts';
import { dataKey, dataMap, type DataKey } from '../wire/data.ts';
import { bool, part, word } from '../wire/field.ts';
import { message, type Read } from '../wire/message.ts';
import { objectRow } from '../wire/metadata.ts';
import { writesOf, writtenMetadata, type Write } from '../wire/writes.ts';
import { objectTable } from './define.ts';

export interface SecretRow extends ObjectRow {
  /** e.g. `Opaque`, `kubernetes.io/tls`. */
  readonly type: string;
  /** By name; the values are not kept. */
  readonly keys: readonly DataKey[];
  readonly immutable: boolean;
  /** When the certificate in its `tls.crt` ends; 0 where it has none that can be read. */
  readonly expires: number;
  /** What that certificate is for, and who issued it. */
  readonly hosts: readonly string[];
  readonly issuer: string;
  /** The service account whose token it is; empty where it is none. */
  readonly account: string;
  /** Who wrote it last, its status apart; null where nobody is named. */
  readonly written: Write | null;
}

const ACCOUNT = 'kubernetes.io/service-account.name';
const CERTIFICATE = 'tls.crt';

const NO_CERTIFICATE: Certificate = { expires: 0, hosts: [], issuer: '' };

interface Entry extends DataKey {
  readonly certificate: Certificate | null;
}

const entry = (name: string, value: Uint8Array): Entry => ({
  ...dataKey(name, value),
  certificate: name === CERTIFICATE ? certificateOf(value) : null,
});

/** core/v1 Secret. */
const SECRET = message({
  metadata: part(1, writtenMetadata([ACCOUNT])),
  data: dataMap(2, 'base64', entry),
  type: word(3),
  immutable: bool(5),
});

/** The row of a secret. */
function secretRow({ metadata, data, type, immutable }: Read<typeof SECRET>): SecretRow {
  return {
    ...objectRow(metadata),
    type,
    keys: data
      .map(({ name, size, binary }) => ({ name, size, binary }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    immutable,
    ...(data.find(({ name }) => name === CERTIFICATE)?.certificate ?? NO_CERTIFICATE),
    account: metadata.annotations[ACCOUNT] ?? '',
    written: writesOf(metadata.managedFields).any,
  };
}

export const secrets = objectTable({
  kind: {
    group: '',
    version: 'v1',
    resource: 'secrets',
    kind: 'Secret',
    namespaced: true,
  },
  message: SECRET,
  row: secretRow,
  keepsGone: false,
});

import type { ObjectRow } from '../row.ts';
import { intern } from '../wire/intern.ts';
import { map, optionalBool, part, parts, word, words } from '../wire/field.ts';
import { message, type Read } from '../wire/message.ts';
import { metadata, objectRow } from '../wire/metadata.ts';
import { objectTable } from './define.ts';

export interface StorageClassRow extends ObjectRow {
  /** The driver that makes its volumes, e.g. `ebs.csi.aws.com`. */
  readonly provisioner: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** What becomes of a volume when its claim is deleted: `Delete`, `Retain`. */
  readonly reclaimPolicy: string;
  /** When a volume is made: `Immediate`, `WaitForFirstConsumer`. */
  readonly binding: string;
  readonly expands: boolean;
  /** Claims that name no class get this one. */
  readonly isDefault: boolean;
  /** Availability Zones that it keeps to; none: any. */
  readonly zones: readonly string[];
}

const DEFAULT = 'storageclass.kubernetes.io/is-default-class';
const DEFAULT_BETA = 'storageclass.beta.kubernetes.io/is-default-class';
const TERM = message({
  matchLabelExpressions: parts(1, message({ key: word(1), values: words(2) })),
});

/** storage.k8s.io/v1 StorageClass. */
const STORAGE_CLASS = message({
  metadata: part(1, metadata([DEFAULT, DEFAULT_BETA])),
  provisioner: word(2),
  parameters: map(3),
  reclaimPolicy: word(4),
  allowVolumeExpansion: optionalBool(6),
  volumeBindingMode: word(7),
  allowedTopologies: parts(8, TERM),
});

/** The row of a storage class. */
function storageClassRow(of: Read<typeof STORAGE_CLASS>): StorageClassRow {
  const { annotations } = of.metadata;
  return {
    ...objectRow(of.metadata),
    provisioner: of.provisioner,
    parameters: of.parameters,
    // The API server's defaults.
    reclaimPolicy: of.reclaimPolicy || 'Delete',
    binding: of.volumeBindingMode || 'Immediate',
    expands: of.allowVolumeExpansion ?? false,
    isDefault: [DEFAULT, DEFAULT_BETA].some((name) => annotations[name] === 'true'),
    zones: of.allowedTopologies.flatMap(({ matchLabelExpressions }) =>
      matchLabelExpressions
        .filter(({ key }) => /\/zone$/.test(key))
        .flatMap(({ values }) => values.map(intern)),
    ),
  };
}

export const storageclasses = objectTable({
  kind: {
    group: 'storage.k8s.io',
    version: 'v1',
    resource: 'storageclasses',
    kind: 'StorageClass',
    namespaced: false,
  },
  message: STORAGE_CLASS,
  row: storageClassRow,
  keepsGone: false,
});

import type { ObjectRow } from '../row.ts';
import type { Fill } from '../claim-fill.ts';
import type { StorageTold } from '../storage-told.ts';
import { accessWords, BETA_CLASS, labelledZones } from '../volume.ts';
import { amount } from '../wire/amount.ts';
import {
  inlined,
  map,
  optionalPart,
  part,
  parts,
  prose,
  quantities,
  text,
  texts,
  word,
  words,
} from '../wire/field.ts';
import { message, type Read } from '../wire/message.ts';
import { metadata, objectRow } from '../wire/metadata.ts';
import { objectTable } from './define.ts';

export interface PersistentVolumeRow extends ObjectRow {
  /** `Pending`, `Available`, `Bound`, `Released`, `Failed`. */
  readonly phase: string;
  /** Why, as its controller says. */
  readonly reason: string;
  readonly message: string;
  /** Bytes. */
  readonly capacity: number;
  /** As kubectl writes them: `RWO,RWX`. */
  readonly accessModes: string;
  /** What becomes of it when its claim is deleted: `Delete`, `Retain`. */
  readonly reclaimPolicy: string;
  readonly storageClass: string;
  /** `Filesystem` or `Block`. */
  readonly mode: string;
  /** Its CSI driver, or the name of the driver before CSI; empty where it is of neither. */
  readonly driver: string;
  /** What AWS calls it: a volume, a file system with its access point, a bucket. */
  readonly volumeId: string;
  /** The claim that has it, `namespace/name`; empty: none. */
  readonly claim: string;
  /** The Availability Zones that it can be used in; empty: any. */
  readonly zones: readonly string[];
  readonly mountOptions: readonly string[];
  /** Of a bucket of S3: its region, where the volume names it; else null. */
  readonly region: string | null;
  // joined
  /** Nodes of its zones that could attach it; null too where it is in no zone. */
  fitting: number | null;
  /** Taints that these nodes have between them, where each has one that keeps pods away. */
  taints: string | null;
  /** Pods that have its claim, those of them without a node, and the nodes of the others. */
  pods: number | null;
  waiting: number | null;
  usedOn: string | null;
  /** The zones of these nodes. */
  usedZones: readonly string[] | null;
  /** What AWS tells of what it is on; null too where it is of nothing that AWS is asked for. */
  told: StorageTold | null;
  /** How full it is; null too where no pod has it mounted. */
  fill: Fill | null;
}

const TERM = message({
  matchExpressions: parts(1, message({ key: word(1), operator: word(2), values: words(3) })),
});

/** Of core/v1 PersistentVolumeSource what AWS has, today and before CSI. */
const SOURCE = message({
  awsElasticBlockStore: optionalPart(2, message({ volumeID: text(1) })),
  csi: part(
    22,
    message({ driver: word(1), volumeHandle: text(2), volumeAttributes: map(5, ['bucketName']) }),
  ),
});

/** core/v1 PersistentVolume. */
const PERSISTENT_VOLUME = message({
  metadata: part(1, metadata([BETA_CLASS])),
  spec: part(
    2,
    message({
      capacity: quantities(1, ['storage']),
      source: inlined(2, SOURCE),
      accessModes: words(3),
      claimRef: optionalPart(4, message({ namespace: word(2), name: word(3) })),
      persistentVolumeReclaimPolicy: word(5),
      storageClassName: word(6),
      mountOptions: texts(7),
      volumeMode: word(8),
      nodeAffinity: part(
        9,
        message({ required: part(1, message({ nodeSelectorTerms: parts(1, TERM) })) }),
      ),
    }),
  ),
  status: part(3, message({ phase: word(1), message: prose(2), reason: word(3) })),
});

/** `region eu-west-1`, as Mountpoint for S3 takes it. */
function regionIn(options: readonly string[]): string | null {
  const found = options.map((option) => /^(?:--)?region[ =](\S+)$/.exec(option.trim())?.[1]);
  return found.find((region) => region !== undefined) ?? null;
}

/** The row of a persistent volume. */
function persistentVolumeRow({
  metadata: meta,
  spec,
  status,
}: Read<typeof PERSISTENT_VOLUME>): PersistentVolumeRow {
  const { awsElasticBlockStore: early, csi } = spec.source;
  const handle = csi.volumeAttributes['bucketName'] ?? csi.volumeHandle;
  const terms = spec.nodeAffinity.required.nodeSelectorTerms;
  const zones = terms.flatMap(({ matchExpressions }) =>
    matchExpressions
      .filter(({ key, operator }) => /\/zone$/.test(key) && operator === 'In')
      .flatMap(({ values }) => values),
  );
  return {
    ...objectRow(meta),
    ...status,
    capacity: amount(spec.capacity['storage']),
    accessModes: accessWords(spec.accessModes),
    reclaimPolicy: spec.persistentVolumeReclaimPolicy,
    storageClass: meta.annotations[BETA_CLASS] ?? spec.storageClassName,
    mode: spec.volumeMode,
    driver: early === null ? csi.driver : 'kubernetes.io/aws-ebs',
    // Before CSI its zone stood before it: aws://eu-central-1b/vol-….
    volumeId: early === null ? handle : early.volumeID.replace(/^aws:\/\/[^/]*\//, ''),
    claim: spec.claimRef === null ? '' : `${spec.claimRef.namespace}/${spec.claimRef.name}`,
    zones: [...new Set(zones.length > 0 ? zones : labelledZones(meta.labels))],
    mountOptions: spec.mountOptions,
    region: regionIn(spec.mountOptions),
    fitting: null,
    taints: null,
    pods: null,
    waiting: null,
    usedOn: null,
    usedZones: null,
    told: null,
    fill: null,
  };
}

export const persistentvolumes = objectTable({
  kind: {
    group: '',
    version: 'v1',
    resource: 'persistentvolumes',
    kind: 'PersistentVolume',
    namespaced: false,
  },
  message: PERSISTENT_VOLUME,
  row: persistentVolumeRow,
  keepsGone: false,
});

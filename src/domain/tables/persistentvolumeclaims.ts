import type { Condition, ObjectRow } from '../row.ts';
import type { Fill } from '../claim-fill.ts';
import type { StorageTold } from '../storage-told.ts';
import { accessWords, BETA_CLASS } from '../volume.ts';
import { amount } from '../wire/amount.ts';
import { CONDITION } from '../wire/condition.ts';
import { part, parts, quantities, word, words } from '../wire/field.ts';
import { message, type Read } from '../wire/message.ts';
import { metadata, objectRow } from '../wire/metadata.ts';
import { objectTable } from './define.ts';

export interface PersistentVolumeClaimRow extends ObjectRow {
  /** `Pending`, `Bound`, `Lost`. */
  readonly phase: string;
  /** The volume that it has; empty while it has none. */
  readonly volume: string;
  /** What it asks for, and what it has, in bytes. */
  readonly requested: number;
  readonly capacity: number;
  /** As kubectl writes them: `RWO,RWX`. */
  readonly accessModes: string;
  /** Empty where it names none and none was the default. */
  readonly storageClass: string;
  /** `Filesystem` or `Block`. */
  readonly mode: string;
  /** What is under way, or failed: growing, a change of its attributes. */
  readonly conditions: readonly Pick<Condition, 'type' | 'status' | 'message'>[];
  // joined, of its class; empty where there is no such class
  provisioner: string | null;
  binding: string | null;
  // joined, of its volume
  driver: string | null;
  volumeId: string | null;
  zones: readonly string[] | null;
  /** Nodes of its zone that could attach it; null too where it is in no zone. */
  fitting: number | null;
  /** Taints that these nodes have between them, where each has one that keeps pods away. */
  taints: string | null;
  /** What AWS tells of what it is on. */
  told: StorageTold | null;
  // joined: pods that use it, those of them without a node, and the nodes of the others
  pods: number | null;
  waiting: number | null;
  usedOn: string | null;
  /** The zones of these nodes. */
  usedZones: readonly string[] | null;
  /** How full it is; null too where no pod has it mounted. */
  fill: Fill | null;
}

/** core/v1 PersistentVolumeClaim. */
const CLAIM = message({
  metadata: part(1, metadata([BETA_CLASS])),
  spec: part(
    2,
    message({
      accessModes: words(1),
      resources: part(2, message({ requests: quantities(2, ['storage']) })),
      volumeName: word(3),
      storageClassName: word(5),
      volumeMode: word(6),
    }),
  ),
  status: part(
    3,
    message({
      phase: word(1),
      accessModes: words(2),
      capacity: quantities(3, ['storage']),
      conditions: parts(4, CONDITION),
    }),
  ),
});

/** The row of a claim. */
function claimRow({ metadata: meta, spec, status }: Read<typeof CLAIM>): PersistentVolumeClaimRow {
  return {
    ...objectRow(meta),
    phase: status.phase,
    volume: spec.volumeName,
    requested: amount(spec.resources.requests['storage']),
    capacity: amount(status.capacity['storage']),
    accessModes: accessWords(status.phase === 'Bound' ? status.accessModes : spec.accessModes),
    storageClass: meta.annotations[BETA_CLASS] ?? spec.storageClassName,
    mode: spec.volumeMode,
    conditions: status.conditions.map((each) => ({
      type: each.type,
      status: each.status,
      message: each.message,
    })),
    provisioner: null,
    binding: null,
    driver: null,
    volumeId: null,
    zones: null,
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

export const persistentvolumeclaims = objectTable({
  kind: {
    group: '',
    version: 'v1',
    resource: 'persistentvolumeclaims',
    kind: 'PersistentVolumeClaim',
    namespaced: true,
  },
  message: CLAIM,
  row: claimRow,
  keepsGone: false,
});

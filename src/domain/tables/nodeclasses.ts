import type { ObjectRow } from '../row.ts';
import { part, parts, word } from '../wire/field.ts';
import { CONDITIONS } from '../wire/conditions.ts';
import { message, type Read } from '../wire/message.ts';
import { METADATA, objectRow } from '../wire/metadata.ts';
import { objectTable } from './define.ts';
import { foundText, readinessOf, type Readiness } from './karpenter.ts';

/** How EKS launches the nodes of Auto Mode: the images are its own. */
export interface NodeClassRow extends ObjectRow, Readiness {
  /** IAM role of the nodes, or the instance profile that stands in its place. */
  readonly role: string;
  /** Size of the disk that pods share with their images: `80Gi`; empty where nothing is said. */
  readonly storage: string;
  /** What its selectors found: `subnet-1 eu-central-1a`, `sg-1`. */
  readonly subnets: readonly string[];
  readonly securityGroups: readonly string[];
}

/** eks.amazonaws.com/v1 NodeClass. */
const NODE_CLASS = message({
  metadata: part(1, METADATA),
  spec: part(
    2,
    message({
      role: word(1),
      instanceProfile: word(2),
      ephemeralStorage: part(3, message({ size: word(1) })),
    }),
  ),
  status: part(
    3,
    message({
      conditions: CONDITIONS,
      subnets: parts(2, message({ id: word(1), zone: word(2) })),
      securityGroups: parts(3, message({ id: word(1), name: word(2) })),
    }),
  ),
});

const READY_BY = [
  'ValidationSucceeded',
  'SubnetsReady',
  'SecurityGroupsReady',
  'InstanceProfileReady',
];

/** The row of a node class of Auto Mode. */
function nodeClassRow({ metadata, spec, status }: Read<typeof NODE_CLASS>): NodeClassRow {
  return {
    ...objectRow(metadata),
    ...readinessOf(status.conditions, READY_BY),
    role: spec.role || spec.instanceProfile,
    storage: spec.ephemeralStorage.size,
    subnets: status.subnets.map(({ id, zone }) => foundText(id, zone)),
    securityGroups: status.securityGroups.map(({ id, name }) => foundText(id, name)),
  };
}

export const nodeclasses = objectTable({
  kind: {
    group: 'eks.amazonaws.com',
    version: 'v1',
    resource: 'nodeclasses',
    kind: 'NodeClass',
    namespaced: false,
  },
  message: NODE_CLASS,
  row: nodeClassRow,
  keepsGone: false,
  optional: true,
});

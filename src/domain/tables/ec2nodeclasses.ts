import type { ObjectRow } from '../row.ts';
import { part, parts, word } from '../wire/field.ts';
import { CONDITIONS } from '../wire/conditions.ts';
import { message, type Read } from '../wire/message.ts';
import { METADATA, objectRow } from '../wire/metadata.ts';
import { objectTable } from './define.ts';
import { foundText, readinessOf, type Readiness } from './karpenter.ts';

export interface Ec2NodeClassRow extends ObjectRow, Readiness {
  /** `al2023@v20261110`; where images are chosen otherwise, the family. */
  readonly image: string;
  /** IAM role of the nodes, or the instance profile that stands in its place. */
  readonly role: string;
  /** What its selectors found: `subnet-1 eu-central-1a`, `sg-1`, `ami-1`. */
  readonly subnets: readonly string[];
  readonly securityGroups: readonly string[];
  readonly images: readonly string[];
}

/** karpenter.k8s.aws/v1 EC2NodeClass. */
const EC2_NODE_CLASS = message({
  metadata: part(1, METADATA),
  spec: part(
    2,
    message({
      amiFamily: word(1),
      amiSelectorTerms: parts(2, message({ alias: word(1) })),
      role: word(3),
      instanceProfile: word(4),
    }),
  ),
  status: part(
    3,
    message({
      conditions: CONDITIONS,
      subnets: parts(2, message({ id: word(1), zone: word(2) })),
      securityGroups: parts(3, message({ id: word(1), name: word(2) })),
      amis: parts(4, message({ id: word(1), name: word(2) })),
    }),
  ),
});

const READY_BY = [
  'ValidationSucceeded',
  'AMIsReady',
  'SubnetsReady',
  'SecurityGroupsReady',
  'InstanceProfileReady',
];

/** The row of an EC2 node class. */
function ec2NodeClassRow({ metadata, spec, status }: Read<typeof EC2_NODE_CLASS>): Ec2NodeClassRow {
  const named = ({ id, name }: { readonly id: string; readonly name: string }): string =>
    foundText(id, name);
  return {
    ...objectRow(metadata),
    ...readinessOf(status.conditions, READY_BY),
    image: spec.amiSelectorTerms.map(({ alias }) => alias).find(Boolean) ?? spec.amiFamily,
    role: spec.role || spec.instanceProfile,
    subnets: status.subnets.map(({ id, zone }) => foundText(id, zone)),
    securityGroups: status.securityGroups.map(named),
    images: status.amis.map(named),
  };
}

export const ec2nodeclasses = objectTable({
  kind: {
    group: 'karpenter.k8s.aws',
    version: 'v1',
    resource: 'ec2nodeclasses',
    kind: 'EC2NodeClass',
    namespaced: false,
  },
  message: EC2_NODE_CLASS,
  row: ec2NodeClassRow,
  keepsGone: false,
  optional: true,
});

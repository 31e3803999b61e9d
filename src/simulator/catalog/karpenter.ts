/** Karpenter beside the node groups: one pool that is well, one whose node class finds no subnets. */
import type { World } from '../world/world.ts';
import { eksImage } from './images.ts';
import { formerRelease } from './releases.ts';
import { type Definition, plantCustom, plantDefinition } from './definitions.ts';

const READY = '.status.conditions[?(@.type=="Ready")].status';
const AGE = 'Age .metadata.creationTimestamp date';
const CATEGORIES = ['karpenter'];
const text = (description: string): object => ({ type: 'string', description });
const object = (description: string, properties: object = {}): object => ({
  type: 'object',
  description,
  properties,
});
const list = (description: string): object => ({
  type: 'array',
  description,
  items: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
});

const NODE_CLASS_REF = object('The node class that says how instances are launched.', {
  group: text('Group of the node class.'),
  kind: text('Kind of the node class.'),
  name: text('Name of the node class.'),
});
const REQUIREMENTS = list('What nodes must be like, by their labels.');
const STATUS = object('What Karpenter found.', { conditions: list('How it is.') });

/** What Auto Mode has in common with a Karpenter of one's own. */
export const NODE_DEFINITIONS: readonly Omit<Definition, 'ageDays'>[] = [
  {
    group: 'karpenter.sh',
    names: { plural: 'nodepools', kind: 'NodePool', categories: CATEGORIES },
    columns: [
      'NodeClass .spec.template.spec.nodeClassRef.name',
      'Nodes .status.resources.nodes',
      `Ready ${READY}`,
      AGE,
      'Weight+ .spec.weight integer',
      'CPU+ .status.resources.cpu',
      'Memory+ .status.resources.memory',
    ],
    fields: {
      spec: object('What nodes are launched for pods that fit nowhere.', {
        weight: { type: 'integer', description: 'Pools of a higher weight are tried first.' },
        limits: object('The most that all its nodes may have together.'),
        disruption: object('When nodes may be replaced or taken away.'),
        template: object('What its node claims are made from.', {
          spec: object('Of a node claim.', {
            requirements: REQUIREMENTS,
            nodeClassRef: NODE_CLASS_REF,
            expireAfter: text('How old a node may become.'),
          }),
        }),
      }),
      status: STATUS,
    },
  },
  {
    group: 'karpenter.sh',
    names: { plural: 'nodeclaims', kind: 'NodeClaim', categories: CATEGORIES },
    columns: [
      String.raw`Type .metadata.labels.node\.kubernetes\.io/instance-type`,
      String.raw`Capacity .metadata.labels.karpenter\.sh/capacity-type`,
      String.raw`Zone .metadata.labels.topology\.kubernetes\.io/zone`,
      'Node .status.nodeName',
      `Ready ${READY}`,
      AGE,
      'ImageID+ .status.imageID',
      'ID+ .status.providerID',
      String.raw`NodePool+ .metadata.labels.karpenter\.sh/nodepool`,
      'NodeClass+ .spec.nodeClassRef.name',
      'Drifted+ .status.conditions[?(@.type=="Drifted")].status',
    ],
    fields: {
      spec: object('The node that is wanted.', {
        requirements: REQUIREMENTS,
        nodeClassRef: NODE_CLASS_REF,
        resources: object('What the pods that it is launched for ask for.'),
      }),
      status: STATUS,
    },
  },
];

const DEFINITIONS: readonly Omit<Definition, 'ageDays'>[] = [
  ...NODE_DEFINITIONS,
  {
    group: 'karpenter.k8s.aws',
    names: {
      plural: 'ec2nodeclasses',
      kind: 'EC2NodeClass',
      shortNames: ['ec2nc', 'ec2ncs'],
      categories: CATEGORIES,
    },
    columns: [`Ready ${READY}`, AGE, 'Role+ .spec.role'],
    fields: {
      spec: object('How instances are launched.', {
        amiSelectorTerms: list('Which images are used.'),
        role: text('The IAM role of the nodes.'),
        subnetSelectorTerms: list('Which subnets are used.'),
        securityGroupSelectorTerms: list('Which security groups are used.'),
      }),
      status: STATUS,
    },
  },
];

/** Of a node: one of these values. */
export const requirement = (key: string, ...values: readonly string[]): object => ({
  key,
  operator: 'In',
  values,
});
const classRef = (name: string): object => ({
  group: 'karpenter.k8s.aws',
  kind: 'EC2NodeClass',
  name,
});

/** Defines Karpenter's kinds and puts some of each. */
export function plantKarpenter(world: World): void {
  for (const each of DEFINITIONS) plantDefinition(world, { ...each, ageDays: 12 });
  plantClasses(world);
  plantPools(world);
  plantClaims(world);
}

/** What `al2023@v20261110` is. */
const poolImage = (version: string) => eksImage('x86_64', formerRelease(version));

function plantClasses(world: World): void {
  const { cluster } = world;
  const nodeClass = (name: string, tag: string): object => ({
    amiFamily: 'AL2023',
    amiSelectorTerms: [{ alias: name === 'gpu' ? 'al2023@latest' : 'al2023@v20261110' }],
    role: `${cluster.name}-karpenter-node`,
    subnetSelectorTerms: [{ tags: { 'karpenter.sh/discovery': tag } }],
    securityGroupSelectorTerms: [{ tags: { 'karpenter.sh/discovery': cluster.name } }],
    metadataOptions: {
      httpEndpoint: 'enabled',
      httpPutResponseHopLimit: 1,
      httpTokens: 'required',
    },
  });
  const securityGroups = [
    { id: cluster.clusterSecurityGroupId, name: `eks-cluster-sg-${cluster.name}` },
  ];
  const { id, name } = poolImage(cluster.version);
  const amis = [{ id, name }];
  plantCustom(world, {
    of: 'ec2nodeclasses.karpenter.k8s.aws',
    name: 'default',
    ageMinutes: 12 * 1440,
    spec: nodeClass('default', cluster.name),
    status: {
      amis,
      securityGroups,
      instanceProfile: `${cluster.name}_8821907`,
      subnets: cluster.subnets
        .filter((subnet) => !subnet.public)
        .map(({ id, zone }) => ({ id, zone: zone.name, zoneID: zone.id })),
    },
    conditions: ['SubnetsReady True SubnetsReady', 'AMIsReady True AMIsReady', 'Ready True Ready'],
  });
  plantCustom(world, {
    of: 'ec2nodeclasses.karpenter.k8s.aws',
    name: 'gpu',
    ageMinutes: 190,
    spec: nodeClass('gpu', `${cluster.name}-gpu`),
    status: { amis, securityGroups },
    conditions: [
      'SubnetsReady False SubnetsNotFound SubnetSelector did not match any Subnets',
      'AMIsReady True AMIsReady',
      'Ready False UnhealthyDependents SubnetsReady=False',
    ],
  });
}

function plantPools(world: World): void {
  const pool = (nodeClass: string, requirements: readonly object[]): object => ({
    spec: { nodeClassRef: classRef(nodeClass), requirements, expireAfter: '720h' },
  });
  plantCustom(world, {
    of: 'nodepools.karpenter.sh',
    name: 'burst',
    ageMinutes: 12 * 1440,
    spec: {
      weight: 10,
      limits: { cpu: '64', memory: '256Gi' },
      disruption: {
        consolidationPolicy: 'WhenEmptyOrUnderutilized',
        consolidateAfter: '1m',
        budgets: [{ nodes: '10%' }, { nodes: '0', schedule: '0 8 * * 1-5', duration: '10h' }],
      },
      template: pool('default', [
        requirement('karpenter.sh/capacity-type', 'spot', 'on-demand'),
        requirement('kubernetes.io/arch', 'amd64'),
        requirement('karpenter.k8s.aws/instance-category', 'c', 'm', 'r'),
        { key: 'karpenter.k8s.aws/instance-generation', operator: 'Gt', values: ['5'] },
      ]),
    },
    status: { resources: { cpu: '8', memory: '32Gi', nodes: '1', pods: '58' } },
    conditions: ['ValidationSucceeded True ok', 'NodeClassReady True ok', 'Ready True Ready'],
  });
  plantCustom(world, {
    of: 'nodepools.karpenter.sh',
    name: 'gpu',
    ageMinutes: 190,
    spec: {
      limits: { 'nvidia.com/gpu': '4' },
      disruption: { consolidationPolicy: 'WhenEmpty', consolidateAfter: '10m' },
      template: pool('gpu', [requirement('karpenter.k8s.aws/instance-family', 'g5', 'g6')]),
    },
    status: { resources: { cpu: '0', memory: '0', nodes: '0', pods: '0' } },
    conditions: [
      'ValidationSucceeded True ok',
      'NodeClassReady False NodeClassNotReady NodeClass is not ready',
      'Ready False UnhealthyDependents NodeClassReady=False',
    ],
  });
}

function plantClaims(world: World): void {
  const claim = (requests: object): object => ({
    nodeClassRef: classRef('default'),
    requirements: [requirement('karpenter.sh/nodepool', 'burst')],
    resources: { requests },
    expireAfter: '720h',
  });
  const [zone] = world.cluster.subnets.map(({ zone: { name } }) => name);
  plantCustom(world, {
    of: 'nodeclaims.karpenter.sh',
    name: 'burst-x7k2p',
    labels: {
      'karpenter.sh/nodepool': 'burst',
      'karpenter.sh/capacity-type': 'spot',
      'node.kubernetes.io/instance-type': 'm7i.2xlarge',
      'topology.kubernetes.io/zone': zone ?? '',
    },
    ageMinutes: 1,
    spec: claim({ cpu: '5500m', memory: '18Gi', pods: '9' }),
    status: {
      imageID: poolImage(world.cluster.version).id,
      providerID: `aws:///${zone ?? ''}/i-0b7a41c9d2e38f65a`,
      capacity: { cpu: '8', memory: '31Gi', pods: '58' },
    },
    conditions: [
      'Launched True Launched',
      'Registered Unknown NodeNotFound Node not registered with cluster',
      'Initialized Unknown NodeNotFound Node not registered with cluster',
      'Ready Unknown ReconcilingDependents Registered=Unknown, Initialized=Unknown',
    ],
  });
  plantCustom(world, {
    of: 'nodeclaims.karpenter.sh',
    name: 'burst-qm4wt',
    labels: { 'karpenter.sh/nodepool': 'burst' },
    ageMinutes: 22,
    spec: claim({ cpu: '12', memory: '40Gi', pods: '4' }),
    conditions: [
      `Launched Unknown LaunchFailed creating instance, with fleet error(s), UnauthorizedOperation: You are not authorized to perform this operation. User: arn:aws:sts::${world.region.accountId}:assumed-role/${world.cluster.name}-karpenter/1764399 is not authorized to perform: ec2:CreateFleet`,
      'Registered Unknown AwaitingReconciliation object is awaiting reconciliation',
      'Initialized Unknown AwaitingReconciliation object is awaiting reconciliation',
      'Ready Unknown ReconcilingDependents Launched=Unknown',
    ],
  });
}

/** Pods as the API server has them, and what is found of them. */
import type { NodeRow } from '../../../../src/domain/rows.ts';
import type { Finding, Happening } from '../../../../src/domain/why/finding.ts';
import { whyPod as whyPodRule } from '../../../../src/domain/why/pod/index.ts';
import { nodeRow } from '../../../support/rows.ts';
import { pod } from '../pods.ts';
import { NOW, worldOf, answers } from './world.ts';

const whyPod = answers(whyPodRule);

export const MINUTE = 60_000;
export const iso = (ago: number): string => new Date(NOW - ago).toISOString();

interface Case {
  readonly spec?: object;
  readonly status?: object;
  readonly metadata?: object;
  readonly events?: readonly Partial<Happening>[];
  /** What of its node is otherwise than of one that is well. */
  readonly node?: Partial<NodeRow>;
}

const NODE = { name: 'n1', isReady: true, arch: 'arm64', taints: [] };

/** The finding about a pod as the API server has it. */
export function why({
  spec = {},
  status = {},
  metadata = {},
  events = [],
  node = {},
}: Case): Finding | null {
  const whole = {
    metadata: {
      name: 'api',
      namespace: 'shop',
      creationTimestamp: iso(10 * MINUTE),
      ...metadata,
    },
    spec: { nodeName: 'n1', containers: [{ name: 'api', image: 'shop/api:2' }], ...spec },
    status: { phase: 'Pending', ...status },
  };
  const world = worldOf({
    rows: { nodes: [nodeRow({ ...NODE, ...node })] },
    objects: { 'pods/shop/api': whole },
    events: { 'Pod/shop/api': events },
  });
  return whyPod(pod(whole), world);
}

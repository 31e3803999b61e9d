import { describe, expect, it } from 'vitest';
import { launchFailure } from '../../../../src/domain/why/launch-failure.ts';
import { whyNodeClaim } from '../../../../src/domain/why/nodeclaim.ts';
import { whyNodePool } from '../../../../src/domain/why/nodepool.ts';
import { eventRow, nodeRow, rowOf } from '../../../support/rows.ts';
import { answers, NOW, worldOf } from './world.ts';

const MINUTE = 60_000;

it.each([
  [
    'creating instance, insufficient capacity, with fleet error(s), InsufficientInstanceCapacity: We currently do not have sufficient m7i.2xlarge, c7i.2xlarge capacity in the Availability Zone you requested (eu-central-1a)',
    'EC2 has no capacity for what it asks: m7i.2xlarge, c7i.2xlarge in eu-central-1a',
  ],
  [
    'creating instance, with fleet error(s), UnauthorizedOperation: User: arn:aws:sts::1:assumed-role/k is not authorized to perform: ec2:CreateFleet',
    'Karpenter may not do ec2:CreateFleet',
  ],
  ['VcpuLimitExceeded: You have requested more vCPU', 'a quota of the account is used up'],
  ['no instance type satisfied resources', 'no instance type fits what is asked for together'],
  [
    'InsufficientFreeAddressesInSubnet: not enough',
    'the subnets that its node class found are out of addresses',
  ],
])('%s comes down to: %s', (words, clause) => {
  expect(launchFailure(words)?.clause).toBe(clause);
});

it('makes nothing of words that it does not know', () => {
  expect(launchFailure('context deadline exceeded')).toBeNull();
  expect(launchFailure('')).toBeNull();
});

describe('a node claim', () => {
  const claim = (given: object) =>
    rowOf('nodeclaims', {
      ...{ name: 'burst-abcde', pool: 'burst', nodeClass: 'default', phase: 'Launching' },
      ...{ nodeClassKind: 'EC2NodeClass', created: NOW - 10 * MINUTE, uid: 'u', ...given },
    });
  const why = answers(whyNodeClaim);

  it('that is ready, or on its way, has nothing to be asked about', () => {
    expect(why(claim({ phase: 'Ready' }), worldOf({}))).toBeNull();
    const fresh = { phase: 'Registering', created: NOW - MINUTE };
    expect(why(claim(fresh), worldOf({}))).toBeNull();
  });

  it('that is deleted stays as long as its node is not drained', () => {
    const node = nodeRow({ name: 'ip-10-0-0-1', taints: ['karpenter.sh/disrupted:NoSchedule'] });
    const leaving = claim({ phase: 'Ready', deleting: NOW - MINUTE, node: node.name });
    expect(why(leaving, worldOf({ rows: { nodes: [node] } }))?.sentence).toMatch(
      /^its node ip-10-0-0-1: it is to go \(being replaced by Karpenter\)/,
    );
    expect(why(leaving, worldOf({}))).toBeNull();
  });

  it('is not launched for what its condition says, or its events', () => {
    const trouble =
      'LaunchFailed: UnauthorizedOperation: is not authorized to perform: ec2:RunInstances';
    expect(why(claim({ trouble }), worldOf({}))).toMatchObject({
      sentence: 'it is not launched: Karpenter may not do ec2:RunInstances',
      next: ['allow ec2:RunInstances to the role of Karpenter’s controller'],
    });
    const events = {
      'NodeClaim//burst-abcde': [
        { reason: 'InsufficientCapacityError', message: 'insufficient capacity, m5.large' },
      ],
    };
    expect(why(claim({ trouble: '' }), worldOf({ events }))?.sentence).toBe(
      'it is not launched: EC2 has no capacity for what it asks: m5.large',
    );
  });

  it('is not launched where its node class is not ready', () => {
    const broken = rowOf('ec2nodeclasses', {
      ...{ name: 'default', ready: 'False', trouble: 'SubnetsNotFound: none matched' },
    });
    const found = why(claim({ trouble: '' }), worldOf({ rows: { ec2nodeclasses: [broken] } }));
    expect(found).toMatchObject({
      certainty: 'deduced',
      sentence: 'it is not launched: its node class is not ready: SubnetsNotFound: none matched',
    });
  });

  it('whose node does not join tells how its instance is', () => {
    const launched = claim({ phase: 'Registering', instanceId: 'i-1', instanceType: 'm5.large' });
    const machine = { ...rowOf('instances', { name: 'i' }).machine, state: 'running', checks: '' };
    const instance = rowOf('instances', { name: 'i-1', uid: 'i-1', machine });
    expect(why(launched, worldOf({ rows: { instances: [instance] } }))?.sentence).toBe(
      'its instance i-1 (m5.large) is running, and its kubelet has not joined',
    );
    expect(why(launched, worldOf({}))?.sentence).toBe(
      'its instance i-1 (m5.large) is not there any more: it ended before it joined',
    );
    expect(why(launched, worldOf({ unread: { instances: 'needs ec2' } }))).toMatchObject({
      ...{ certainty: 'said', unread: ['instances: needs ec2'] },
    });
  });
});

describe('a node pool', () => {
  const pool = (given: object) =>
    rowOf('nodepools', {
      ...{ name: 'burst', nodeClass: 'default', nodeClassKind: 'NodeClass', ready: 'True' },
      ...given,
    });
  const why = answers(whyNodePool);
  const refusal = (name: string, minutes: number) =>
    eventRow({
      ...{ name: `${name}.1`, uid: name, objectKind: 'NodeClaim', objectName: name },
      ...{ type: 'Warning', reason: 'InsufficientCapacityError', source: 'karpenter' },
      ...{ message: 'insufficient capacity, c7i.large', last: NOW - minutes * MINUTE },
    });

  it('that is not ready says so by its node class, of either kind', () => {
    const nodeclasses = [
      rowOf('nodeclasses', { name: 'default', ready: 'False', trouble: 'SubnetsNotFound: none' }),
    ];
    const broken = pool({ ready: 'False', trouble: 'NodeClassNotReady: NodeClass is not ready' });
    expect(why(broken, worldOf({ rows: { nodeclasses } }))?.sentence).toBe(
      'it launches nothing: its node class default is not ready: SubnetsNotFound: none',
    );
    expect(why(broken, worldOf({}))?.sentence).toBe(
      'it launches nothing: NodeClassNotReady: NodeClass is not ready',
    );
  });

  it('at its limit launches no more', () => {
    const full = pool({ atLimit: 'cpu', used: { cpu: '64' }, limits: { cpu: '64' } });
    expect(why(full, worldOf({}))?.sentence).toBe(
      'it launches no more: its limit of cpu is reached, 64 of 64',
    );
  });

  it('whose claims came to nothing lately says what EC2 lacked', () => {
    const events = [
      refusal('burst-abcde', 4),
      refusal('burst-bcdef', 2),
      refusal('burst-gpu-abcde', 1),
      refusal('burst-old99', 45),
    ];
    expect(why(pool({}), worldOf({ rows: { events } }))).toMatchObject({
      sentence:
        'it launched nothing lately: EC2 has no capacity for what it asks: c7i.large, 2 claims in vain',
      evidence: [{ at: NOW - 2 * MINUTE }],
    });
    expect(why(pool({}), worldOf({}))).toBeNull();
  });
});

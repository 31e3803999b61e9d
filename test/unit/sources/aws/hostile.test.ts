import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import type { Cluster, FargateProfile, Nodegroup } from '@aws-sdk/client-eks';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asgRow, isManaged, templateOf } from '../../../../src/sources/aws/asg-row.ts';
import { clusterRow } from '../../../../src/sources/aws/cluster-row.ts';
import { fargateRow, managedRow } from '../../../../src/sources/aws/nodegroup-row.ts';
import { text, time } from '../../../../src/sources/aws/read.ts';
import { collectBody, LONGEST_BODY } from '../../../../src/sources/aws/response-body.ts';
import { allPages } from '../../../../src/sources/aws/services/pages.ts';

const SCOPE = { profile: '', region: 'eu-west-1' };

/** Anything at all, where a client's types promise something. */
const anything = fc.anything({ withDate: true, withNullPrototype: true, maxDepth: 4 });
const answer = <Shape>(...names: (keyof Shape & string)[]) =>
  fc.record(Object.fromEntries(names.map((name) => [name, anything]))) as fc.Arbitrary<Shape>;

/** Texts are texts, numbers are finite, times have a year. */
function isRow(row: object | null): boolean {
  if (row === null) return true;
  return Object.entries(row).every(([name, value]: [string, unknown]) => {
    if (typeof value === 'number') return value >= 0 && value < 2 ** 53;
    if (Array.isArray(value)) return value.every((item) => typeof item !== 'number');
    return value === null || ['string', 'boolean', 'object'].includes(typeof value) || name === '';
  });
}

describe('whatever AWS answers, a row is a row', () => {
  it('of a cluster', () => {
    const names = ['arn', 'name', 'status', 'version', 'createdAt', 'tags', 'health'] as const;
    const more = ['certificateAuthority', 'resourcesVpcConfig', 'endpoint'] as const;
    fc.assert(
      fc.property(answer<Cluster>(...names, ...more), (cluster) => {
        expect(isRow(clusterRow(SCOPE, { ...cluster, arn: 'a', name: 'n' }))).toBe(true);
        expect(isRow(clusterRow(SCOPE, cluster))).toBe(true);
      }),
    );
  });

  it('of a node group', () => {
    const names = ['status', 'scalingConfig', 'labels', 'taints', 'subnets'] as const;
    const more = ['resources', 'createdAt', 'health', 'instanceTypes', 'capacityType'] as const;
    fc.assert(
      fc.property(answer<Nodegroup>(...names, ...more), (group) => isRow(managedRow('n', group))),
    );
  });

  it('of a Fargate profile', () => {
    const names = ['status', 'selectors', 'subnets', 'createdAt', 'health'] as const;
    fc.assert(
      fc.property(answer<FargateProfile>(...names), (profile) => isRow(fargateRow('n', profile))),
    );
  });

  it('of an Auto Scaling group', () => {
    const names = ['Tags', 'MixedInstancesPolicy', 'Instances', 'MinSize'] as const;
    const more = ['LaunchTemplate', 'CreatedTime', 'VPCZoneIdentifier'] as const;
    fc.assert(
      fc.property(answer<AutoScalingGroup>(...names, ...more), (group) => {
        isManaged(group);
        templateOf(group);
        return isRow(asgRow(group, null));
      }),
    );
  });
});

describe('what is too much', () => {
  it('of a time, is none', () => {
    expect(time(new Date(8.64e15))).toBeNull();
    expect(time(new Date(NaN))).toBeNull();
    expect(time('2026-01-01')).toBeNull();
    expect(time(new Date('2026-01-01'))).toBe(Date.UTC(2026, 0, 1));
  });

  it('of a text, is cut', () => {
    expect(text('x'.repeat(1 << 20))).toHaveLength(4096);
  });

  it('of pages, is an end', async () => {
    let asked = 0;
    const same = allPages(
      () => Promise.resolve({ items: [++asked] }),
      (page) => page.items,
      () => 'again',
    );
    await expect(same).rejects.toThrow('the list goes on and on');
    expect(asked).toBe(2);
    const more = allPages(
      () => Promise.resolve({ items: new Array<number>(1000).fill(++asked) }),
      (page) => page.items,
      () => String(asked),
    );
    await expect(more).rejects.toThrow('the list goes on and on');
    expect(asked).toBeLessThan(20);
  });

  it('of an answer, is not read', async () => {
    const chunk = new Uint8Array(1 << 20);
    let sent = 0;
    const body = new Readable({
      read() {
        sent += chunk.length;
        this.push(chunk);
      },
    });
    await expect(collectBody(body)).rejects.toThrow('longer than any of AWS');
    expect(body.destroyed).toBe(true);
    expect(sent).toBeLessThan(2 * LONGEST_BODY);
    expect(await collectBody(Readable.from([new Uint8Array([1]), new Uint8Array([2])]))).toEqual(
      Buffer.from([1, 2]),
    );
  });
});

import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { group as readGroup } from '../../../../src/sources/aws/operations/autoscaling.ts';
import * as read from '../../../../src/sources/aws/operations/eks-shapes.ts';
import { allPages } from '../../../../src/sources/aws/operations/pages.ts';
import { text, time } from '../../../../src/sources/aws/read.ts';
import { collectBody, LONGEST_BODY } from '../../../../src/sources/aws/response-body.ts';
import { clusterRow } from '../../../../src/sources/aws/tables/clusters/row.ts';
import {
  asgRow,
  isManaged,
  templateOf,
} from '../../../../src/sources/aws/tables/nodegroups/asg-row.ts';
import { fargateRow, managedRow } from '../../../../src/sources/aws/tables/nodegroups/row.ts';

const SCOPE = { profile: '', region: 'eu-west-1' };

/** Anything at all, where a client's types promise something. */
const anything = fc.anything({ withDate: true, withNullPrototype: true, maxDepth: 4 });
const answer = (...names: readonly string[]) =>
  fc.record(Object.fromEntries(names.map((name) => [name, anything])));

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
    const names = ['arn', 'name', 'status', 'version', 'createdAt', 'tags', 'health'];
    const more = ['certificateAuthority', 'resourcesVpcConfig', 'endpoint'];
    fc.assert(
      fc.property(answer(...names, ...more), (cluster) => {
        const named = read.cluster({ ...cluster, arn: 'a', name: 'n' });
        expect(isRow(clusterRow(SCOPE, named))).toBe(true);
        expect(isRow(clusterRow(SCOPE, read.cluster(cluster)))).toBe(true);
      }),
    );
  });

  it('of a node group', () => {
    const names = ['status', 'scalingConfig', 'labels', 'taints', 'subnets'];
    const more = ['resources', 'createdAt', 'health', 'instanceTypes', 'capacityType'];
    fc.assert(
      fc.property(answer(...names, ...more), (group) =>
        isRow(managedRow('n', read.nodegroup(group))),
      ),
    );
  });

  it('of a Fargate profile', () => {
    const names = ['status', 'selectors', 'subnets', 'createdAt', 'health'];
    fc.assert(
      fc.property(answer(...names), (profile) =>
        isRow(fargateRow('n', read.fargateProfile(profile))),
      ),
    );
  });

  it('of an Auto Scaling group', () => {
    const names = ['Tags', 'MixedInstancesPolicy', 'Instances', 'MinSize'];
    const more = ['LaunchTemplate', 'CreatedTime', 'VPCZoneIdentifier'];
    fc.assert(
      fc.property(answer(...names, ...more), (given) => {
        const group = readGroup(given);
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
    asked = 0;
    const nothing = allPages(
      () => Promise.resolve({ items: [] as number[] }),
      (page) => page.items,
      () => String(++asked),
    );
    await expect(nothing).rejects.toThrow('the list goes on and on');
    expect(asked).toBeLessThanOrEqual(101);
    asked = 0;
    const late = allPages(
      () => Promise.resolve({ items: asked === 50 ? [1] : [] }),
      (page) => page.items,
      () => (asked++ < 60 ? String(asked) : undefined),
    );
    await expect(late).resolves.toEqual([1]);
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

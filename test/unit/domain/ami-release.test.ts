import { describe, expect, it } from 'vitest';
import {
  gapWords,
  isFarBehind,
  releaseDate,
  releaseGap,
  releaseMoment,
  releaseOfGroup,
  releaseParameter,
} from '../../../src/domain/ami-release.ts';
import { namedRelease } from '../../../src/domain/ami-name.ts';
import { examine } from '../../../src/domain/doctor/index.ts';
import type { NodeGroupRow } from '../../../src/domain/rows.ts';
import { type MachineImage, unknownImage } from '../../../src/domain/tables/instances.ts';
import { nodeGroupRow } from '../../support/rows.ts';

const group = (more: Partial<NodeGroupRow>): NodeGroupRow =>
  nodeGroupRow('managed/web', {
    ...{ kind: 'managed', version: '1.35', amiType: 'AL2023_x86_64_STANDARD' },
    ...{ release: '1.35.3-20261110', latestRelease: '1.35.4-20261124' },
    ...more,
  });

const NOW = Date.UTC(2026, 11, 1);
const DAY = 86_400_000;

const gapOf = (row: NodeGroupRow) => {
  const released = releaseOfGroup(row);
  return released === null || released === 'none' ? null : releaseGap(released, NOW);
};

const image = (more: Partial<MachineImage>): MachineImage => ({
  ...unknownImage('ami-1'),
  ...{ name: 'a', amiType: 'AL2023_x86_64_STANDARD', version: '1.35', release: '1.35-20260901' },
  ...{ created: NOW - 91 * DAY, latestRelease: '1.35.4-20261124' },
  ...more,
});

it.each([
  [
    'AL2023_ARM_64_NVIDIA',
    '/aws/service/eks/optimized-ami/1.35/amazon-linux-2023/arm64/nvidia/recommended/release_version',
  ],
  [
    'AL2_x86_64_GPU',
    '/aws/service/eks/optimized-ami/1.35/amazon-linux-2-gpu/recommended/release_version',
  ],
  ['BOTTLEROCKET_ARM_64', '/aws/service/bottlerocket/aws-k8s-1.35/arm64/latest/image_version'],
  [
    'BOTTLEROCKET_x86_64_FIPS',
    '/aws/service/bottlerocket/aws-k8s-1.35-fips/x86_64/latest/image_version',
  ],
  [
    'WINDOWS_CORE_2022_x86_64',
    '/aws/service/ami-windows-latest/Windows_Server-2022-English-Core-EKS_Optimized-1.35/release_version',
  ],
  ['CUSTOM', ''],
  ['OF_LATER', ''],
  ['constructor', ''],
])('the latest release of %s is told by %s', (amiType, parameter) => {
  expect(releaseParameter({ amiType, version: '1.35' })).toBe(parameter);
  expect(releaseParameter({ amiType, version: '' })).toBe('');
});

it('tells the date of a release from its version', () => {
  expect(releaseDate('1.35.3-20261110')).toBe(Date.UTC(2026, 10, 10));
  expect(releaseDate('1.52.0-8b2f6d1c')).toBeNull();
  expect(releaseDate('ami-0123456789')).toBeNull();
});

it.each<[Partial<NodeGroupRow>, string, string, boolean]>([
  [{}, 'behind', '14d behind', false],
  [{ release: '1.35.1-20260901' }, 'behind', '84d behind', true],
  [{ release: '1.35.4-20261124' }, 'current', '', false],
  [{ release: '1.35.5-20261128' }, 'current', '', false],
  [
    { amiType: 'BOTTLEROCKET_ARM_64', release: '1.50.0-a', latestRelease: '1.54.0-b' },
    'behind',
    'behind 1.54.0-b',
    true,
  ],
  [{ amiType: 'CUSTOM', release: 'ami-1', latestRelease: '' }, 'custom', 'custom', false],
  [{ latestRelease: null }, 'unknown', '', false],
  [{ latestRelease: '' }, 'unknown', '', false],
])('a group of %j is %s', (more, state, words, far) => {
  const row = group(more);
  const gap = gapOf(row);
  expect(gap?.state).toBe(state);
  expect(gap && gapWords(gap, row.latestRelease)).toBe(words);
  expect(gap && isFarBehind(gap)).toBe(far);
});

it('has nothing to say of groups without an AMI release', () => {
  for (const kind of ['fargate', 'auto', 'hybrid'] as const)
    expect(releaseOfGroup(group({ kind, nodeImages: null }))).toBe('none');
});

describe('of groups that EKS does not manage', () => {
  const pool = (...images: readonly MachineImage[]): NodeGroupRow =>
    group({ kind: 'karpenter', amiType: '', release: '', latestRelease: null, nodeImages: images });

  it.each<[Partial<MachineImage>, string, string, boolean]>([
    [{}, 'behind', '84d behind', true],
    [{ release: '1.35-20261110' }, 'behind', '14d behind', false],
    [{ release: '1.35-20261124' }, 'current', '', false],
    [
      { amiType: 'CUSTOM', release: 'golden', latestRelease: '' },
      'custom',
      'custom, 91d old',
      false,
    ],
    // How far it is behind its version does not say; no further than it is old.
    [
      { release: '1.53.0-a', latestRelease: '1.54.0-b', created: NOW - 9 * DAY },
      'behind',
      'behind 1.54.0-b',
      false,
    ],
    [{ release: '1.53.0-a', latestRelease: '1.54.0-b' }, 'behind', 'behind 1.54.0-b', true],
    [{ release: '', name: '' }, 'unknown', '', false],
  ])('an image of %j is %s', (more, state, words, far) => {
    const gap = gapOf(pool(image(more)));
    expect(gap?.state).toBe(state);
    expect(gap && gapWords(gap, image(more).latestRelease)).toBe(words);
    expect(gap && isFarBehind(gap)).toBe(far);
  });

  it('the oldest image of their nodes counts', () => {
    const newer = image({ id: 'ami-2', release: '1.35-20261110', created: NOW - 20 * DAY });
    expect(releaseOfGroup(pool(newer, image({})))).toMatchObject({ release: '1.35-20260901' });
    expect(releaseOfGroup(pool())).toBe('none');
    expect(releaseOfGroup(pool(newer, image({ name: null })))).toBeNull();
    expect(releaseOfGroup({ ...pool(), nodeImages: null })).toBeNull();
  });

  it('a managed group whose launch template names an image of EKS is told by that', () => {
    const pinned = group({ amiType: 'CUSTOM', release: 'ami-1', latestRelease: '' });
    expect(releaseOfGroup({ ...pinned, nodeImages: [image({})] })).toMatchObject({
      release: '1.35-20260901',
    });
    for (const nodeImages of [null, []])
      expect(gapOf({ ...pinned, nodeImages })).toMatchObject({ state: 'custom', old: null });
  });

  it('sort by when the release was made, not by its letters', () => {
    const at = (release: string, created = 0) =>
      releaseMoment({ ...image({}), ...{ release, created } });
    expect(at('1.9.0-20261124')).toBeGreaterThan(at('1.35.3-20261110') ?? 0);
    expect(at('golden', 5)).toBe(5);
    expect(at('golden')).toBeNull();
    expect(releaseMoment('none')).toBeNull();
  });
});

it.each([
  [
    'amazon-eks-node-al2023-x86_64-standard-1.33-v20250920',
    'AL2023_x86_64_STANDARD',
    '1.33-20250920',
  ],
  ['amazon-eks-node-al2023-arm64-nvidia-1.33-v20250920', 'AL2023_ARM_64_NVIDIA', '1.33-20250920'],
  [
    'amazon-eks-node-al2023-x86_64-nvidia-560-1.31-v20241016',
    'AL2023_x86_64_NVIDIA',
    '1.31-20241016',
  ],
  ['amazon-eks-node-1.32-v20250920', 'AL2_x86_64', '1.32-20250920'],
  ['amazon-eks-gpu-node-1.32-v20250920', 'AL2_x86_64_GPU', '1.32-20250920'],
  ['amazon-eks-arm64-node-1.32-v20250920', 'AL2_ARM_64', '1.32-20250920'],
  ['bottlerocket-aws-k8s-1.33-x86_64-v1.46.0-431fe75a', 'BOTTLEROCKET_x86_64', '1.46.0-431fe75a'],
  [
    'bottlerocket-aws-k8s-1.33-nvidia-aarch64-v1.54.0-5043decc',
    'BOTTLEROCKET_ARM_64_NVIDIA',
    '1.54.0-5043decc',
  ],
  [
    'bottlerocket-aws-k8s-1.34-nvidia-fips-x86_64-v1.54.0-5043decc',
    'BOTTLEROCKET_x86_64_NVIDIA_FIPS',
    '1.54.0-5043decc',
  ],
  [
    'Windows_Server-2022-English-Core-EKS_Optimized-1.35-2026.04.18',
    'WINDOWS_CORE_2022_x86_64',
    '1.35-2026.04.18',
  ],
])('the name %s says %s', (name, amiType, release) => {
  expect(namedRelease(name)).toMatchObject({ amiType, release });
  // Of each there is a parameter that names the latest.
  expect(releaseParameter(namedRelease(name) ?? { amiType: '', version: '' })).not.toBe('');
});

it.each([
  'al2023-ami-2023.7.20250512.0-kernel-6.1-x86_64',
  'my-amazon-eks-node-1.32-v20250920',
  '',
])('the name %j says nothing', (name) => {
  expect(namedRelease(name)).toBeNull();
});

describe('the check of the doctor', () => {
  const check = (...rows: readonly NodeGroupRow[]) =>
    examine({
      ...{ now: NOW, cluster: null, unread: () => '' },
      rows: ((table: string) => (table === 'nodegroups' ? rows : [])) as never,
    }).find(({ id }) => id === 'N3');

  it('names groups that are far behind, and those of Amazon Linux 2', () => {
    const found = check(
      group({ release: '1.35.1-20260901' }),
      group({ amiType: 'AL2_x86_64', latestRelease: null }),
      group({}),
    );
    expect(found).toMatchObject({ level: 'warn', gaps: [] });
    expect(found?.findings.map(({ text }) => text)).toEqual([
      'web: 1.35.1-20260901 is 84d behind',
      'web: Amazon Linux 2 gets no releases any more, since 2025-11-26',
    ]);
  });

  it('is no pass where the latest release is not known', () => {
    expect(check(group({ latestRelease: null }))).toMatchObject({
      level: 'unknown',
      gaps: ['the latest release is not known of web (ssm:GetParameters)'],
    });
    expect(check(group({ kind: 'karpenter' }))).toMatchObject({
      level: 'unknown',
      gaps: ['the images of web are not known (ec2:DescribeImages)'],
    });
    expect(check(group({}))).toMatchObject({ level: 'ok' });
  });
});

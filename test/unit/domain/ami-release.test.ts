import { describe, expect, it } from 'vitest';
import {
  gapWords,
  isFarBehind,
  releaseDate,
  releaseGap,
  releaseParameter,
} from '../../../src/domain/ami-release.ts';
import { examine } from '../../../src/domain/doctor/index.ts';
import type { NodeGroupRow } from '../../../src/domain/rows.ts';
import { nodeGroupRow } from '../../support/rows.ts';

const group = (more: Partial<NodeGroupRow>): NodeGroupRow =>
  nodeGroupRow('managed/web', {
    ...{ kind: 'managed', version: '1.35', amiType: 'AL2023_x86_64_STANDARD' },
    ...{ release: '1.35.3-20261110', latestRelease: '1.35.4-20261124' },
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
  const gap = releaseGap(row);
  expect(gap?.state).toBe(state);
  expect(gap && gapWords(gap, row.latestRelease)).toBe(words);
  expect(gap && isFarBehind(gap)).toBe(far);
});

it('has nothing to say of groups without an AMI release', () => {
  expect(releaseGap(group({ kind: 'fargate' }))).toBeNull();
});

describe('the check of the doctor', () => {
  const check = (...rows: readonly NodeGroupRow[]) =>
    examine({
      ...{ now: 0, cluster: null, unread: () => '' },
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
    expect(check(group({}))).toMatchObject({ level: 'ok' });
  });
});

import { describe, expect, it } from 'vitest';
import { concernsOf, rollbackUntil, type UpgradeFacts } from '../../../src/domain/upgrade.ts';

const facts: UpgradeFacts = {
  version: '1.35',
  insights: [],
  groups: [{ name: 'web', version: '1.35' }],
  kubelets: null,
  upgraded: null,
  tight: [],
};
const insight = (status: string, more: object = {}) => ({
  ...{ name: 'Deprecated APIs', category: 'UPGRADE_READINESS', version: '1.36', status },
  ...{ cause: 'helm calls /apis/x', ...more },
});
const told = (target: string, more: Partial<UpgradeFacts>) =>
  concernsOf(target, { ...facts, ...more }).map(({ weight, text }) => `${weight}: ${text}`);

describe('what speaks against a version', () => {
  it('is nothing where all is as EKS wants it', () => {
    expect(told('1.36', { insights: [insight('PASSING')] })).toEqual([]);
  });

  it('is a group that is behind, which EKS does not take, before insights that block', () => {
    expect(
      told('1.36', {
        insights: [insight('WARNING', { cause: '' }), insight('ERROR')],
        groups: [{ name: 'web', version: '1.34' }],
        tight: ['subnet-a has 2 free addresses'],
      }),
    ).toEqual([
      'refuses: node group web is 1.34: EKS wants it to be 1.35 first (u on it)',
      'blocks: insight Deprecated APIs: ERROR: helm calls /apis/x',
      'warns: insight Deprecated APIs: WARNING',
      'warns: subnet-a has 2 free addresses',
    ]);
  });

  it('is no insight about another version, or about the way back', () => {
    const insights = [
      insight('ERROR', { version: '1.37' }),
      insight('ERROR', { category: 'ROLLBACK_READINESS' }),
      insight('constructor'),
    ];
    expect(told('1.36', { insights })).toEqual([]);
  });

  it('is a kubelet too far behind, or newer than its API server would be', () => {
    const kubelets = new Map([
      ['v1.32.1-eks-a', 1],
      ['v1.33.1-eks-a', 2],
    ]);
    expect(told('1.36', { kubelets })).toEqual([
      'blocks: 1 node runs kubelet v1.32.1-eks-a: more than 3 minor versions behind',
    ]);
    expect(told('1.34', { kubelets: new Map([['v1.35.3-eks-a', 2]]) })).toEqual([
      'warns: node group web is 1.35 and stays so: newer than its API server would be',
      'warns: 2 nodes run kubelet v1.35.3-eks-a: newer than its API server would be, which is not supported',
    ]);
  });
});

it('a cluster may go back for seven days after the upgrade to the version that it has', () => {
  const day = 86_400_000;
  expect(rollbackUntil(facts)).toBe(0);
  expect(rollbackUntil({ ...facts, upgraded: { at: day, to: '1.35' } })).toBe(8 * day);
  expect(rollbackUntil({ ...facts, upgraded: { at: day, to: '1.34' } })).toBe(0);
});

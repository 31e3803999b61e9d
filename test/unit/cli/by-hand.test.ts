import { describe, expect, it } from 'vitest';
import type { Flags } from '../../../src/cli/args.ts';
import { byHand, type ByHandTarget } from '../../../src/cli/by-hand.ts';
import { IN_CLUSTER } from '../../../src/sources/kube/index.ts';
import type { Setup } from '../../../src/cli/setup.ts';

const setup = (flags: Flags, env: Setup['env'] = {}) => ({ flags, env }) as Setup;
const line = (flags: Flags, env: Setup['env'] = {}, target: Partial<ByHandTarget> = {}): string =>
  byHand(setup(flags, env), { context: 'prod', title: 'prod', eks: null, ...target }, [
    'get',
    'pods',
    '-n',
    'shop',
  ]);

describe('the same by hand', () => {
  it('goes to the same cluster, as the same user', () => {
    expect(line({})).toBe('kubectl --context prod get pods -n shop');
    expect(line({ kubeconfig: '/etc/kube config' })).toBe(
      "kubectl --kubeconfig '/etc/kube config' --context prod get pods -n shop",
    );
    expect(line({ as: 'jane', 'as-group': ['dev ops', 'admins'] })).toBe(
      "kubectl --context prod --as jane --as-group 'dev ops' --as-group admins get pods -n shop",
    );
  });

  it('reads the files that are in force, also in another shell', () => {
    expect(line({}, { KUBECONFIG: '/a' })).toContain('kubectl --kubeconfig /a --context');
    expect(line({}, { KUBECONFIG: '/a:/b c' })).toMatch(
      /^KUBECONFIG='\/a:\/b c' kubectl --context prod/,
    );
    expect(line({ kubeconfig: '/x' }, { KUBECONFIG: '/a:/b' })).toContain('--kubeconfig /x');
  });

  it('names no context within a pod, where kubectl finds the service account by itself', () => {
    expect(line({}, {}, { context: IN_CLUSTER })).toBe('kubectl get pods -n shop');
  });

  it('quotes what a context may be called', () => {
    expect(line({}, {}, { context: "x'; reboot #" })).toBe(
      "kubectl --context 'x'\\''; reboot #' get pods -n shop",
    );
  });

  it('says where kubectl has no way, and what makes one', () => {
    const eks = { name: 'shop', arn: 'a', region: 'eu-central-1', profile: 'my prod' };
    expect(line({}, {}, { context: '', title: 'shop', eks })).toBe(
      "# kubectl has no way to shop: no kubeconfig context leads there; one is made by: aws eks update-kubeconfig --name shop --region eu-central-1 --profile 'my prod'",
    );
  });
});

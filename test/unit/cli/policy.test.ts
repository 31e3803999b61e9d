import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ACTIONS } from '../../../src/actions/index.ts';
import { policy } from '../../../src/cli/policy.ts';
import type { Flags } from '../../../src/cli/args.ts';
import { iamOfActions } from '../../../src/cli/permissions.ts';
import { resources } from '../../support/resources.ts';

const printed = (names: readonly string[], flags: Flags = {}): string =>
  policy(names, flags, resources);
const iam = (names: readonly string[], flags: Flags = {}) =>
  (
    JSON.parse(printed(names, { ...flags, output: 'iam' })) as {
      readonly Statement: readonly [{ readonly Action: readonly string[] }];
    }
  ).Statement[0].Action;
const rules = (names: readonly string[], flags: Flags = {}) =>
  (
    parse(printed(names, { ...flags, output: 'rbac' })) as {
      readonly rules: readonly {
        readonly apiGroups: readonly string[];
        readonly resources: readonly string[];
        readonly verbs: readonly string[];
      }[];
    }
  ).rules;

describe('the policy of chosen panes', () => {
  it('is what their rows and descriptions read', () => {
    expect(iam(['addons'])).toEqual([
      'eks:DescribeAddon',
      'eks:DescribeAddonVersions',
      'eks:DescribeCluster',
      'eks:ListAddons',
    ]);
    expect(iam(['pods'])).toContain('iam:GetRolePolicy');
  });

  it('has what actions on them need, where that is asked for', () => {
    expect(iam(['addons'])).not.toContain('eks:UpdateAddon');
    expect(iam(['addons'], { actions: true })).toContain('eks:UpdateAddon');
  });

  it('lists and watches what the panes show and join', () => {
    const all = rules(['deploy']);
    const has = (group: string, resource: string, verb: string) =>
      all.some(
        ({ apiGroups, resources: names, verbs }) =>
          apiGroups.includes(group) && names.includes(resource) && verbs.includes(verb),
      );
    expect(has('apps', 'deployments', 'watch')).toBe(true);
    expect(has('', 'pods', 'list')).toBe(true);
    expect(has('', 'pods/log', 'get')).toBe(true);
    expect(JSON.stringify(all)).not.toMatch(/"(patch|delete|create|update)"/);
    expect(JSON.stringify(rules(['deploy'], { actions: true }))).toContain('deployments/scale');
  });

  it('is of all panes where none is named, with every IAM action of every action', () => {
    const all = iam([], { actions: true });
    for (const action of iamOfActions(ACTIONS)) expect(all).toContain(action);
    expect(printed([])).toMatch(/^# IAM policy.*---\n# ClusterRole/s);
  });

  it('says which name is none', () => {
    expect(() => printed(['addosn'])).toThrow("no pane 'addosn'; did you mean addons?");
  });
});

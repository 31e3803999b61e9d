import { expect, it } from 'vitest';
import { commandsOf } from '../../../src/actions/engine/plan.ts';
import { blankAddon } from '../../../src/domain/tables/addons.ts';
import { container, podRow } from '../../support/rows.ts';
import { ActionBench, at, settle } from './bench.ts';

const OLD = 'v1.13.1-eksbuild.1';
const NEW = 'v1.13.2-eksbuild.1';
const coredns = {
  ...blankAddon('coredns'),
  status: 'ACTIVE',
  version: OLD,
  versions: [NEW, OLD],
};
const pod = (name: string, tag: string) =>
  podRow({
    name,
    namespace: 'kube-system',
    isReady: true,
    containers: [container({ name: 'coredns', image: `registry/eks/coredns:${tag}` })],
  });

function bench(version = OLD) {
  const made = new ActionBench();
  const state = { version, update: 'InProgress', words: '' };
  made.awsAnswers['eks:DescribeAddon'] = () => ({
    addon: {
      ...{ addonName: 'coredns', addonVersion: state.version, status: 'ACTIVE' },
      ...{ health: { issues: [] }, serviceAccountRoleArn: '', podIdentityAssociations: [] },
      ...{ configurationValues: '', createdAt: null, modifiedAt: null, publisher: '', owner: '' },
    },
  });
  const update = () => ({
    update: {
      ...{ id: 'u-1', type: 'AddonUpdate', createdAt: 0, status: state.update },
      params: [{ type: 'AddonVersion', value: NEW }],
      errors:
        state.words === ''
          ? []
          : [{ errorCode: 'ConfigurationConflict', errorMessage: state.words, resourceIds: [] }],
    },
  });
  made.awsAnswers['eks:UpdateAddon'] = update;
  made.awsAnswers['eks:DescribeUpdate'] = update;
  made.put('pods', pod('a', OLD), pod('b', OLD));
  return { made, state };
}

async function planned(made: ActionBench, values: Readonly<Record<string, string>> = {}) {
  const runner = made.runner(made.onEks());
  const flow = runner.start('update-addon', [made.target('addons', coredns)]);
  await settle();
  for (const [id, value] of Object.entries(values)) flow.change(id, value);
  await settle();
  flow.submit();
  await settle();
  return { runner, flow };
}

it('offers what goes with the cluster, the newest first, and says whose pods are replaced', async () => {
  const { made } = bench();
  const { flow } = await planned(made);
  const { plan } = at(flow, 'confirm');
  expect(plan.title).toBe(`Update add-on coredns from ${OLD} to ${NEW}`);
  expect(plan.victims).toEqual(['kube-system/a', 'kube-system/b']);
  expect(commandsOf(plan)).toEqual([
    `aws eks update-addon --cluster-name prod --addon-name coredns --addon-version ${NEW} --resolve-conflicts PRESERVE --region eu-central-1`,
  ]);
});

it('is done when EKS is and the pods run the new image', async () => {
  const { made, state } = bench();
  const { flow } = await planned(made);
  flow.confirm();
  await settle();
  expect(made.last?.text).toContain('coredns: update InProgress, 2 of 2 pods ready');
  expect(made.audit.map(({ phase }) => phase)).toEqual(['intent']);
  state.update = 'Successful';
  made.put('pods', pod('a', NEW));
  made.clock.advance(6_000);
  await settle();
  expect(made.last?.state).toBe('working');
  made.put('pods', pod('b', NEW));
  made.clock.advance(6_000);
  await settle();
  expect(made.last).toMatchObject({ state: 'done' });
});

it('fails in the words of EKS', async () => {
  const { made, state } = bench();
  const { flow } = await planned(made, { conflicts: 'NONE' });
  state.update = 'Failed';
  state.words = 'Conflicts found when trying to apply';
  flow.confirm();
  await settle();
  expect(made.last).toMatchObject({ state: 'failed' });
  expect(made.last?.text).toContain('ConfigurationConflict: Conflicts found when trying to apply');
});

it('sends nothing where somebody was faster', async () => {
  const { made, state } = bench();
  const { flow } = await planned(made);
  state.version = NEW;
  flow.confirm();
  await settle();
  expect(made.last?.text).toContain('somebody has updated coredns');
  expect(made.awsCalls.map(([action]) => action)).not.toContain('eks:UpdateAddon');
});

it('follows an update that EKS is at already, and sends nothing', async () => {
  const { made } = bench();
  made.awsAnswers['eks:ListUpdates'] = () => ({ updateIds: ['u-1'] });
  const runner = made.runner(made.onEks());
  const flow = runner.start('update-addon', [
    made.target('addons', { ...coredns, status: 'UPDATING' }),
  ]);
  await settle();
  flow.submit();
  await settle();
  expect(at(flow, 'confirm').plan.title).toBe(`Follow the update of coredns to ${NEW}`);
  flow.confirm();
  await settle();
  expect(made.last).toMatchObject({ state: 'working' });
  expect(made.awsCalls.map(([action]) => action)).not.toContain('eks:UpdateAddon');
});

it.each([
  [{ origin: 'pods' as const }, 'EKS does not keep coredns'],
  [{ status: 'DELETING' }, 'one change at a time'],
  [{ versions: null }, 'needs eks:DescribeAddonVersions'],
])('of %o is refused with the reason', async (change, reason) => {
  const { made } = bench();
  const runner = made.runner(made.onEks());
  const flow = runner.start('update-addon', [made.target('addons', { ...coredns, ...change })]);
  await settle();
  expect(at(flow, 'refused').reason).toContain(reason);
});

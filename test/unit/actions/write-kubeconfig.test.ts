import { describe, expect, it } from 'vitest';
import { commandsOf } from '../../../src/actions/engine/plan.ts';
import type { FormValues } from '../../../src/actions/engine/form.ts';
import { plain } from '../../../src/core/styled.ts';
import { NO_CLUSTER } from '../../../src/domain/cluster-key.ts';
import { cluster as readCluster } from '../../../src/sources/aws/operations/eks-shapes.ts';
import { clusterRow } from '../../support/rows.ts';
import { ActionBench, at, settle } from './bench.ts';

const ARN = 'arn:aws:eks:eu-central-1:111122223333:cluster/prod';

const PATH = '/home/me/.kube/config';
const MORE = '/home/me/.kube/more';

/** A cluster that AWS describes. */
function aws(
  bench: ActionBench,
  given: { readonly status?: string; readonly id?: string; readonly arn?: string } = {},
) {
  const { status = 'ACTIVE', id = '', arn = ARN } = given;
  bench.awsAnswers['eks:DescribeCluster'] = () => ({
    cluster: readCluster({
      ...{ name: 'prod', arn, version: '1.34', status, endpoint: 'https://prod.example' },
      identity: { oidc: { issuer: '' } },
      ...{ createdAt: null, platformVersion: '', health: { issues: [] }, tags: {} },
      resourcesVpcConfig: {
        ...{ vpcId: '', subnetIds: [], endpointPublicAccess: true, endpointPrivateAccess: true },
      },
      ...{ computeConfig: { enabled: false }, certificateAuthority: { data: 'Y2E=' }, id },
      outpostConfig: { outpostArns: id === '' ? [] : ['arn:aws:outposts:x'] },
    }),
  });
}

function setUp(given?: Parameters<typeof aws>[1]) {
  const bench = new ActionBench();
  aws(bench, given);
  const runner = bench.runner({ ...bench.onEks(), readonly: () => true, isProtected: () => true });
  const row = clusterRow({ name: 'prod', cluster: NO_CLUSTER });
  const start = () =>
    runner.start('write-kubeconfig', [{ resource: 'clusters', table: 'clusters', row }]);
  const planned = async (values: FormValues = {}) => {
    const flow = start();
    await settle();
    for (const [id, value] of Object.entries(values)) flow.change(id, value);
    await settle();
    flow.submit();
    await settle();
    return flow;
  };
  const text = (path: string): string | null => {
    const bytes = bench.files.get(path);
    return bytes === undefined ? null : Buffer.from(bytes).toString();
  };
  const write = (path: string, content: string): void =>
    void bench.files.set(path, Buffer.from(content));
  return { bench, runner, start, planned, text, write };
}

describe('writing a kubeconfig', () => {
  it('makes a file, also in read-only and for a protected cluster, and removes it again', async () => {
    const { runner, planned, text } = setUp();
    const flow = await planned();
    const { plan, typeName } = at(flow, 'confirm');
    expect(typeName).toBeNull();
    expect(plan.title).toBe(`Write context ${ARN} into ${PATH}`);
    expect(plan.changes.map(plain)).toEqual([
      `${PATH} is made, for you alone to read`,
      `current-context none → ${ARN}`,
    ]);
    expect(commandsOf(plan)).toEqual([
      `aws eks update-kubeconfig --name prod --kubeconfig ${PATH} --region eu-central-1`,
    ]);
    flow.confirm();
    await settle();
    expect(text(PATH)).toContain(`current-context: ${ARN}\n`);
    const undo = runner.undo();
    await settle();
    expect(at(undo, 'confirm').plan.title).toBe(`Remove ${PATH} again`);
    if (typeof undo !== 'string') undo.confirm();
    await settle();
    expect(text(PATH)).toBeNull();
  });

  it('shows what changes, without what is secret in the file', async () => {
    const { planned, write } = setUp();
    const secret = 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJrdWJlcm5ldGVzIn0.c2lnbmF0dXJl';
    write(PATH, `users:\n- name: me\n  user:\n    token: ${secret}\n`);
    const { diff = [] } = at(await planned(), 'confirm').plan;
    expect(JSON.stringify(diff)).not.toContain(secret);
    expect(diff.filter(({ mark }) => mark === '-')).toEqual([]);
    expect(diff.filter(({ mark }) => mark === '+')[0]?.text).toBe(`- name: ${ARN}`);
  });

  it.each([
    'client-key-data: hunter2',
    'exec: {command: x, env: [{name: PASS, value: hunter2}]}',
    'exec:\n      args:\n      - --password\n      - hunter2\n      env:\n      - name: PASS\n        value: hunter2',
    'token: >-\n      hunter2',
    '"token": "hunter2"',
  ])('shows nothing of a user beside it, or in its place: %s', async (credential) => {
    const { runner, planned, write } = setUp();
    write(PATH, `users:\n- name: me\n  user:\n    ${credential}\n`);
    const beside = at(await planned(), 'confirm').plan;
    expect(JSON.stringify(beside.diff)).not.toContain('hunter2');
    const flow = await planned({ userAlias: 'me' });
    expect(JSON.stringify(at(flow, 'confirm').plan.diff)).not.toContain('hunter2');
    flow.confirm();
    await settle();
    const undo = runner.undo();
    await settle();
    const { diff = [] } = at(undo, 'confirm').plan;
    expect(diff.some(({ text }) => text.includes('•••'))).toBe(true);
    expect(JSON.stringify(diff)).not.toContain('hunter2');
  });

  it('goes where the cluster is already, and else into the first file', async () => {
    const { planned, write } = setUp();
    write(PATH, 'kind: Config\n');
    write(MORE, `clusters:\n- name: ${ARN}\n  cluster: {server: old}\n`);
    expect(at(await planned(), 'confirm').plan.title).toContain(MORE);
    write(MORE, 'a: [');
    const { plan } = at(await planned(), 'confirm');
    expect(plan.title).toContain(PATH);
    expect(plan.warnings[0]).toContain(`passed over: ${MORE}: it is not valid YAML`);
  });

  it('has nothing to do where all is there', async () => {
    const { planned, text } = setUp();
    const first = await planned({ alias: 'p', userAlias: 'u', current: 'no' });
    first.confirm();
    await settle();
    expect(text(PATH)).toContain("current-context: ''\n");
    const again = await planned({ alias: 'p', userAlias: 'u', current: 'no' });
    expect(at(again, 'refused').reason).toBe(`nothing is to do: ${PATH} has it already`);
  });

  it('is planned anew where the file changed since', async () => {
    const { planned, write, text } = setUp();
    write(PATH, '# mine\n');
    const flow = await planned();
    write(PATH, '# mine, changed\n');
    flow.confirm();
    await settle();
    expect(at(flow, 'confirm').plan.warnings[0]).toBe(
      `${PATH} has changed since: this is the new plan`,
    );
    flow.confirm();
    await settle();
    expect(text(PATH)).toMatch(/^# mine, changed\napiVersion/);
  });

  it('is not taken back where somebody else wrote since', async () => {
    const { runner, planned, write } = setUp();
    const flow = await planned();
    flow.confirm();
    await settle();
    write(PATH, 'kind: Config\n');
    const undo = runner.undo();
    await settle();
    expect(at(undo, 'refused').reason).toContain('was changed since by something else');
  });

  it('names who loses by it', async () => {
    const { planned, write } = setUp();
    const other = 'contexts:\n- name: dev\n  context: {cluster: dev, user: admin, namespace: x}\n';
    write(PATH, `${other}users:\n- name: admin\n  user: {client-key-data: x, token: y}\n`);
    const { plan } = at(await planned({ alias: 'dev', userAlias: 'admin' }), 'confirm');
    expect(plan.victims).toEqual([
      'context dev: it leads to dev so far',
      'user admin: loses client-key-data, token',
    ]);
    expect(plan.warnings).toEqual(['context dev: namespace goes, as with the aws CLI']);
  });

  it.each<[string, Parameters<typeof aws>[1], (set: ReturnType<typeof setUp>) => void, RegExp]>([
    ['a cluster that comes', { status: 'CREATING' }, () => undefined, /prod is CREATING/],
    [
      'another cluster than the one that was asked for',
      { arn: ARN.replace('prod', 'live') },
      () => undefined,
      /^AWS describes \S+\/live where \S+\/prod was asked for$/,
    ],
    ['no YAML', {}, ({ write }) => write(PATH, '\t- a: ]'), /config: it is not valid YAML/],
    ['no kubeconfig', {}, ({ write }) => write(PATH, '- 1\n'), /config: it is no kubeconfig/],
    [
      'UTF-16',
      {},
      ({ bench }) => void bench.files.set(PATH, Buffer.from('\ufeffkind: Config\n', 'utf16le')),
      /it is not UTF-8 text/,
    ],
    [
      'a locked file',
      {},
      ({ bench }) => void bench.lockedFiles.set(PATH, 'it belongs to user 7'),
      /config: it belongs to user 7/,
    ],
  ])('of %s is refused with a sentence', async (_, given, make, why) => {
    const set = setUp(given);
    make(set);
    const before = set.text(PATH);
    expect(at(await set.planned(), 'refused').reason).toMatch(why);
    expect(set.text(PATH)).toBe(before);
  });

  it('names a local cluster by its id', async () => {
    const { planned, text } = setUp({ id: 'b5ea1a2c' });
    const flow = await planned({ role: 'arn:aws:iam::111122223333:role/admin' });
    flow.confirm();
    await settle();
    expect(text(PATH)).toContain('- --cluster-id\n      - b5ea1a2c\n');
    expect(text(PATH)).toContain('- --role\n      - arn:aws:iam::111122223333:role/admin\n');
  });
});

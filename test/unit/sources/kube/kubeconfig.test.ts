import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  listContexts,
  loadKubeconfig,
  resolveContext,
} from '../../../../src/sources/kube/kubeconfig.ts';

const folder = mkdtempSync(join(tmpdir(), 'kubeconfig-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const config = (name: string, server: string, user: object = {}) => ({
  'current-context': name,
  clusters: [{ name, cluster: { server } }],
  users: [{ name, user }],
  contexts: [{ name, context: { cluster: name, user: name, namespace: `${name}-ns` } }],
});

describe('merging', () => {
  it('lets the first file that names something win, and passes over files that are absent', () => {
    const first = file('first', config('a', 'https://a1'));
    const second = file('second', {
      ...config('b', 'https://b'),
      clusters: [
        { name: 'a', cluster: { server: 'https://a2' } },
        { name: 'b', cluster: { server: 'https://b' } },
      ],
    });
    const merged = loadKubeconfig({
      paths: [join(folder, 'absent'), first, second],
      required: false,
    });
    expect(merged.files).toEqual([first, second]);
    expect(merged.currentContext).toBe('a');
    expect(
      listContexts(merged).map(({ name, server, namespace, current }) => [
        name,
        server,
        namespace,
        current,
      ]),
    ).toEqual([
      ['a', 'https://a1', 'a-ns', true],
      ['b', 'https://b', 'b-ns', false],
    ]);
  });

  it('reads paths relative to the file that names them', () => {
    const path = file('relative', {
      ...config('a', 'https://a', { 'client-certificate': 'a.crt', tokenFile: 'token' }),
    });
    const [user] = loadKubeconfig({ paths: [path], required: true }).users;
    expect(user?.certFile).toBe(join(folder, 'a.crt'));
    expect(user?.tokenFile).toBe(join(folder, 'token'));
  });

  it('an odd entry of the first file is not replaced by that of a later one', () => {
    const first = file('odd', { contexts: [{ name: 'prod', context: {} }] });
    const second = file('sound', config('prod', 'https://elsewhere'));
    const merged = loadKubeconfig({ paths: [first, second], required: true });
    expect(() => resolveContext(merged, 'prod')).toThrow(
      `context "prod" cannot be used: ${first}: the context names no cluster`,
    );
  });

  it('is empty where there is no file and none is required', () => {
    const none = loadKubeconfig({ paths: [join(folder, 'absent')], required: false });
    expect(none.contexts).toEqual([]);
    expect(() => resolveContext(none, 'a')).toThrow(
      'there is no context "a" (no kubeconfig was found)',
    );
  });

  it('an empty file is an empty kubeconfig', () => {
    expect(loadKubeconfig({ paths: [file('empty', '')], required: true }).contexts).toEqual([]);
  });
});

it('an empty name is no context: it never stands for the current one', () => {
  const current = loadKubeconfig({ text: JSON.stringify(config('a', 'https://a')) });
  expect(() => resolveContext(current, '')).toThrow('no context was named (kubeconfig)');
});

describe('a kubeconfig that cannot be used', () => {
  const load = (name: string, content: unknown) => () =>
    loadKubeconfig({ paths: [file(name, content)], required: true });

  it('names the file and what is wrong', () => {
    expect(() => loadKubeconfig({ paths: [join(folder, 'absent')], required: true })).toThrow(
      `${join(folder, 'absent')}: there is no such file`,
    );
    expect(load('bad.yaml', 'clusters: [\nusers: {')).toThrow(
      /bad\.yaml: not valid YAML: .*line \d/,
    );
    expect(load('list', '- a')).toThrow(/list: not a kubeconfig: a mapping is expected/);
    expect(load('lists', { clusters: {} })).toThrow(
      /lists: clusters is a mapping where a list is expected/,
    );
    expect(load('other', { apiVersion: 'v1', kind: 'Secret' })).toThrow(
      /other: not a kubeconfig: "v1 Config" is expected, not "v1 Secret"/,
    );
    expect(() => loadKubeconfig({ paths: [folder], required: false })).toThrow(
      `${folder}: it is a folder`,
    );
  });

  it('names the nearest context', () => {
    const merged = loadKubeconfig({ text: JSON.stringify(config('prod-eu', 'https://a')) });
    expect(() => resolveContext(merged, 'prod-ue')).toThrow(
      'there is no context "prod-ue" (kubeconfig); did you mean "prod-eu"?',
    );
    const arn = 'arn:aws:eks:eu-central-1:1:cluster/shop';
    const eks = loadKubeconfig({ text: JSON.stringify(config(arn, 'https://a')) });
    expect(() => resolveContext(eks, 'shop')).toThrow(`did you mean "${arn}"?`);
  });

  it('names what a context refers to in vain', () => {
    const broken = { ...config('a', 'https://a'), clusters: [] };
    const merged = loadKubeconfig({ text: JSON.stringify(broken) });
    expect(() => resolveContext(merged, 'a')).toThrow(
      'names the cluster "a", which is not in kubeconfig',
    );
    expect(listContexts(merged)[0]?.server).toBe('');
  });
});

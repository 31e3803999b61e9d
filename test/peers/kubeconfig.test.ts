/**
 * What is written into kubeconfigs is what the aws CLI writes into the same file, and all else in it
 * stays. Skipped where the CLI is not installed.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readYaml } from '../../src/core/kubeconfig-yaml.ts';
import { kubeconfigEntries, withEntries } from '../../src/domain/eks-kubeconfig.ts';
import { type Region, startRegion } from '../e2e/region.ts';
import { onPath } from '../support/on-path.ts';
import { Clients } from './peer.ts';

const OTHERS = `# mine
apiVersion: v1
kind: Config
clusters:
- cluster: {server: "https://other.example"}   # the old one
  name: other
contexts:
- {name: other, context: {cluster: other, user: me}}
current-context: "other"
preferences: {}
users:
- name: me
  user:
    username: 'yes'
`;

const START: readonly (readonly [name: string, text: string | null])[] = [
  ['there is no file', null],
  ['it is empty', ''],
  ['it holds a comment', '# mine\n---\n'],
  ['it has other clusters', OTHERS],
  ['its lists are null', 'clusters:\nusers: ~\ncontexts: null\ncurrent-context:\n'],
  ['its lists are empty', 'apiVersion: v1\nclusters: []\ncontexts: []  # none\nusers: []\n'],
  ['it lacks lists', 'kind: Config\n'],
  ['it is JSON', '{"clusters": [{"name": "a"}], "users": null, "kind": "Config"}'],
  ['its lines end as on Windows', OTHERS.replaceAll('\n', '\r\n')],
  ['it has tabs', `# a\ttab\n${OTHERS.replace('"https:', '"a\tb https:')}`],
  ['its last line has no end', OTHERS.trimEnd()],
];

describe.skipIf(!onPath('aws'))('the aws CLI and we write the same', () => {
  let region: Region;
  let clients: Clients;
  let cluster: {
    readonly arn: string;
    readonly endpoint: string;
    readonly certificateAuthority: { readonly data: string };
  };
  beforeAll(async () => {
    region = await startRegion('--pods', '100');
    clients = new Clients(region.env);
    const asked = 'eks describe-cluster --name shop-prod --output json --query cluster';
    cluster = JSON.parse(await clients.aws(asked)) as typeof cluster;
  });
  afterAll(() => {
    clients[Symbol.dispose]();
    region[Symbol.dispose]();
  });

  type Flags = Readonly<Record<string, string>>;

  /** What the CLI makes of a text with these flags. */
  async function byCli(text: string | null, flags: Flags = {}): Promise<string> {
    const path = join(clients.home, 'kubeconfig');
    if (text === null) rmSync(path, { force: true });
    else writeFileSync(path, text);
    const words = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]);
    const update = ['eks update-kubeconfig --name shop-prod --kubeconfig', path, ...words];
    await clients.aws(update.join(' '));
    return readFileSync(path, 'utf8');
  }

  /** What we make of it. */
  function byUs(text: string | null, flags: Flags = {}): string {
    const entries = kubeconfigEntries({
      ...{ name: 'shop-prod', arn: cluster.arn, endpoint: cluster.endpoint, outpostId: '' },
      ...{ caData: cluster.certificateAuthority.data, profile: flags['profile'] ?? '' },
      ...{ role: flags['role-arn'] ?? '', alias: flags['alias'] ?? '' },
      userAlias: flags['user-alias'] ?? '',
    });
    return withEntries(text ?? '', entries, true);
  }

  it.each(START)('where %s', async (_, text) => {
    const theirs = await byCli(text);
    const ours = byUs(text);
    expect(readYaml(ours)).toEqual(readYaml(theirs));
    if (text === null || text === '') expect(ours).toBe(theirs);
    if (onPath('kubectl')) {
      const file = join(clients.home, 'ours');
      writeFileSync(file, ours);
      const current = await clients.kubectl(`--kubeconfig ${file} config current-context`);
      expect(current.trim()).toBe(cluster.arn);
    }
    // The CLI's own file says the same to us as ours does.
    expect(byUs(theirs)).toBe(theirs);
  });

  it('with names and a role', async () => {
    const home = join(clients.home, '.aws');
    expect(existsSync(home)).toBe(false);
    const flags = {
      alias: 'yes',
      'user-alias': '0777',
      'role-arn': 'arn:aws:iam::111122223333:role/a',
    };
    const ours = byUs(OTHERS, flags);
    expect(readYaml(ours)).toEqual(readYaml(await byCli(OTHERS, flags)));
    expect(byUs('', flags)).toBe(await byCli('', flags));
    const alias = { alias: 'other' };
    expect(readYaml(byUs(ours, alias))).toEqual(readYaml(await byCli(ours, alias)));
  });
});

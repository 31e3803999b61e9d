import { describe, expect, it } from 'vitest';
import { readYaml } from '../../../src/core/kubeconfig-yaml.ts';
import { lineDiff } from '../../../src/core/line-diff.ts';
import {
  hasCluster,
  kubeconfigEntries,
  readKubeconfig,
  withEntries,
  type KubeconfigWish,
} from '../../../src/domain/eks-kubeconfig.ts';

const ARN = 'arn:aws:eks:eu-central-1:111122223333:cluster/prod';

const wish = (given: Partial<KubeconfigWish> = {}): KubeconfigWish => ({
  name: 'prod',
  arn: ARN,
  caData: 'Y2E=',
  endpoint: 'https://prod.example',
  outpostId: '',
  profile: '',
  role: '',
  alias: '',
  userAlias: '',
  ...given,
});

const put = (text: string, given: Partial<KubeconfigWish> = {}, current = true): string =>
  withEntries(text, kubeconfigEntries(wish(given)), current);

const plain = (text: string): unknown => JSON.parse(JSON.stringify(readYaml(text)));

/** What of a text is not kept. */
const lost = (before: string, after: string): readonly string[] =>
  lineDiff(before, after).flatMap(({ mark, text }) => (mark === '-' ? [text] : []));

const FRESH = `apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: Y2E=
    server: https://prod.example
  name: ${ARN}
contexts:
- context:
    cluster: ${ARN}
    user: ${ARN}
  name: ${ARN}
current-context: ${ARN}
kind: Config
preferences: {}
users:
- name: ${ARN}
  user:
    exec:
      apiVersion: client.authentication.k8s.io/v1beta1
      args:
      - --region
      - eu-central-1
      - eks
      - get-token
      - --cluster-name
      - prod
      - --output
      - json
      command: aws
`;

const OTHER = `# mine
apiVersion: v1
kind:   Config
clusters:
  - name: other   # the old one
    cluster:
      server: "https://other.example"
      # proxy-url: http://proxy
contexts:
- {name: other, context: {cluster: other, user: 'me'}}

# users of it
users:
- user:
    token: abc
  name: me
current-context: "other"
preferences: {}
`;

describe('a new file', () => {
  it('is what the aws CLI writes', () => {
    expect(put('')).toBe(FRESH);
  });

  it('keeps comments, a byte order mark and line ends', () => {
    expect(put('# mine\n---\n')).toBe(`# mine\n---\n${FRESH}`);
    expect(put('\ufeff')).toBe(`\ufeff${FRESH}`);
    expect(put('# mine\r\n')).toBe(`# mine\r\n${FRESH}`.replaceAll(/\r?\n/g, '\r\n'));
    expect(put('# mine')).toBe(`# mine\n${FRESH}`);
  });

  it('has profile, role, aliases and an id on Outposts', () => {
    const given = { profile: 'a b', role: 'arn:aws:iam::1:role/x', alias: 'yes', userAlias: '7' };
    const all = plain(put('', { ...given, outpostId: 'id-1' }, false));
    expect(all).toMatchObject({
      'current-context': '',
      contexts: [{ name: 'yes', context: { cluster: ARN, user: '7' } }],
      users: [
        {
          name: '7',
          user: {
            exec: {
              args: [
                ...['--region', 'eu-central-1', 'eks', 'get-token', '--cluster-id', 'id-1'],
                ...['--output', 'json', '--role', 'arn:aws:iam::1:role/x'],
              ],
              env: [{ name: 'AWS_PROFILE', value: 'a b' }],
            },
          },
        },
      ],
    });
    expect(plain(put('', { userAlias: 'me' }))).toMatchObject({ contexts: [{ name: 'me' }] });
  });
});

describe('a file with other entries', () => {
  it('keeps every byte of them', () => {
    const after = put(OTHER);
    expect(lost(OTHER, after)).toEqual(['current-context: "other"']);
    expect(after).toContain('      # proxy-url: http://proxy\n  - cluster:\n      certificate');
    expect(after).toContain(
      `users of it\nusers:\n- user:\n    token: abc\n  name: me\n- name: ${ARN}`,
    );
    expect(after).toContain(`current-context: "${ARN}"\npreferences: {}\n`);
    expect(lost(OTHER, put(OTHER, {}, false))).toEqual([]);
  });

  it.each([
    ['CRLF', OTHER.replaceAll('\n', '\r\n')],
    ['no line break at the end', OTHER.trimEnd()],
    [
      'current-context last',
      `${OTHER.replace('current-context: "other"\n', '')}current-context: x`,
    ],
    ['lists without entries', 'clusters:\nusers: []   # none yet\ncontexts: null\n'],
    ['a list at the end', 'users: ~\ncontexts: []\nkind: Config\nclusters:'],
    ['nothing but one key', 'apiVersion: v1'],
    ['an empty mapping', '{}\n'],
    ['JSON', '{"kind": "Config", "clusters": [], "users": [{"name": "me"}], "contexts": null}\n'],
    ['JSON over lines', '{\n\t"clusters": [\n\t\t{"name": "a"},\n\t],\n\t"users": []\n}'],
    ['a second document', `${OTHER}---\nclusters: 7\n`],
    [
      'text of several lines',
      'clusters:\n- name: a\n  note: |+\n    # x\n\n\nusers:\n- name: b\n  t: >\n    x\n',
    ],
    ['tabs', 'clusters:\t[]\t# none\nusers:\t\ncontexts: [\t]\n'],
    ['equal keys', 'clusters: 7\nclusters:\n- name: a\n'],
    ['indented', '  clusters:\n    - name: a\n  # end\n  users: []\n'],
    ['an anchor', 'clusters:\n- &a\n  name: a\nusers: []\nextra: *a\n'],
  ])('of a file with %s only lines come', (_, text) => {
    const after = put(text);
    const gone = lost(text.replaceAll('\r', ''), after.replaceAll('\r', ''));
    const touched = gone.filter(
      (line) => !/current-context|\[|\{|null|~|clusters:$|users:\s*$/.test(line),
    );
    expect(touched).toEqual([]);
    expect(hasCluster(readKubeconfig(after), ARN)).toBe(true);
    expect(put(after)).toBe(after);
    if (text.includes('\r')) expect(after.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(after.endsWith('\n')).toBe(text.endsWith('\n'));
  });
});

describe('a file that has the cluster', () => {
  it('is left alone where all is as it would be', () => {
    expect(put(FRESH)).toBe(FRESH);
    const styled = FRESH.replace(
      'server: https://prod.example',
      "server:   'https://prod.example' # x",
    );
    expect(put(styled)).toBe(styled);
  });

  it('has only what differs changed', () => {
    const old = FRESH.replace('https://prod.example', '"https://old.example"  # moved?').replace(
      'kind: Config',
      'kind: Config # ours',
    );
    const after = put(old);
    expect(lost(old, after)).toEqual(['    server: "https://old.example"  # moved?']);
    expect(after).toContain('    server: "https://prod.example"  # moved?\n');
  });

  it('has entries of other keys replaced whole', () => {
    const old = `${FRESH.replace('    user: arn', '    namespace: shop\n    user: arn')}# end\n`;
    expect(put(old)).toBe(`${FRESH}# end\n`);
    const flow = `clusters: [{name: '${ARN}', cluster: {server: x, a: b}}, {name: z}]\n`;
    expect(plain(put(flow))).toMatchObject({ clusters: [{ name: ARN }, { name: 'z' }] });
  });

  it('gets another context under another alias', () => {
    const after = put(FRESH, { alias: 'short' });
    expect(lost(FRESH, after)).toEqual([`current-context: ${ARN}`]);
    expect(after).toContain('  name: short\ncurrent-context: short\n');
  });
});

describe('what is refused', () => {
  it.each([
    ['no YAML', 'a: [', /not valid YAML/],
    ['no mapping', '- a\n', /no kubeconfig/],
    ['text for a list', 'clusters: none\n', /clusters is not a list/],
    ['odd entries', 'users: [7]\n', /users is not a list of entries/],
    ['a list by an alias', 'a: &a\n- name: x\nclusters: *a\n', /no list that can be added to/],
    [
      'a list that stands elsewhere too',
      'clusters: &a\n- name: x\nmore: *a\n',
      /say something else/,
    ],
    ['a list by a merge', '<<: {clusters: [{name: x}]}\n', /would say something else/],
    [
      'an anchor that is needed',
      `clusters:\n- name: ${ARN}\n  x: &x 1\ny: *x\n`,
      /unknown anchor/i,
    ],
  ])('%s', (_, text, why) => {
    expect(() => put(text)).toThrow(why);
  });
});

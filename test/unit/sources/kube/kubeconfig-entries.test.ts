import { describe, expect, it } from 'vitest';
import {
  listContexts,
  loadKubeconfig,
  resolveContext,
} from '../../../../src/sources/kube/kubeconfig.ts';

const V1 = 'client.authentication.k8s.io/v1';

/** A kubeconfig with the context `good` and, beside it, what `extra` adds. */
const beside = (extra: {
  readonly clusters?: readonly unknown[];
  readonly users?: readonly unknown[];
  readonly contexts?: readonly unknown[];
  readonly [field: string]: unknown;
}) =>
  loadKubeconfig({
    text: JSON.stringify({
      'current-context': 'good',
      ...extra,
      clusters: [{ name: 'c', cluster: { server: 'https://c' } }, ...(extra.clusters ?? [])],
      users: [{ name: 'u', user: { token: 't' } }, ...(extra.users ?? [])],
      contexts: [{ name: 'good', context: { cluster: 'c', user: 'u' } }, ...(extra.contexts ?? [])],
    }),
  });

const context = (cluster: unknown, user: unknown = 'u') => ({
  contexts: [{ name: 'bad', context: { cluster, user } }],
});
const withCluster = (cluster: unknown) => ({
  clusters: [{ name: 'odd', cluster }],
  ...context('odd'),
});
const withUser = (user: unknown) => ({ users: [{ name: 'odd', user }], ...context('c', 'odd') });
const withExec = (exec: unknown) => withUser({ exec });
const https = (more: object) => withCluster({ server: 'https://odd', ...more });

// What kubectl 1.32 refuses, each tried on it.
const ODD: readonly [what: string, extra: Parameters<typeof beside>[0], why: RegExp][] = [
  ['a context without cluster', { contexts: [{ name: 'bad', context: {} }] }, /names no cluster/],
  ['a context without body', { contexts: [{ name: 'bad' }] }, /names no cluster/],
  ['a context that is text', { contexts: [{ name: 'bad', context: 'c' }] }, /is text where a map/],
  ['a cluster that is not there', context('none'), /"none", which is not in/],
  ['a user that is not there', context('c', 'none'), /"none", which is not in/],
  ['a cluster that is a number', context(5), /cluster is a number where text is expected: quote/],
  [
    'a name given twice',
    { contexts: [...context('c').contexts, ...context('c').contexts] },
    /contexts names "bad" more than once/,
  ],
  ['a cluster without server', withCluster({}), /has no server/],
  ['a cluster without body', withCluster(null), /has no server/],
  ['a server that is a number', withCluster({ server: 5 }), /server is a number/],
  ['a server with a path and no scheme', withCluster({ server: 'c:1/x' }), /"c:1\/x" is no URL/],
  ['a server of another kind', withCluster({ server: 'ftp://u:pw@c' }), /"ftp:\/\/c" is no URL/],
  ['a CA that is not base64', https({ 'certificate-authority-data': '%' }), /is not base64/],
  [
    'two CAs',
    https({ 'certificate-authority-data': 'QQ==', 'certificate-authority': 'a' }),
    /both certificate-authority and certificate-authority-data/,
  ],
  [
    'a CA that is not to be used',
    https({ 'certificate-authority': 'a', 'insecure-skip-tls-verify': true }),
    /insecure-skip-tls-verify and a certificate authority/,
  ],
  [
    'a flag that is text',
    https({ 'insecure-skip-tls-verify': 'true' }),
    /insecure-skip-tls-verify is text where true or false/,
  ],
  ['a proxy of no kind', https({ 'proxy-url': 'proxy:8080' }), /proxy-url must begin with/],
  ['a token that is a number', withUser({ token: 12 }), /token is a number/],
  ['a token and a name', withUser({ token: 't', username: 'n' }), /both a token and a user name/],
  ['a token file and a name', withUser({ tokenFile: 't', username: 'n' }), /both a token and/],
  ['a certificate without key', withUser({ 'client-certificate': 'c' }), /without a client-key/],
  [
    'two certificates',
    withUser({ 'client-certificate': 'c', 'client-certificate-data': 'QQ==', 'client-key': 'k' }),
    /both client-certificate and client-certificate-data/,
  ],
  ['groups for nobody', withUser({ 'as-groups': ['g'] }), /need "as"/],
  ['groups that are text', withUser({ as: 'a', 'as-groups': 'g' }), /where a list is expected/],
  ['a removed auth-provider', withUser({ 'auth-provider': { name: 'gcp' } }), /"gcp" is no longer/],
  ['a plugin that is text', withExec('aws'), /exec is text where a mapping is expected/],
  ['a plugin without command', withExec({ apiVersion: V1 }), /has no command/],
  ['a plugin without version', withExec({ command: 'p' }), /has the apiVersion ""/],
  [
    'a plugin of an old version',
    withExec({ command: 'p', apiVersion: 'client.authentication.k8s.io/v1alpha1' }),
    /has the apiVersion ".*v1alpha1"/,
  ],
  ['a plugin without mode', withExec({ command: 'p', apiVersion: V1 }), /the interactiveMode ""/],
  [
    'a variable without name',
    withExec({ command: 'p', apiVersion: V1, interactiveMode: 'Never', env: [{ value: 'v' }] }),
    /exec\.env\) has no name/,
  ],
  [
    'an argument that is a number',
    withExec({ command: 'p', apiVersion: V1, interactiveMode: 'Never', args: [1] }),
    /args holds what is no text/,
  ],
];

describe('an odd entry is refused when it is used, and spoils nothing else', () => {
  it.each(ODD)('%s', (_what, extra, why) => {
    const config = beside(extra);
    expect(() => resolveContext(config, 'bad')).toThrow(why);
    expect(resolveContext(config, 'good').server.href).toBe('https://c/');
    const [good, bad] = listContexts(config);
    expect(good).toMatchObject({ name: 'good', server: 'https://c', problem: '', current: true });
    expect(bad).toMatchObject({ name: 'bad', server: '', eks: null });
    expect(bad?.problem).toMatch(why);
  });

  it.each([
    ['a list entry that is nothing', null],
    ['one that is text', 'c'],
    ['one without name', { context: { cluster: 'c' } }],
  ])('%s is passed over, and noted', (_what, entry) => {
    const config = beside({ contexts: [entry] });
    expect(listContexts(config).map(({ name }) => name)).toEqual(['good']);
    expect(config.notes).toEqual(['kubeconfig: contexts[1] has no name and is passed over']);
  });

  it('a current context that is no text is none', () => {
    const config = beside({ 'current-context': 7 });
    expect(config.currentContext).toBe('');
    expect(config.notes[0]).toMatch(/current-context is a number/);
  });

  it('a name that is a number keeps its row and says what to do', () => {
    const config = beside({ contexts: [{ name: 7, context: { cluster: 'c' } }] });
    expect(listContexts(config)[1]).toMatchObject({ name: '7', server: '' });
    expect(() => resolveContext(config, '7')).toThrow(/name is a number .*: quote it/);
  });
});

it('sections that are null, and fields that nobody knows, are nothing', () => {
  const text = '{clusters: null, users: null, contexts: null, extra: [1], current-context: null}';
  expect(loadKubeconfig({ text })).toMatchObject({ contexts: [], currentContext: '', notes: [] });
});

/** The rules of the API server's RBAC authorizer, case by case. */
import { describe, expect, it } from 'vitest';
import {
  allowed,
  meansAccount,
  openTo,
  type Attempt,
  type PolicyRule,
} from '../../../src/domain/rbac.ts';
import { risksOf } from '../../../src/domain/rbac-risks.ts';

const rule = (given: Partial<PolicyRule>): PolicyRule => ({
  ...{ verbs: ['get'], apiGroups: [''], resources: ['pods'] },
  ...{ resourceNames: [], nonResourceURLs: [] },
  ...given,
});
const attempt = (given: Partial<Attempt> = {}): Attempt => ({
  ...{ verb: 'get', group: '', resource: 'pods', subresource: '', name: '' },
  ...given,
});

describe('a rule', () => {
  it.each<[given: Partial<PolicyRule>, attempted: Partial<Attempt>, does: boolean]>([
    [{}, {}, true],
    [{}, { verb: 'list' }, false],
    [{ verbs: ['*'] }, { verb: 'escalate' }, true],
    [{}, { group: 'metrics.k8s.io' }, false],
    [{ apiGroups: ['*'] }, { group: 'metrics.k8s.io' }, true],
    [{}, { subresource: 'log' }, false],
    [{ resources: ['pods/log'] }, { subresource: 'log' }, true],
    [{ resources: ['pods/log'] }, {}, false],
    [{ resources: ['*/log'] }, { subresource: 'log' }, true],
    [{ resources: ['*/log'] }, { subresource: 'exec' }, false],
    [{ resources: ['*/log'] }, {}, false],
    [{ resources: ['*'] }, { subresource: 'exec' }, true],
    [{ resources: ['pods/*'] }, { subresource: 'exec' }, false],
    [{ resources: ['pods'] }, { resource: '*' }, false],
    [{ resourceNames: ['api'] }, { name: 'api' }, true],
    [{ resourceNames: ['api'] }, { name: 'web' }, false],
    [{ resources: [], nonResourceURLs: ['/metrics'] }, {}, false],
  ])('%o allows %o: %s', (given, attempted, does) => {
    expect(allowed(rule(given), attempt(attempted)) !== null).toBe(does);
  });

  it.each<[url: string, path: string, does: boolean]>([
    ['*', '/metrics', true],
    ['/metrics', '/metrics', true],
    ['/metrics', '/metrics/cadvisor', false],
    ['/metrics/*', '/metrics/cadvisor', true],
    ['/metrics/*', '/metrics', false],
    ['/met*', '/metrics', true],
  ])('about %s allows %s: %s', (url, path, does) => {
    const about = rule({ apiGroups: [], resources: [], nonResourceURLs: [url] });
    expect(allowed(about, { verb: 'get', path }) !== null).toBe(does);
  });

  it('about named objects allows any object in part', () => {
    expect(allowed(rule({ resourceNames: ['a', 'b'] }), attempt())).toEqual({ only: ['a', 'b'] });
  });
});

describe('a subject', () => {
  const means = meansAccount('shop', 'ci');
  it.each([
    ['ServiceAccount', 'shop', 'ci', ''],
    ['ServiceAccount', 'other', 'ci', null],
    ['User', '', 'system:serviceaccount:shop:ci', ''],
    ['User', '', 'ci', null],
    ['Group', '', 'system:serviceaccounts', 'system:serviceaccounts'],
    ['Group', '', 'system:serviceaccounts:shop', 'system:serviceaccounts:shop'],
    ['Group', '', 'system:serviceaccounts:other', null],
    ['Group', '', 'system:authenticated', 'system:authenticated'],
    ['Group', '', 'system:unauthenticated', null],
  ])('%s %s/%s means the service account shop/ci by %o', (kind, namespace, name, by) => {
    expect(means({ kind, namespace, name })).toBe(by);
  });
});

it('is open to all where Kubernetes itself does not make it so', () => {
  const groups = (...names: string[]) =>
    names.map((name) => ({ kind: 'Group', namespace: '', name }));
  expect(openTo('view', groups('developers'))).toEqual([]);
  expect(openTo('constructor', groups('developers'))).toEqual([]);
  expect(openTo('view', groups('system:authenticated'))).toEqual(['system:authenticated']);
  expect(openTo('system:discovery', groups('system:authenticated'))).toEqual([]);
  // As clusters had it before Kubernetes 1.14.
  expect(openTo('system:discovery', groups('system:unauthenticated'))).toEqual([
    'system:unauthenticated',
  ]);
  expect(
    openTo('system:public-info-viewer', groups('system:authenticated', 'system:unauthenticated')),
  ).toEqual([]);
});

describe('rules lead to more', () => {
  const of = (given: Partial<PolicyRule>, everywhere = true) =>
    risksOf([rule(given)], { everywhere }).join(', ');

  it.each<[says: string, given: Partial<PolicyRule>]>([
    ['gives everything', { verbs: ['*'], apiGroups: ['*'], resources: ['*'] }],
    ['reads every secret', { verbs: ['watch'], resources: ['secrets'] }],
    ['', { verbs: ['create'], resources: ['secrets'] }],
    ['', { resources: ['secrets'], resourceNames: ['tls'] }],
    ['makes tokens of service accounts', { verbs: ['create'], resources: ['*/token'] }],
    ['acts as others (impersonate)', { verbs: ['impersonate'], resources: ['groups'] }],
    ['runs commands on nodes (nodes/proxy)', { resources: ['nodes/proxy'] }],
    ['', { verbs: ['list'], apiGroups: ['apps'], resources: ['*'] }],
  ])('%s', (says, given) => {
    expect(of(given)).toBe(says);
  });

  it('in one namespace only where they do so there', () => {
    expect(of({ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }, false)).toBe(
      'gives all of its namespace',
    );
    expect(of({ resources: ['secrets', 'nodes/proxy'] }, false)).toBe('');
    expect(of({ verbs: ['create'], resources: ['pods/exec'] }, false)).toBe(
      'runs commands in pods (pods/exec)',
    );
  });
});

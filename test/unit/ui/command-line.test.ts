import { describe, expect, it } from 'vitest';
import { arnKey, contextKey } from '../../../src/domain/cluster-key.ts';
import { completions } from '../../../src/ui/command-completions.ts';
import { parseCommand, type Vocabulary } from '../../../src/ui/command-line.ts';
import { resources } from '../../support/resources.ts';

const WORDS: Vocabulary = {
  resources,
  query: null,
  namespace: 'shop',
  paths: () => [],
  namespaces: ['default', 'kube-system', 'shop'],
  profiles: ['dev', 'prod', 'prod-old'],
  marked: [],
  clusters: ['prod-eu', 'staging'].map((name) => ({ name, id: contextKey(name), context: name })),
};

const parse = (text: string) => {
  const command = parseCommand(text, WORDS);
  return command.kind === 'resource' ? { ...command, resource: command.resource.id } : command;
};

describe('profiles and regions', () => {
  it.each([
    ['profiles prod,dev', { kind: 'scopes', profiles: ['prod', 'dev'], regions: null }],
    ['profile prod dev', { kind: 'scopes', profiles: ['prod', 'dev'], regions: null }],
    ['region all', { kind: 'scopes', profiles: null, regions: ['all'] }],
    ['regions', { kind: 'scopes', profiles: null, regions: null }],
  ])('%s', (text, command) => expect(parse(text)).toEqual(command));

  it.each([
    ['profile prod', ['prod-old']],
    ['profiles dev,pr', ['dev,prod', 'dev,prod-old']],
    ['region eu-central-1,eu-central', ['eu-central-1,eu-central-2']],
    ['regions a', ['all']],
  ])('%s goes on as %j', (text, first) =>
    expect(completions(text, WORDS).slice(0, first.length)).toEqual(first),
  );
});

describe('parseCommand', () => {
  it.each([
    ['pods', { resource: 'pods', namespace: null, filter: '', clusters: [] }],
    ['po kube-system', { resource: 'pods', namespace: 'kube-system' }],
    ['pods all', { resource: 'pods', namespace: '' }],
    [
      'PODS shop /api -l app=web',
      { resource: 'pods', namespace: 'shop', filter: 'api -l app=web' },
    ],
    ['deploy /!web', { resource: 'deployments', filter: '!web' }],
    ['nodes @staging', { resource: 'nodes', clusters: ['context:staging'] }],
    ['po -l app=web', { resource: 'pods', namespace: null, filter: '-l app=web' }],
    ['po app=web,tier!=back shop', { namespace: 'shop', filter: '-l app=web,tier!=back' }],
    ["po -l 'app in (web, api)' /crash", { filter: '-l "app in (web, api)" crash' }],
    ['po -f apx shop', { namespace: 'shop', filter: '-f apx' }],
    ['po -n shop /!x', { namespace: 'shop', filter: '!x' }],
    ['po -A', { namespace: '' }],
    ['  svc   shop  ', { resource: 'services', namespace: 'shop' }],
  ])('%s', (text, expected) => {
    expect(parse(text)).toMatchObject({ kind: 'resource', ...expected });
  });

  it.each([
    ['ctx prod-eu', { kind: 'cluster', cluster: 'context:prod-eu' }],
    ['@staging', { kind: 'cluster', cluster: 'context:staging' }],
    ['ns shop', { kind: 'namespace', name: 'shop' }],
    ['theme light', { kind: 'theme', name: 'light' }],
    ['q!', { kind: 'quit' }],
    ['help', { kind: 'help' }],
  ])('%s', (text, expected) => {
    expect(parse(text)).toEqual(expected);
  });

  it.each([
    ['who-can delete pods', 'who-can', null, 'delete pods in shop'],
    ['who-can delete po -n default', 'who-can', 'default', 'delete pods in default'],
    ['can-i create pods/exec api-0 -A', 'can-i', '', 'create pods/exec api-0 in all namespaces'],
    ['can-i get deploy/api', 'can-i', null, 'get deployments.apps api in shop'],
    ['can-i get po --subresource=log', 'can-i', null, 'get pods/log in shop'],
    ['can-i patch deployments.apps/scale', 'can-i', null, 'patch deployments.apps/scale in shop'],
    ['who-can list nodes -n default', 'who-can', 'default', 'list nodes'],
    ['who-can get ns shop', 'who-can', null, 'get namespaces shop'],
    ['who-can impersonate users', 'who-can', null, 'impersonate users'],
    ['who-can get /metrics', 'who-can', null, 'get /metrics'],
    ["who-can '*' '*'", 'who-can', null, '* * in shop'],
    ['who-can create tokenreviews', 'who-can', null, 'create tokenreviews in shop'],
  ])('%s', (text, ask, namespace, words) => {
    expect(parse(text)).toMatchObject({ kind: 'access', ask, namespace, question: { words } });
  });

  it('asks of clusters that are named', () => {
    expect(parse('can-i get pods @staging,prod-eu')).toMatchObject({
      clusters: ['context:staging', 'context:prod-eu'],
    });
    expect(parse('who-can gett pods')).toMatchObject({
      question: { note: "'gett' is no usual verb; did you mean 'get'?" },
    });
    expect(parse('who-can get podz')).toMatchObject({
      question: {
        unresolved: 'podz',
        note: "the cluster lists no kind called 'podz': taken as it is written; did you mean 'pods'?",
      },
    });
  });

  it.each([
    ['why', { words: [], namespace: null }],
    ['why api-0', { words: ['api-0'], namespace: null }],
    ['why deploy/api -n default', { words: ['deploy/api'], namespace: 'default' }],
    ['why pod api-0 -A', { words: ['pod', 'api-0'], namespace: '' }],
  ])('%s', (text, expected) => {
    expect(parse(text)).toEqual({ kind: 'why', ...expected });
  });

  it.each([
    ['why api -n shopp', "no namespace 'shopp'; did you mean 'shop'?"],
    ['why api -x', 'no option -x: -n and -A there are'],
    ['who-can', 'who-can takes VERB RESOURCE[/SUBRESOURCE] [NAME] [-n NAMESPACE], or VERB /PATH'],
    ['can-i get pods api 1', "'1' is one word too many: it takes"],
    ['can-i get pods -n', '-n needs a value'],
    ['can-i get pods -n shopp', "no namespace 'shopp'; did you mean 'shop'?"],
    ['can-i get pods --as me', 'no option --as: -n, -A and --subresource there are'],
  ])('%s is told what is wrong', (text, message) => {
    expect(parse(text)).toMatchObject({ kind: 'error' });
    expect(parse(text)).toHaveProperty('message', expect.stringContaining(message));
  });

  it.each([
    ['pods shopp', "no namespace 'shopp'; did you mean 'shop'?"],
    ['pods zone:1c', "no namespace 'zone:1c'; /zone:1c filters"],
    ['ctx prod', "no cluster 'prod'; did you mean 'prod-eu'?"],
    ['nodes shop', 'nodes have no namespace'],
    ['pods shop api', "too many words after 'pods': a filter begins with /"],
    ['po -l', '-l needs a value'],
    ['po --watch', 'no option --watch: -l, -f, -n and -A there are'],
    ['theme', 'theme needs a name: dark, light, mono'],
    ['', 'type a resource, e.g. pods, or help'],
  ])('says what is wrong with: %s', (text, message) => {
    expect(parse(text)).toEqual({ kind: 'error', message });
  });

  it.each([
    ['podz', "no resource or command 'podz'; did you mean 'pods'?"],
    ['deploy.batch', "no resource or command 'deploy.batch'; did you mean 'deployments'?"],
  ])('does not know, which the cluster may: %s', (word, message) => {
    expect(parse(word)).toEqual({ kind: 'unknown', word, message });
  });

  it('never chooses between clusters of one name', () => {
    const clusters = ['1', '2'].map((account) => {
      const arn = `arn:aws:eks:eu-central-1:${account}:cluster/prod`;
      return { name: 'prod', id: arnKey(arn), context: '' };
    });
    const [one, two] = clusters;
    const vocabulary = { ...WORDS, clusters };
    const message = `'prod' may be any of 2: ${one?.id}, ${two?.id}`;
    for (const text of ['ctx prod', '@prod', 'pods @prod'])
      expect(parseCommand(text, vocabulary)).toEqual({ kind: 'error', message });
    expect(parseCommand(`ctx ${two?.id}`, vocabulary)).toEqual({
      kind: 'cluster',
      cluster: two?.id,
    });
    expect(completions('ctx ', vocabulary)).toEqual([one?.id, two?.id]);
  });

  it('takes a context whose name has blanks', () => {
    const clusters = [{ name: 'my lab', id: contextKey('my lab'), context: 'my lab' }];
    const command = parseCommand('ctx my lab', { ...WORDS, clusters });
    expect(command).toEqual({ kind: 'cluster', cluster: 'context:my lab' });
  });

  it('lets any namespace pass where none could be listed', () => {
    const command = parseCommand('pods secret', { ...WORDS, namespaces: [] });
    expect(command).toMatchObject({ kind: 'resource', namespace: 'secret' });
  });
});

describe('completions', () => {
  it.each([
    ['', []],
    ['dep', ['deployments']],
    ['pods ', ['all', 'default', 'kube-system', 'shop']],
    ['pods k', ['kube-system']],
    ['nodes k', []],
    ['ctx st', ['staging']],
    ['pods @p', ['@prod-eu']],
    ['theme l', ['light']],
    ['pods shop /k', []],
  ])('of %j', (text, expected) => {
    expect(completions(text, WORDS)).toEqual(expected);
  });

  it('begin with what enter would take: `no` is short for nodes', () => {
    const [first, ...others] = completions('no', WORDS);
    expect(first).toBe('nodes');
    expect(others).toContain('nodegroups');
  });
});

describe('an apply', () => {
  const vocabulary = { ...WORDS, paths: () => ['/etc/m/', '/etc/my.yaml'] };

  it.each([
    ['apply /etc/m', { path: '/etc/m', recursive: false, namespace: null }],
    ['apply -R -n shop ~/m', { path: '~/m', recursive: true, namespace: 'shop' }],
    ['apply -f "my file.yaml"', { path: 'my file.yaml', recursive: false, namespace: null }],
    ['apply', { path: '', recursive: false, namespace: null }],
  ])('%s', (text, expected) => {
    expect(parseCommand(text, vocabulary)).toEqual({ kind: 'apply', ...expected });
  });

  it.each([
    ['apply a b', 'one path at a time'],
    ['apply -x a', 'no option -x'],
    ['apply -n', '-n needs a namespace'],
  ])('%s is refused', (text, words) => {
    const command = parseCommand(text, vocabulary);
    expect(command.kind === 'error' ? command.message : '').toContain(words);
  });

  it('completes the path', () => {
    expect(completions('apply -R /etc/m', vocabulary)).toEqual(['/etc/m/', '/etc/my.yaml']);
  });
});

describe('several clusters', () => {
  const both = ['context:prod-eu', 'context:staging'];
  const told = (text: string, given: Partial<Vocabulary> = {}) => {
    const command = parseCommand(text, { ...WORDS, ...given });
    return 'clusters' in command ? command.clusters : 'message' in command && command.message;
  };

  it('are named with commas, each once and in this order', () => {
    expect(told('po @prod-eu,staging')).toEqual(both);
    expect(told('po shop @staging,prod-eu,staging')).toEqual([...both].reverse());
    expect(told('po @staging,')).toEqual(['context:staging']);
    expect(told('po @,')).toBe('@ needs the name of a cluster, or several with commas');
    expect(told('disconnect prod-eu,staging')).toEqual(both);
    expect(told('disconnect')).toBe('disconnect needs the name of a cluster');
  });

  it('are all refused where one name is none, or may be two', () => {
    expect(told('po @prod-eu,stagin')).toBe("no cluster 'stagin'; did you mean 'staging'?");
    const clusters = ['a', 'b'].map((name) => ({
      name: 'dev',
      id: contextKey(name),
      context: name,
    }));
    const given = { clusters: [...WORDS.clusters, ...clusters] };
    expect(told('po @staging,dev', given)).toBe("'dev' may be any of 2: a, b");
    expect(told('po @staging,b', given)).toEqual(['context:staging', 'context:b']);
  });

  it('are those that are marked, unless a cluster is called so', () => {
    expect(told('po @marked')).toBe('no cluster is marked: space marks one in :clusters');
    const marked = [contextKey('staging'), contextKey('prod-eu')];
    expect(told('po @marked', { marked })).toEqual(marked);
    const named = { name: 'marked', id: contextKey('marked'), context: 'marked' };
    expect(told('po @marked', { marked, clusters: [named] })).toEqual(['context:marked']);
  });

  it('are one where the name of a context has a comma', () => {
    const clusters = [{ name: 'eu,us', id: contextKey('eu,us'), context: 'eu,us' }];
    expect(told('po @eu,us', { clusters })).toEqual(['context:eu,us']);
  });

  it('are completed one after the other', () => {
    expect(completions('po @pr', WORDS)).toEqual(['@prod-eu']);
    expect(completions('po @prod-eu,', WORDS)).toEqual(['@prod-eu,staging']);
    expect(completions('po @prod-eu,st', WORDS)).toEqual(['@prod-eu,staging']);
    expect(completions('po @ma', { ...WORDS, marked: [contextKey('staging')] })).toEqual([
      '@marked',
    ]);
  });
});

describe('an address as logs have it', () => {
  it.each([
    ['10.0.3.17:8080', '10.0.3.17'],
    [' http://10.0.3.17:8080/healthz?a=b ', '10.0.3.17'],
    ['[fd00::17]:443', 'fd00::17'],
    ['https://me@api.shop.svc.cluster.local/v1', 'api.shop.svc.cluster.local'],
    ['payments-api.payments:443', 'payments-api.payments'],
  ])('%j is that of %s', (text, address) => {
    expect(parseCommand(text, WORDS)).toEqual({ kind: 'address', address });
  });

  it.each([
    'pods/api',
    'pods /http://x',
    'api:80',
    'http://',
    ':80',
    '10.0.3.17:8080:1',
    'a.b:123456',
  ])('%j is none', (text) => {
    expect(parseCommand(text, WORDS)).not.toMatchObject({ kind: 'address' });
  });
});

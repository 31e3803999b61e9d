/** Roles and bindings of a real API server: as kubectl prints them, and what is made of them. */
import { beforeAll, describe, expect, it } from 'vitest';
import { plain } from '../../src/core/styled.ts';
import { decoderOf, type KubeTableId, type KubeTables } from '../../src/domain/tables/index.ts';
import { bindingHealth } from '../../src/resources/binding-columns.ts';
import { clusterrolebindings } from '../../src/resources/clusterrolebindings.ts';
import { clusterroles } from '../../src/resources/clusterroles.ts';
import type { Section } from '../../src/resources/define.ts';
import { roleHealth } from '../../src/resources/role-columns.ts';
import { rolebindings } from '../../src/resources/rolebindings.ts';
import { roles } from '../../src/resources/roles.ts';
import { rulesText } from '../../src/resources/rule-words.ts';
import { accessQuestion } from '../../src/resources/access-question.ts';
import { accountRolesSection } from '../../src/resources/describe/account-roles.ts';
import { RBAC_TABLES, whereText } from '../../src/resources/rbac.ts';
import { whoCan } from '../../src/resources/who-can.ts';
import { subjectText } from '../../src/domain/rbac.ts';
import { IDLE } from '../../src/domain/status.ts';
import { resources } from '../support/resources.ts';
import { Store } from '../../src/store/index.ts';
import { rowOf } from '../support/rows.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { objectsOf, tableOf } from './fixtures.ts';

const rowsOf = <T extends KubeTableId>(table: T): KubeTables[T][] =>
  objectsOf(table).map((object) => decoderOf(table).json(object));

const ctx = { now: Date.parse('2026-12-01T00:00:00Z'), time: 'age' } as const;

/** What a column of a pane prints for each of its rows. */
const printed = (
  def: { readonly columns: readonly { id: string; value: (row: never, ctx: never) => unknown }[] },
  id: string,
  rows: readonly unknown[],
) => {
  const column = def.columns.find((each) => each.id === id);
  return rows.map((row) => column?.value(row as never, ctx as never));
};

const listed = (store: Store, tables: readonly KubeTableId[]): void => {
  for (const table of tables) {
    const sink = store.sink(table);
    sink.relist();
    sink.put(rowsOf(table));
    sink.synced();
  }
};

describe('are printed as a real API server does', () => {
  it.each([
    [roles, 'roles'],
    [clusterroles, 'clusterroles'],
  ] as const)('%#', (def, table) => {
    const rows = rowsOf(table);
    expect(tableOf(table).map((row) => row['Created At'])).toEqual(printed(def, 'createdAt', rows));
    expect(tableOf(table).map(({ Name }) => Name)).toEqual(rows.map(({ name }) => name));
  });

  it.each([
    [rolebindings, 'rolebindings'],
    [clusterrolebindings, 'clusterrolebindings'],
  ] as const)('%#', (def, table) => {
    const rows = rowsOf(table);
    for (const [title, id] of [
      ['Name', 'name'],
      ['Role', 'role'],
      ['Users', 'users'],
      ['Groups', 'groups'],
      ['ServiceAccounts', 'serviceAccounts'],
    ] as const) {
      expect(tableOf(table).map((row) => row[title])).toEqual(printed(def, id, rows));
    }
  });
});

describe('roles', () => {
  const all = [...rowsOf('roles'), ...rowsOf('clusterroles')];
  const of = <T>(name: string, told: (row: (typeof all)[number]) => T): T | undefined => {
    const row = all.find((each) => each.name === name);
    return row && told(row);
  };

  it('say in words what they lead to, and are a problem for it unless they come with the cluster', () => {
    expect(Object.fromEntries(all.map(({ name, risks }) => [name, risks.join(', ')]))).toEqual({
      deployer: '',
      empty: '',
      'on-call': 'runs commands in pods (pods/exec)',
      everything: 'gives everything',
      granter: 'widens roles (escalate), gives out any role (bind), acts as others (impersonate)',
      prober: 'runs commands on nodes (nodes/proxy)',
      scaler: '',
      together: '',
    });
    expect(of('everything', (row) => roleHealth(row, ctx))).toEqual({
      level: 'warn',
      cause: 'gives everything',
    });
    expect(of('deployer', (row) => roleHealth(row, ctx).level)).toBe('ok');
    for (const name of ['cluster-admin', 'system:node', 'eks:addon-manager'])
      expect(of('everything', (row) => roleHealth({ ...row, name }, ctx).level)).toBe('ok');
  });

  it('tell their rules in few words', () => {
    expect(of('deployer', ({ rules }) => rulesText(rules))).toBe(
      'read,patch deployments,deployments/scale; get secrets (only registry, tls)',
    );
    expect(of('everything', ({ rules }) => rulesText(rules))).toBe('all *; all /*');
    expect(of('empty', ({ rules }) => rulesText(rules))).toBe('');
  });
});

describe('bindings', () => {
  let store: Store;
  beforeAll(() => {
    store = new Store({ clock: new VirtualClock() });
    listed(store, ['rolebindings', 'clusterrolebindings']);
  });

  const causes = () =>
    Object.fromEntries(
      [...store.rows('rolebindings'), ...store.rows('clusterrolebindings')].map((row) => [
        row.name,
        bindingHealth(row, ctx).cause,
      ]),
    );
  const open = 'open to anybody (system:anonymous, system:unauthenticated)';

  it('claim nothing of roles and accounts that were not listed', () => {
    expect(causes()).toEqual({
      ...{ deployers: '', 'left-over': '', nobody: '', scalers: '', owners: '' },
      anyone: open,
    });
  });

  it('say which role and which service account is not there, and for whom they are open', () => {
    listed(store, ['roles', 'clusterroles']);
    const accounts = store.sink('serviceaccounts');
    accounts.relist();
    accounts.put([rowOf('serviceaccounts', { name: 'ci', namespace: 'shop' })]);
    accounts.synced();
    store.flushNow();
    expect(causes()).toEqual({
      deployers: 'sa payments/robot does not exist',
      'left-over': 'Role/gone does not exist',
      nobody: 'ClusterRole/view does not exist',
      ...{ scalers: '', owners: '', anyone: open },
    });
    const [owners] = [...store.rows('clusterrolebindings')].filter(({ name }) => name === 'owners');
    expect(owners).toMatchObject({ roleFound: true, risks: ['gives everything'], missing: [] });
  });

  it('know of the accounts of a namespace where those of others may not be read', () => {
    const limited = new Store({ clock: new VirtualClock() });
    listed(limited, ['rolebindings', 'clusterrolebindings']);
    const accounts = limited.sink('serviceaccounts');
    accounts.relist();
    accounts.synced();
    accounts.status({ ...IDLE, state: 'live', synced: true, namespaces: ['shop'] });
    limited.flushNow();
    const deployers = limited.named('rolebindings', 'shop', 'deployers');
    expect(deployers).toMatchObject({ missing: null, missingHere: ['shop/ci'] });
    expect(deployers && bindingHealth(deployers, ctx).cause).toBe('sa shop/ci does not exist');
    expect(limited.named('rolebindings', 'payments', 'scalers')?.missing).toBeNull();
  });

  it('lead to less where they give a role in one namespace alone', () => {
    const given = { roleKind: 'ClusterRole', roleName: 'everything', namespace: 'shop' };
    const row = rowOf('rolebindings', { ...given, name: 'admins' });
    store.sink('rolebindings').put([row]);
    store.flushNow();
    expect(store.get('rolebindings', row.uid)?.risks).toEqual(['gives all of its namespace']);
    store.sink('rolebindings').remove([row]);
    store.flushNow();
  });

  it('tell roles how many have them', () => {
    const everything = store.named('clusterroles', '', 'everything');
    expect(everything).toMatchObject({ clusterBindings: 1, clusterSubjects: 2, bindings: 0 });
    expect(store.named('clusterroles', '', 'together')).toMatchObject({
      ...{ clusterBindings: 0, bindings: 1, subjects: 2 },
    });
    expect(store.named('roles', 'shop', 'deployer')).toMatchObject({ bindings: 1, subjects: 4 });
  });

  it('describe what they give and to whom', () => {
    const row = store.named('rolebindings', 'shop', 'deployers');
    if (!row) throw new Error('not recorded');
    const input = { row, object: null, events: [], query: store, ctx };
    expect(textOf(rolebindings.describe(input))).toContain(
      [
        'To',
        'sa shop/ci',
        'sa payments/robot  ! does not exist',
        'group developers',
        'user ann',
        'Rules of Role/deployer',
        'RESOURCES               VERBS',
        'deployments.apps        get list watch patch',
        'deployments.apps/scale  get list watch patch',
        'secrets                 get  only registry, tls',
      ].join('\n'),
    );
    const role = store.named('clusterroles', '', 'together');
    if (!role) throw new Error('not recorded');
    expect(textOf(clusterroles.describe({ ...input, row: role }))).toContain(
      [
        'Aggregates cluster roles with to-together=true',
        ' cluster roles with team in (payments,shop)',
      ].join('\n'),
    );
    expect(textOf(clusterroles.describe({ ...input, row: role }))).toContain(
      [
        '*.apps/scale  get update patch',
        'Who has it',
        'in payments sa shop/ci  by rolebinding/scalers',
        'in payments group system:serviceaccounts:payments  by rolebinding/scalers',
      ].join('\n'),
    );
  });
});

describe('a service account', () => {
  const store = new Store({ clock: new VirtualClock() });
  const roles = (name: string, namespace: string) =>
    textOf([accountRolesSection({ name, namespace }, store)]);

  it('is told to have nothing only where all roles were read', () => {
    expect(roles('ci', 'shop')).toContain('? roles: still being read');
    listed(store, ['rolebindings', 'clusterrolebindings', 'roles', 'clusterroles']);
    for (const table of RBAC_TABLES)
      store.sink(table).status({ ...IDLE, state: 'live', synced: true });
    store.flushNow();
    expect(roles('default', 'shop')).toBe('Roles\nnone: it may do nothing');
  });

  it('has roles by itself, and by the groups that it is in', () => {
    expect(roles('ci', 'shop')).toBe(
      [
        'Roles',
        'everywhere ClusterRole/everything  by owners',
        ' ! gives everything',
        ' RESOURCES  VERBS',
        ' *          *',
        ' /*         *',
        'in payments ClusterRole/together  by scalers',
        ' RESOURCES     VERBS',
        ' *.apps/scale  get update patch',
        'in shop Role/deployer  by deployers',
        ' RESOURCES               VERBS',
        ' deployments.apps        get list watch patch',
        ' deployments.apps/scale  get list watch patch',
        ' secrets                 get  only registry, tls',
      ].join('\n'),
    );
    expect(roles('any', 'payments')).toBe(
      [
        'Roles',
        'in payments ClusterRole/together  by scalers, as system:serviceaccounts:payments',
        ' get,update,patch *.apps/scale',
      ].join('\n'),
    );
  });
});

describe('who can', () => {
  const store = new Store({ clock: new VirtualClock() });
  beforeAll(() => {
    listed(store, ['rolebindings', 'clusterrolebindings', 'roles', 'clusterroles']);
    store.flushNow();
  });
  const ask = (words: string, namespace = '') => {
    const asked = { words: words.split(' '), namespace, subresource: '' };
    const question = accessQuestion(asked, resources, null);
    if ('error' in question) throw new Error(question.error);
    return whoCan(question, store).map(({ subject, binding, only }) =>
      [subjectText(subject), whereText(binding), ...only].join(' '),
    );
  };
  const all = ['group owners everywhere', 'sa shop/ci everywhere'];

  it('is answered by the rules of roles, in the namespaces where bindings give them', () => {
    expect(ask('create configmaps')).toEqual(all);
    expect(ask('patch deployments', 'payments')).toEqual(all);
    expect(ask('patch deploy', 'shop')).toEqual([
      ...all,
      ...['sa shop/ci in shop', 'sa payments/robot in shop'],
      ...['group developers in shop', 'user ann in shop'],
    ]);
    expect(ask('patch deployments/scale')).toContain(
      'group system:serviceaccounts:payments in payments',
    );
  });

  it('tells of which objects alone', () => {
    expect(ask('get secrets', 'shop').at(-1)).toBe('user ann in shop registry tls');
    expect(ask('get secrets tls', 'shop').at(-1)).toBe('user ann in shop');
    expect(ask('get secrets other', 'shop')).toEqual(all);
  });

  it('knows of no namespace where there is none', () => {
    expect(ask('get nodes/proxy', 'shop')).toEqual([
      ...['group system:unauthenticated everywhere', 'user system:anonymous everywhere'],
      ...all,
    ]);
    expect(ask('get /probe/x')).toEqual(ask('get nodes/proxy'));
  });
});

function textOf(sections: readonly Section[]): string {
  return sections
    .flatMap(({ title, lines }) => [
      title,
      ...lines.map((line) =>
        typeof line !== 'string' && typeof line[0] === 'string'
          ? `${line[0]} ${plain(line[1] as string)}`
          : plain(line as string),
      ),
    ])
    .join('\n');
}

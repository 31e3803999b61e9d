import { describe, expect, it } from 'vitest';
import { answer } from '../../../src/cli/access.ts';
import type { Flags } from '../../../src/cli/args.ts';
import { IDLE } from '../../../src/domain/status.ts';
import { WHO_CAN_TABLES } from '../../../src/resources/who-can.ts';
import { Store } from '../../../src/store/index.ts';
import { resources } from '../../support/resources.ts';
import { rowOf } from '../../support/rows.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

/** A cluster on which ann may list pods in shop, if its roles may be read. */
async function run(line: string, flags: Flags = {}, { denied = false } = {}) {
  const clock = new VirtualClock();
  const store = new Store({ clock });
  const printed = { out: '', err: '' };
  const need = (): (() => void) => {
    for (const table of ['kinds', ...WHO_CAN_TABLES] as const) {
      const isDenied = denied && table !== 'kinds';
      if (!isDenied) store.sink(table).synced();
      const state = isDenied ? 'denied' : 'live';
      store.sink(table).status({ ...IDLE, state, synced: !isDenied, reason: isDenied ? 'no' : '' });
    }
    return () => undefined;
  };
  const rule = { verbs: ['list'], apiGroups: [''], resources: ['pods'] };
  store.sink('roles').put([
    rowOf('roles', {
      ...{ name: 'reader', namespace: 'shop' },
      rules: [{ ...rule, resourceNames: [], nonResourceURLs: [] }],
    }),
  ]);
  store.sink('rolebindings').put([
    rowOf('rolebindings', {
      ...{ name: 'readers', namespace: 'shop', roleKind: 'Role', roleName: 'reader' },
      subjects: [{ kind: 'User', name: 'ann', namespace: '' }],
    }),
  ]);
  const kube = {
    can: ({ verb }: { readonly verb: string }) =>
      verb === 'watch'
        ? Promise.reject(new Error('connection refused'))
        : Promise.resolve({ allowed: verb === 'get', reason: verb === 'get' ? 'RBAC' : '' }),
  };
  const [ask = '', ...words] = line.split(' ');
  const code = await answer(
    { ask: ask as 'can-i', words, flags },
    { store, need, kube },
    {
      ...{ resources, clock, timeout: 1000 },
      output: { out: (text) => (printed.out += text), err: (text) => (printed.err += text) },
    },
  );
  return { ...printed, code };
}

describe('who-can', () => {
  it('prints who, and ends as the answer is', async () => {
    const { out, err, code } = await run('who-can list pods', { namespace: 'shop' });
    expect(out).toContain('  user ann  in shop  Role/reader  readers\n');
    expect([err, code]).toEqual(['', 0]);
    expect(await run('who-can delete pods')).toMatchObject({
      out: expect.stringContaining('nobody, by roles') as string,
      code: 1,
    });
  });

  it('does not say that nobody may where roles cannot be read', async () => {
    const { out, code } = await run('who-can delete pods', {}, { denied: true });
    expect(out).toContain('? not allowed to list and watch clusterrolebindings, rolebindings,');
    expect(out).not.toContain('nobody');
    expect(code).toBe(3);
  });

  it('says what it does not understand', async () => {
    expect((await run('who-can list podz')).err).toContain("did you mean 'pods'?");
    await expect(run('who-can list')).rejects.toThrow('who-can: it takes VERB RESOURCE');
  });
});

describe('can-i', () => {
  it('prints the answer of the server, and ends as it is', async () => {
    expect(await run('can-i get pods')).toEqual({ out: 'yes - RBAC\n', err: '', code: 0 });
    expect(await run('can-i delete pods')).toEqual({ out: 'no\n', err: '', code: 1 });
    expect(await run('can-i watch pods')).toEqual({
      ...{ out: '', err: 'ekscope: cannot tell: connection refused\n', code: 3 },
    });
  });
});

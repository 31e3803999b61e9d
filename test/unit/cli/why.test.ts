import { describe, expect, it } from 'vitest';
import type { Flags } from '../../../src/cli/args.ts';
import { why } from '../../../src/cli/why.ts';
import { contextKey } from '../../../src/domain/cluster-key.ts';
import { IDLE } from '../../../src/domain/status.ts';
import type { TableId } from '../../../src/domain/tables/index.ts';
import type { Scene } from '../../../src/session/index.ts';
import { Store } from '../../../src/store/index.ts';
import { resources } from '../../support/resources.ts';
import { kindRow, rowOf, serviceRow } from '../../support/rows.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const cluster = contextKey('lab');

/** As a connection is: its methods need it. */
class Connected {
  readonly cluster = cluster;
  readonly store: Store;
  readonly kube: Scene['kube'];
  readonly #need: Scene['need'];

  constructor(store: Store, kube: Scene['kube'], need: Scene['need']) {
    this.store = store;
    this.kube = kube;
    this.#need = need;
  }

  need(tables: readonly TableId[]): () => void {
    return this.#need(tables);
  }
}

/** A cluster with two claims, the class of neither; `denied`: claims may not be read. */
async function run(words: string, flags: Flags = {}, { denied = false } = {}) {
  const clock = new VirtualClock();
  const store = new Store({ clock, cluster });
  const printed = { out: '', err: '' };
  const need = (tables: readonly TableId[]): (() => void) => {
    for (const table of tables) {
      if (!denied) store.sink(table).synced();
      const state = denied ? 'denied' : 'live';
      store.sink(table).status({ ...IDLE, state, synced: !denied, reason: denied ? 'no' : '' });
    }
    return () => undefined;
  };
  const claims = ['shop', 'web'].map((namespace) =>
    rowOf('persistentvolumeclaims', {
      ...{ name: 'data', namespace, phase: 'Pending', storageClass: 'fast', created: 1 },
    }),
  );
  if (!denied) store.sink('persistentvolumeclaims').put(claims);
  store
    .sink('services')
    .put([serviceRow({ name: 'api', namespace: 'shop', type: 'ExternalName' })]);
  store.sink('kinds').put([kindRow('widgets', 'example.com', 'Widget')]);
  const kube = { get: () => Promise.reject(new Error('no')), list: () => Promise.resolve([]) };
  const code = await why(words.split(' '), flags, new Connected(store, kube, need), {
    ...{ resources, clock, timeout: 1000 },
    output: { out: (text) => (printed.out += text), err: (text) => (printed.err += text) },
  });
  return { ...printed, code };
}

describe('ekscope why', () => {
  it('prints the sentence, what it rests on and what to do', async () => {
    const { out, code } = await run('pvc/data', { namespace: 'shop' });
    expect(out).toContain('there is no storage class fast');
    expect(out).toContain('What to do');
    expect(code).toBe(0);
  });

  it('asks the cluster whether it has such a kind, before it says that there is none', async () => {
    await expect(run('widget/x')).rejects.toThrow('nothing tells why of widgets');
    await expect(run('gadget/x')).rejects.toThrow("no resource 'gadget'");
    const { err, code } = await run('gadget/x', {}, { denied: true });
    expect(err).toContain('cannot tell');
    expect(code).toBe(3);
  });

  it('prints the finding as it is for programs', async () => {
    const { out } = await run('pvc data', { namespace: 'shop', output: 'json' });
    expect(JSON.parse(out)).toMatchObject({
      ...{ resource: 'persistentvolumeclaims', namespace: 'shop', name: 'data' },
      finding: { sentence: 'there is no storage class fast', certainty: 'deduced' },
    });
    const well = await run('svc/api', { output: 'json' });
    expect(JSON.parse(well.out)).toMatchObject({ finding: null });
    expect((await run('svc/api')).out).toBe(
      'nothing is wrong with this service that the cluster tells\n',
    );
  });

  it('says what it does not find, or may not read, or is not sure about', async () => {
    expect(await run('pvc/nope')).toMatchObject({
      ...{ code: 1, err: "ekscope: no persistentvolumeclaim 'nope'\n" },
    });
    expect(await run('pvc/data', {}, { denied: true })).toMatchObject({
      ...{ code: 3, err: 'ekscope: no\n' },
    });
    await expect(run('pvc/data')).rejects.toThrow("'data' may be any of 2: shop/data, web/data");
    await expect(run('secrets/x')).rejects.toThrow('nothing tells why of secrets');
    await expect(run('pvc/data', { output: 'yaml' })).rejects.toThrow("unknown format 'yaml'");
  });
});

import { describe, expect, it } from 'vitest';
import { decoderOf } from '../../src/domain/tables/index.ts';
import type { TableId, Tables } from '../../src/domain/tables/index.ts';
import type { WebhookConfigurationRow } from '../../src/domain/tables/webhook-configuration.ts';
import { validatingwebhookconfigurations as pane } from '../../src/resources/validatingwebhookconfigurations.ts';
import { Store } from '../../src/store/index.ts';
import { endpointSliceRow, serviceRow } from '../support/rows.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { objectsOf, tableOf } from './fixtures.ts';

const TABLES = ['validatingwebhookconfigurations', 'mutatingwebhookconfigurations'] as const;

const rowsOf = (table: (typeof TABLES)[number]): readonly WebhookConfigurationRow[] =>
  objectsOf(table).map((object) => decoderOf(table).json(object));

describe('admission webhooks of a real API server', () => {
  it.each(TABLES)('are counted as the server does: %s', (table) => {
    const rows = rowsOf(table);
    expect(rows).not.toEqual([]);
    expect(tableOf(table)).toMatchObject(
      rows.map(({ name, hooks }) => ({ Name: name, Webhooks: hooks.length })),
    );
  });

  it('tell who is asked about what, and what happens without an answer', () => {
    const [policy] = rowsOf('validatingwebhookconfigurations');
    expect(policy?.hooks).toEqual([
      {
        name: 'pods.policy.example.com',
        service: 'hooks/policy',
        port: 443,
        url: '',
        isNeeded: true,
        timeout: 5,
        rules: ['create, update pods, pods/*', 'all writes of everything of apps'],
        namespaces: 'kubernetes.io/metadata.name notin (hooks,kube-system)',
      },
      {
        name: 'gone.policy.example.com',
        service: 'hooks/gone',
        port: 8443,
        url: '',
        isNeeded: false,
        timeout: 10,
        rules: ['delete nothings of example.com'],
        namespaces: '',
      },
    ]);
    expect(rowsOf('mutatingwebhookconfigurations')[0]?.hooks[0]).toMatchObject({
      service: '',
      url: 'https://127.0.0.1:23443/mutate',
      isNeeded: false,
    });
  });
});

describe('an admission webhook', () => {
  const ctx = { now: Date.UTC(2027, 0, 1), time: 'age' } as const;
  const [policy] = rowsOf('validatingwebhookconfigurations');

  /** As it stands beside so many ready endpoints of each service; null: endpoints cannot be read. */
  function healthBeside(services: readonly string[], ready: readonly string[] | null) {
    if (policy === undefined) throw new Error('nothing was recorded');
    const store = new Store({ clock: new VirtualClock() });
    const list = <T extends TableId>(table: T, listed: readonly Tables[T][]) => {
      const sink = store.sink(table);
      sink.relist();
      sink.put(listed);
      sink.synced();
    };
    const namespace = 'hooks';
    list('validatingwebhookconfigurations', [policy]);
    list(
      'services',
      services.map((name) => serviceRow({ name, namespace, type: 'ClusterIP' })),
    );
    if (ready !== null)
      list(
        'endpointslices',
        ready.map((service) =>
          endpointSliceRow({ name: service, namespace, service, ready: [`${service}-0`] }),
        ),
      );
    return pane.health(store.get('validatingwebhookconfigurations', policy.uid) ?? policy, ctx);
  }

  it('is broken where nobody answers for what fails without', () => {
    expect(healthBeside(['policy', 'gone'], ['gone'])).toEqual({
      level: 'bad',
      cause:
        'service hooks/policy has no ready endpoint: create, update pods, pods/*; all writes of everything of apps fail',
    });
  });

  it('is to be looked at where it is passed over', () => {
    expect(healthBeside(['policy'], ['policy'])).toEqual({
      level: 'warn',
      cause: 'service hooks/gone does not exist: it is passed over',
    });
  });

  it('is well where somebody answers, and where nobody knows', () => {
    expect(healthBeside(['policy', 'gone'], ['policy', 'gone']).level).toBe('ok');
    expect(healthBeside(['policy'], null).level).toBe('ok');
  });
});

/** The keys of config maps and secrets: a value is fetched and shown by enter on its key alone. */
import { describe, expect, it } from 'vitest';
import type { KubePort } from '../../src/ports/kube.ts';
import { Harness } from './harness.ts';

const SECRETS = {
  kind: 'Secret',
  data: {
    db_password: Buffer.from('not-a-real-one\nsecond line\u001b[2J\n').toString('base64'),
    stripe_key: Buffer.from([0, 1, 2, 255]).toString('base64'),
  },
};

/** An API server that counts how often the object was asked for. */
function serving() {
  let asked = 0;
  const kube: Partial<KubePort> = {
    get: ({ name, namespace }) => {
      asked++;
      return Promise.resolve({ ...SECRETS, metadata: { name, namespace, uid: 'u1' } });
    },
  };
  return { kube, asked: () => asked };
}

const start = (kube: Partial<KubePort>): Promise<Harness> =>
  Harness.start({ columns: 80, rows: 24, command: 'secrets /api-secrets', kube });

describe('the keys of a secret', () => {
  it('are listed with their sizes, without asking for the secret', async () => {
    const { kube, asked } = serving();
    const ui = await start(kube);
    await ui.press('enter');
    expect(await ui.line('db_password')).toMatch(/db_password +24 +text/);
    expect(asked()).toBe(0);
    await ui.quit();
  });

  it('show the value of one, decoded and without control characters', async () => {
    const { kube, asked } = serving();
    const ui = await start(kube);
    await ui.press('enter', 'enter');
    expect(await ui.line('not-a-real-one')).toBeDefined();
    expect(await ui.line('second line')).toBeDefined();
    expect(asked()).toBe(1);
    await ui.quit();
  });

  it('keep no value once it is left: it is asked for again', async () => {
    const { kube, asked } = serving();
    const ui = await start(kube);
    await ui.press('enter', 'enter', 'esc');
    expect(await ui.screen()).not.toContain('not-a-real-one');
    await ui.press('enter');
    expect(await ui.line('not-a-real-one')).toBeDefined();
    expect(asked()).toBe(2);
    await ui.quit();
  });

  it('say that a value is binary, and how large', async () => {
    const { kube } = serving();
    const ui = await start(kube);
    await ui.press('enter', 'j', 'enter');
    expect(await ui.line('binary, 4 bytes')).toBeDefined();
    await ui.quit();
  });
});

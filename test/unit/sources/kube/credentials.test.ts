import { describe, expect, it } from 'vitest';
import { Credentials, tokenCredential } from '../../../../src/sources/kube/credentials.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';

function counting(lifetime: number) {
  const clock = new VirtualClock();
  let made = 0;
  const make = tokenCredential(() =>
    Promise.resolve({ token: `token-${++made}`, expires: clock.now() + lifetime }),
  );
  return { clock, credentials: new Credentials(make, clock), made: () => made };
}

describe('credentials', () => {
  it('are made once for all who ask at the same time, and kept', async () => {
    const { credentials, made } = counting(840_000);
    const [a, b] = await Promise.all([credentials.current(), credentials.current()]);
    expect(a).toBe(b);
    expect(await credentials.current()).toBe(a);
    expect(made()).toBe(1);
  });

  it('are renewed in the background before they end, and waited for afterwards', async () => {
    const { credentials, clock, made } = counting(840_000);
    await credentials.current();
    clock.advance(790_000);
    expect((await credentials.current()).token).toBe('token-1');
    await new Promise((resolve) => setImmediate(resolve));
    expect((await credentials.current()).token).toBe('token-2');
    clock.advance(840_000);
    expect((await credentials.current()).token).toBe('token-3');
    expect(made()).toBe(3);
  });

  it('that were refused are replaced, once', async () => {
    const { credentials, clock, made } = counting(840_000);
    const used = await credentials.current();
    clock.advance(20_000);
    expect(credentials.reject(used)).toBe(true);
    const fresh = await credentials.current();
    expect(credentials.reject(used)).toBe(true);
    expect(await credentials.current()).toBe(fresh);
    expect(made()).toBe(2);
  });

  it('that were only just made are not made again, unless the user asks', async () => {
    const { credentials, made } = counting(840_000);
    expect(credentials.reject(await credentials.current())).toBe(false);
    await credentials.current();
    expect(made()).toBe(1);
    credentials.forget();
    await credentials.current();
    expect(made()).toBe(2);
  });

  it('that failed are not tried again at once', async () => {
    const clock = new VirtualClock();
    let tries = 0;
    const failing = new Credentials(() => Promise.reject(new Error(`no ${++tries}`)), clock);
    await expect(failing.current()).rejects.toThrow('no 1');
    await expect(failing.current()).rejects.toThrow('no 1');
    clock.advance(5_000);
    await expect(failing.current()).rejects.toThrow('no 2');
    failing.forget();
    await expect(failing.current()).rejects.toThrow('no 3');
  });

  it('that cannot be had are a 401 with the reason, and no token in it', async () => {
    const failing = new Credentials(
      () => Promise.reject(new Error('expired: k8s-aws-v1.aHR0cHM6Ly9zdHM')),
      new VirtualClock(),
    );
    await expect(failing.current()).rejects.toMatchObject({
      code: 401,
      message: 'expired: [token]',
    });
  });
});

import { describe, expect, it } from 'vitest';
import { Link } from '../../../../src/sources/kube/link.ts';

/** A link, and lists over it: each lets its program wait (ms) before bytes come. */
function linkOf() {
  let idle = 0;
  const link = new Link(() => idle);
  const list = () => {
    const came = link.meter();
    return (waited: number, bytes: number): void => {
      idle += waited;
      came(bytes);
    };
  };
  return { link, list };
}

describe('a link', () => {
  it('is slow where a second of waiting brings less than a megabyte', () => {
    const { link, list } = linkOf();
    const after = list();
    for (let i = 0; i < 10; i++) after(100, 65_536);
    expect(link.isSlow).toBe(false);
    after(100, 65_536);
    expect(link.isSlow).toBe(true);
  });

  it('is not slow where more comes', () => {
    const { link, list } = linkOf();
    const after = list();
    for (let i = 0; i < 100; i++) after(100, 131_072);
    expect(link.isSlow).toBe(false);
  });

  it('is not slow because many short lists come from far away', () => {
    const { link, list } = linkOf();
    for (let i = 0; i < 100; i++) {
      const after = list();
      after(300, 4_000);
      after(300, 4_000);
    }
    expect(link.isSlow).toBe(false);
  });

  it('is not slow because the server has nothing to send yet, nor because a short list has no end', () => {
    const { link, list } = linkOf();
    const large = list();
    large(5_000, 65_536);
    for (let i = 0; i < 20; i++) large(10, 65_536);
    const short = list();
    for (let i = 0; i < 20; i++) short(900, 400);
    short(30_000, 65_536);
    for (let i = 0; i < 20; i++) large(10, 65_536);
    expect(link.isSlow).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import { Link } from '../../../../src/sources/kube/link.ts';

/** A link, and a way to let its program wait (ms) before bytes come. */
function linkOf() {
  let idle = 0;
  const link = new Link(() => idle);
  const after = (waited: number, bytes: number): void => {
    idle += waited;
    link.took(bytes);
  };
  return { link, after, idle: (ms: number) => (idle += ms) };
}

describe('a link', () => {
  it('is slow where a second of waiting brings less than a megabyte', () => {
    const { link, after } = linkOf();
    link.begin();
    for (let i = 0; i < 9; i++) after(100, 65_536);
    expect(link.isSlow).toBe(false);
    after(100, 65_536);
    expect(link.isSlow).toBe(true);
  });

  it('is not slow where more comes', () => {
    const { link, after } = linkOf();
    link.begin();
    for (let i = 0; i < 100; i++) after(100, 131_072);
    expect(link.isSlow).toBe(false);
  });

  it('is not slow because little had to be waited for', () => {
    const { link, after } = linkOf();
    const over = link.begin();
    after(400, 20_000);
    over();
    expect(link.isSlow).toBe(false);
  });

  it('is not slow because nothing was asked for in between', () => {
    const { link, after, idle } = linkOf();
    const first = link.begin();
    after(100, 20_000);
    first();
    first();
    idle(60_000);
    const second = link.begin();
    link.begin();
    after(100, 20_000);
    second();
    after(100, 20_000);
    expect(link.isSlow).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import type { KeyEvent } from '../../../../src/keys/key-event.ts';
import { KeyReader } from '../../../../src/ui/terminal/key-reader.ts';
import { FakeJobs } from './fakes.ts';

function reader() {
  const keys: KeyEvent[] = [];
  const jobs = new FakeJobs();
  const { push } = new KeyReader((key) => keys.push(key), jobs.timer);
  return {
    push,
    /** What came since it was asked last: chords, and pastes as they are. */
    take: () => keys.splice(0).map(({ chord, paste }) => paste ?? chord),
    /** Every timer fires, as when nothing comes for a while. */
    pass: () => {
      for (const { run } of jobs.timers.splice(0)) run();
    },
  };
}

const TEXT = 'kubectl delete pod\n'.repeat(6);

describe('a text that a terminal pastes without marks', () => {
  it('is one paste: its letters are no commands', () => {
    const { push, take } = reader();
    push(TEXT.replaceAll('\n', '\r'));
    expect(take()).toEqual([TEXT]);
  });

  it('goes on while more of it comes, and is over after a silence', () => {
    const { push, take, pass } = reader();
    push(TEXT);
    push('the rest\r');
    pass();
    push('and more');
    expect(take()).toEqual([TEXT, 'the rest\n', 'and more']);
    pass();
    pass();
    push('jk');
    expect(take()).toEqual(['j', 'k']);
  });

  it('does not hold up the keys that are none of its letters', () => {
    const { push, take } = reader();
    push(`${TEXT}\x03\x1b[Arest`);
    expect(take()).toEqual([TEXT, 'ctrl-c', 'up', 'rest']);
  });
});

it('what one types ahead on a slow line stays keys', () => {
  const { push, take } = reader();
  push(`:pods kube-system\r${'j'.repeat(60)}`);
  expect(take()).toHaveLength(78);
});

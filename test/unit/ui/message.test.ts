import { expect, it } from 'vitest';
import { plain } from '../../../src/core/styled.ts';
import { wrapCell } from '../../../src/ui/message.ts';

it('lets no escape sequence of others through, whether it fits or is broken', () => {
  const hostile = '\x1b[2J\x1b]0;owned\x07denied by \x1b[31mpolicy';
  for (const width of [80, 8]) {
    const text = wrapCell(
      [
        ['✗ ', 'bad'],
        [hostile, 'text'],
      ],
      width,
    )
      .map(plain)
      .join(' ');
    expect(text).not.toMatch(/[\x00-\x1f\x7f-\x9f]/);
    expect(text).toContain('denied');
  }
});

it('keeps the tones of what fits', () => {
  expect(
    wrapCell(
      [
        ['✗ ', 'bad'],
        ['no', 'text'],
      ],
      80,
    ),
  ).toEqual([
    [
      ['✗ ', 'bad'],
      ['no', 'text'],
    ],
  ]);
});

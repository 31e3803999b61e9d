import { expect, it } from 'vitest';
import { detectChartMarks } from '../../../src/config/chart-marks.ts';

it.each([
  [{}, 'braille'],
  [{ LANG: 'de_DE.UTF-8', TERM: 'xterm-256color' }, 'braille'],
  [{ LANG: 'C.utf8' }, 'braille'],
  [{ LANG: 'C' }, 'braille'],
  [{ LANG: 'de_DE.ISO-8859-1' }, 'ascii'],
  [{ LC_ALL: 'en_US.ISO-8859-1', LANG: 'en_US.UTF-8' }, 'ascii'],
  [{ LANG: 'en_US.UTF-8', TERM: 'linux' }, 'blocks'],
  [{ TERM: 'dumb' }, 'ascii'],
])('%j: %s', (env, marks) => {
  expect(detectChartMarks(env)).toBe(marks);
});

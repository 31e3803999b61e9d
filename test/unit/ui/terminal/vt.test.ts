import { expect, test } from 'vitest';
import { Vt } from './vt.ts';

test('what is read of a terminal is what it shows, also where a lower screen scrolled', async () => {
  const vt = new Vt(20, 4);
  vt.write('\x1b[?1049h\x1b[4;1Hbottom\x1b[?1049l');
  await vt.text();
  vt.term.resize(20, 3);
  vt.write('\x1b[?1049h\x1b[2J\x1b[Hstale\x1b[3;1H\n\x1b[Hshown');
  expect((await vt.text())[0]).toBe('shown');
});

import { describe, expect, test } from 'vitest';
import { Screen } from '../../../../src/ui/terminal/screen.ts';
import { Vt } from './vt.ts';

const COLUMNS = 200;
const ROWS = 60;
const BODY = { x: 1, y: 4, width: 198, height: 53 };

/** A row of a table of pods as it is painted: quiet text, here and there a colour, 198 columns. */
function podLine(index: number, selected: boolean, restarts = (index * 7) % 5): string {
  const hash = ((index + 1) * 2654435761) >>> 0;
  const failing = hash % 17 === 0;
  const cells = [
    ['shop', 'payments', 'kube-system', 'search'][hash % 4]?.padEnd(14) ?? '',
    `api-${(hash % 65536).toString(16)}-${(hash >>> 12).toString(36)}`.padEnd(34),
    failing ? '0/1 ' : '1/1 ',
    failing ? '\x1b[1;38;5;204m✗ CrashLoopBackOff\x1b[0m     ' : '✓ Running              ',
    String(restarts).padStart(4),
    `${hash % 900}m`.padStart(7),
    `${hash % 700}Mi`.padStart(8),
    `10.0.${hash % 256}.${(hash >>> 8) % 256}`.padStart(16),
    ` 1${'abc'[hash % 3] ?? 'a'} `,
    `ip-10-0-${(hash >>> 4) % 256}-${(hash >>> 6) % 256}`.padEnd(24),
    '\x1b[38;5;246mweb-ng-spot\x1b[0m'.padEnd(38),
    `${hash % 48}h`.padStart(5),
  ];
  const line = cells.join(' ').padEnd(198);
  return selected
    ? `\x1b[7m▌\x1b[0m${line.slice(0, 15)}\x1b[7m${line.slice(15, 48)}\x1b[0m${line.slice(48)}`
    : ` ${line}`;
}

interface State {
  top: number;
  selected: number;
  restarts?: number;
}

function setUp(): { vt: Vt; screen: Screen; show: (state: State) => string } {
  const vt = new Vt(COLUMNS, ROWS);
  const screen = new Screen(vt, COLUMNS, ROWS);
  screen.setActive(true);
  const edge = `│${' '.repeat(COLUMNS - 2)}│`;
  screen.setBase([
    ' prod-eu ▸ eu-central-1 · acct 1234…9012 · v1.34 · ● live',
    ' a all ns  / filter  : command  l logs  d describe',
    ` Pods(all)[38/1204]`,
    `┌${'─'.repeat(COLUMNS - 2)}┐`,
    ...Array.from({ length: BODY.height }, () => edge),
    `└${'─'.repeat(COLUMNS - 2)}┘`,
    ' clusters › prod-eu › pods',
  ]);
  const show = ({ top, selected, restarts }: State): string => {
    const lines = Array.from({ length: BODY.height }, (_, i) =>
      podLine(top + i, top + i === selected, top + i === 20 ? restarts : undefined),
    );
    screen.setViewports([{ rect: BODY, lines }]);
    screen.present();
    return vt.take();
  };
  show({ top: 0, selected: 5 });
  return { vt, screen, show };
}

describe('bytes at 200×60', () => {
  test('a cursor move', () => {
    const { show } = setUp();
    expect(show({ top: 0, selected: 6 }).length).toBeLessThan(600);
  });
  test('a scroll by one line moves the region in the terminal', () => {
    const { show } = setUp();
    show({ top: 0, selected: 52 });
    const written = show({ top: 1, selected: 53 });
    expect(written).toContain('\x1b[5;57r\x1b[S\x1b[r');
    expect(written.length).toBeLessThan(600);
    expect(show({ top: 0, selected: 52 })).toContain('\x1b[T');
  });
  test('one cell', () => {
    const { show } = setUp();
    expect(show({ top: 0, selected: 5, restarts: 9 }).length).toBeLessThan(100);
  });
  test('a page', () => {
    const { show } = setUp();
    expect(Buffer.byteLength(show({ top: 1000, selected: 1000 }))).toBeLessThan(12_000);
  });
  test('nothing when nothing changed', () => {
    const { show, vt } = setUp();
    show({ top: 0, selected: 5 });
    expect(show({ top: 0, selected: 5 })).toBe('');
    expect(vt.writes).toEqual([]);
  });
});

test('of a blank the look of letters is neither compared nor written', async () => {
  const { vt, screen } = small();
  const show = (line: string): string => {
    screen.setBase([line]);
    screen.present();
    return vt.take();
  };
  const written = show('\x1b[2mone two\x1b[m  \x1b[1;31mthree');
  expect(written.match(/\x1b\[[\d;]*m/g)).toEqual(['\x1b[2m', '\x1b[0;1;31m', '\x1b[m']);
  expect(show('\x1b[2mone\x1b[m \x1b[2mtwo  \x1b[0;1;31mthree')).toBe('');
  // What is drawn in their colour, and the ground, is seen of a blank too.
  for (const look of ['4', '7', '9', '44']) {
    expect(show(`\x1b[2mone\x1b[${look}m two\x1b[m  \x1b[1;31mthree`)).not.toBe('');
    expect((await vt.cells())[0]).toBe(
      await cellsOf(`\x1b[2mone\x1b[${look}m two\x1b[m  \x1b[1;31mthree`),
    );
  }
});

/** What a new screen shows of the line. */
async function cellsOf(line: string): Promise<string | undefined> {
  const { vt, screen } = small();
  screen.setBase([line]);
  screen.present();
  return (await vt.cells())[0];
}

/** A screen of 20×5 whose base is dots. */
function small(): { vt: Vt; screen: Screen } {
  const vt = new Vt(20, 5);
  const screen = new Screen(vt, 20, 5);
  screen.setActive(true);
  screen.setBase(Array.from({ length: 5 }, () => '.'.repeat(20)));
  screen.present();
  vt.take();
  return { vt, screen };
}

describe('layers', () => {
  test('viewports cover the base, cutouts bring it back', async () => {
    const { vt, screen } = small();
    screen.setViewports([
      { rect: { x: 2, y: 1, width: 10, height: 3 }, lines: ['日本語 text', '', 'too long for it'] },
    ]);
    screen.setCutouts([{ x: 5, y: 1, width: 4, height: 2 }]);
    screen.present();
    expect(await vt.text()).toEqual([
      '....................',
      // The cut goes through 本, whose remaining half is blank.
      '..日 ....tex........',
      '..   ....   ........',
      '..too long f........',
      '....................',
    ]);
  });

  test('lines that are missing are blank, lines beyond the rectangle do not show', async () => {
    const { vt, screen } = small();
    screen.setViewports([{ rect: { x: 0, y: 3, width: 20, height: 9 }, lines: ['a', 'b', 'c'] }]);
    screen.present();
    expect((await vt.text()).slice(3)).toEqual(['a', 'b']);
    screen.setViewports([{ rect: { x: 0, y: 3, width: 20, height: 9 }, lines: ['a'] }]);
    screen.present();
    expect((await vt.text()).slice(3)).toEqual(['a', '']);
  });

  test('only SGR sequences reach the terminal', () => {
    const { vt, screen } = small();
    screen.setBase(['a\x1b[2Jb\x1b]0;t\x07c\x07\x1b[5;8;31md\x9bK']);
    screen.present();
    const written = vt.take();
    expect(written).not.toContain('\x1b[2J');
    expect(written).not.toMatch(/[\x07\x9b]|\x1b\]|\x1b\[[\d;]*[58]m/);
    expect(written).toContain('\x1b[31md');
  });

  test('all changes of a turn are one write', async () => {
    const { vt, screen } = small();
    screen.setBase(['one']);
    screen.setViewports([{ rect: { x: 0, y: 1, width: 5, height: 1 }, lines: ['two'] }]);
    screen.setCursor({ x: 3, y: 0 });
    await Promise.resolve();
    expect(vt.writes).toHaveLength(1);
  });
});

test('marks of unsure width leave the rest of their row in place', async () => {
  const { vt, screen } = small();
  screen.setBase(['👨‍👩‍👧 family 🇩🇪 ok']);
  screen.present();
  // This terminal draws each code point on its own; what follows must not move for that.
  expect((await vt.text())[0]).toMatch(/family .* ok$/u);
  expect(vt.term.buffer.active.getLine(0)?.translateToString(true, 3, 9)).toBe('family');
});

test('the cursor is shown where it is set, and hidden while a frame is drawn', () => {
  const { vt, screen } = small();
  screen.setCursor({ x: 4, y: 2 });
  screen.present();
  expect(vt.take()).toBe('\x1b[?2026h\x1b[3;5H\x1b[?25h\x1b[?2026l');
  screen.setBase(['x']);
  screen.present();
  expect(vt.take()).toMatch(/^\x1b\[\?2026h\x1b\[\?25l.*\x1b\[3;5H\x1b\[\?25h\x1b\[\?2026l$/s);
  screen.setCursor(null);
  screen.present();
  expect(vt.take()).toContain('\x1b[?25l');
});

test('while the terminal is behind, frames are skipped and the newest follows', () => {
  const written: string[] = [];
  let drain: (() => void) | undefined;
  const output = {
    write: (data: string) => {
      written.push(data);
      return false;
    },
    once: (_: 'drain', listener: () => void) => {
      drain = listener;
    },
  };
  const screen = new Screen(output, 20, 2);
  screen.setActive(true);
  for (const text of ['one', 'two', 'three']) {
    screen.setBase([text]);
    screen.present();
  }
  expect(written).toHaveLength(1);
  drain?.();
  expect(written).toHaveLength(2);
  expect(written[1]).toContain('hree');
  drain?.();
  expect(written).toHaveLength(2);
});

test('a stopped screen writes nothing and draws everything when it starts again', () => {
  const { vt, screen } = small();
  screen.setActive(false);
  screen.setBase(['hidden']);
  screen.present();
  expect(vt.take()).toBe('');
  screen.setActive(true);
  screen.present();
  expect(vt.take()).toContain('hidden');
});

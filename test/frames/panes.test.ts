/** Every pane, as it looks without colours at two sizes. A change of the look is a change of a file. */
import { afterEach, describe, expect, it } from 'vitest';
import { RESOURCES } from '../../src/resources/index.ts';
import { Harness } from './harness.ts';

let harness: Harness | null = null;
afterEach(async () => {
  await harness?.quit();
  harness = null;
});

const SIZES = [
  [80, 24],
  [120, 40],
] as const;

describe.each(SIZES)('at %i×%i', (columns, rows) => {
  const golden = (name: string) => `./__frames__/${name}-${columns}x${rows}.txt`;
  const start = async (command: string) => {
    harness = await Harness.start({ columns, rows, command });
    return harness;
  };

  it.each(RESOURCES.map(({ id }) => id))('%s', async (id) => {
    const h = await start(id);
    await expect(await h.screen()).toMatchFileSnapshot(golden(id));
  });

  it('containers', async () => {
    const h = await start('pods /x7k22');
    await h.press('enter');
    await expect(await h.screen()).toMatchFileSnapshot(golden('containers'));
  });

  it('help', async () => {
    const h = await start('pods');
    await h.press('?');
    await expect(await h.screen()).toMatchFileSnapshot(golden('help'));
  });

  it('the palette', async () => {
    const h = await start('deployments');
    await h.press('ctrl-p', 'scal');
    await expect(await h.screen()).toMatchFileSnapshot(golden('palette'));
  });

  it('the plan of an action', async () => {
    const h = await start('deployments /web');
    await h.press('s', '7', 'enter');
    await expect(await h.screen()).toMatchFileSnapshot(golden('plan'));
  });

  it('describe', async () => {
    const h = await start('nodes');
    await h.press('d');
    await expect(await h.screen()).toMatchFileSnapshot(golden('describe'));
  });
});

import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

const NURSERY = new URL('../../../src/cli/nursery.ts', import.meta.url).href;

/** The largest size (MB) of the nursery of a process in which a long list comes to stay. */
function largest(before: string): number {
  const script = `
    import v8 from 'node:v8';
    ${before}
    const size = () => v8.getHeapSpaceStatistics().find((one) => one.space_name === 'new_space').space_size;
    const rows = [];
    let most = 0;
    while (rows.length < 500_000) {
      for (let i = 0; i < 1000; i++) rows.push({ at: rows.length, cells: [i] });
      most = Math.max(most, size());
      await new Promise((resolve) => setImmediate(resolve));
    }
    process.stdout.write(String(most / 2 ** 20));`;
  return Number(execFileSync(process.execPath, ['--input-type=module', '-e', script]));
}

test('the nursery grows with a long list, and no further than to what is enough', () => {
  expect(largest(`import { boundNursery } from '${NURSERY}'; boundNursery();`)).toBe(16);
  expect(largest('')).toBeGreaterThan(16);
});

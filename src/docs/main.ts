/** `npm run docs`: writes the reference pages; with --check only tells whether they are current. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { configurationPage, keysPage, panesPage, permissionsPage } from './pages.ts';

const PAGES: Readonly<Record<string, () => string>> = {
  'keys.md': keysPage,
  'panes.md': panesPage,
  'configuration.md': configurationPage,
  'permissions.md': permissionsPage,
};

const check = process.argv.includes('--check');
// The bundle lives in dist, the pages beside the sources.
const folder = fileURLToPath(new URL('../src/docs/reference/', import.meta.url));
const stale: string[] = [];
for (const [name, page] of Object.entries(PAGES)) {
  const text = page();
  if (!check) {
    writeFileSync(folder + name, text);
    continue;
  }
  let present = '';
  try {
    present = readFileSync(folder + name, 'utf8');
  } catch {
    // A page that is not there is stale like any other.
  }
  if (present !== text) stale.push(name);
}
if (stale.length > 0) {
  process.stderr.write(`out of date: ${stale.join(', ')}; run npm run docs\n`);
  process.exitCode = 1;
}

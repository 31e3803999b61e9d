import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { auditFile } from '../../../src/cli/audit-file.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

it('keeps lines in order, in a file and a folder of ours alone', async () => {
  const path = join(tempFolder(), 'state', 'audit.jsonl');
  const { write } = auditFile(path, new VirtualClock());
  await Promise.all([write('1'), write('2'), write('3')]);
  expect(readFileSync(path, 'utf8')).toBe('1\n2\n3\n');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
});

it('says so at once where a named pipe stands in its place', async () => {
  const path = join(tempFolder(), 'audit.jsonl');
  execFileSync('mkfifo', [path]);
  await expect(auditFile(path, new VirtualClock()).write('line')).rejects.toThrow(/named pipe/);
});

it('gives up on a disk that does not answer, holds one thread only, and writes nothing late', async () => {
  const clock = new VirtualClock();
  const begun: string[] = [];
  let answer = (): void => undefined;
  const { write } = auditFile('/audit', clock, async (_, line) => {
    begun.push(line);
    await new Promise<void>((resolve) => (answer = resolve));
  });
  const outcomes = Promise.allSettled([write('a'), write('b')]);
  await Promise.resolve();
  expect(begun).toEqual(['a']);
  clock.advance(5000);
  const [first] = await outcomes;
  expect(first).toMatchObject({
    reason: {
      message: '/audit: did not answer within 5 s',
      hint: 'is its disk or file server there?',
    },
  });
  const third = write('c');
  answer();
  while (begun.length < 2) await Promise.resolve();
  answer();
  await third;
  expect(begun).toEqual(['a', 'c']);
});

import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { plain } from '../../../../src/core/styled.ts';
import type { Section } from '../../../../src/resources/define.ts';
import { Answers } from '../../../../src/ui/detail/answers.ts';
import { podRow } from '../../../support/rows.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';

const section = (text: string): readonly Section[] => [{ title: 'Trail', lines: [text] }];
const told = (answers: Answers): string =>
  answers.sections.flatMap(({ lines }) => lines.map((line) => plain(line as never))).join('\n');

it('are asked for again each minute, stay while that goes on, and say how old they are where it fails', async () => {
  const clock = new VirtualClock();
  const replies = ['first', 'second', new Error('AWS throttles cloudtrail:LookupEvents'), 'third'];
  let asked = 0;
  let news = 0;
  const answers = new Answers('Trail', 'asking AWS…', clock, async () => {
    const reply = replies[asked++];
    await turn();
    if (reply instanceof Error) throw reply;
    return section(reply ?? '');
  });
  const stop = answers.follow(
    () => podRow({ name: 'api' }),
    () => news++,
  );
  const minute = async (ms: number): Promise<string> => {
    clock.advance(ms);
    await turn();
    await turn();
    return told(answers);
  };
  expect(told(answers)).toBe('asking AWS…');
  expect(await minute(0)).toBe('first');
  clock.advance(60_000);
  expect(told(answers)).toBe('first');
  expect(await minute(0)).toBe('second');
  expect(await minute(60_000)).toBe(
    'second\nas of 60s ago: AWS throttles cloudtrail:LookupEvents: asked again each minute',
  );
  expect(await minute(60_000)).toBe('third');
  expect(news).toBe(4);
  stop();
  await minute(600_000);
  expect(asked).toBe(4);
});

it('are asked for as soon as it is known whom to ask', async () => {
  const clock = new VirtualClock();
  let known = false;
  const answers = new Answers('Trail', 'asking AWS…', clock, () =>
    known ? Promise.resolve(section('there')) : null,
  );
  const stop = answers.follow(
    () => podRow({ name: 'api' }),
    () => undefined,
  );
  await turn();
  expect(told(answers)).toBe('');
  known = true;
  clock.advance(5_000);
  await turn();
  expect(told(answers)).toBe('there');
  stop();
});

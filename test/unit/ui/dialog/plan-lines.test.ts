import { expect, it } from 'vitest';
import type { Plan, Step } from '../../../../src/actions/engine/plan.ts';
import { plain } from '../../../../src/core/styled.ts';
import { boxLines } from '../../../../src/ui/dialog/box.ts';
import { planLines } from '../../../../src/ui/dialog/plan-lines.ts';
import { plainPainter as painter } from '../../../support/plain-painter.ts';

it('a plan with names and words of others brings no control sequences, nor does its box', () => {
  const evil = 'a\x1b]0;owned\x07b\x1b[2J\u009b31m\u202ec';
  const step = (already: string): Step => ({
    ...{ title: evil, uid: '', command: evil, access: [], already },
    run: () => Promise.resolve(),
  });
  const plan: Plan = {
    ...{ title: evil, changes: [[[evil, 'text']], evil], victims: [evil], warnings: [evil] },
    ...{ refusals: [evil], diff: [{ mark: '+', text: evil }], chain: true, inverse: null },
    steps: [step(''), step(evil)],
  };
  const body = planLines(plan, 60).map((cell) => ({ cell }));
  const drawn = boxLines({ title: evil, width: 64, body, painter });
  expect(drawn.length).toBeGreaterThan(12);
  expect(drawn.join('')).not.toMatch(/[\x00-\x1f\x7f-\x9f\u202a-\u202e]/);
});

it('numbers the steps that are to be done, and says of the others how they stand', () => {
  const step = (title: string, stand: Partial<Step>): Step => ({
    ...{ title, uid: '', command: '', access: [], already: '', ...stand },
    run: () => Promise.resolve(),
  });
  const plan: Plan = {
    ...{ title: 'All', changes: [], victims: [], warnings: [], refusals: [] },
    ...{ chain: true, inverse: null },
    steps: [step('one', { already: 'it is so' }), step('two', {}), step('three', { barred: 'no' })],
  };
  expect(planLines(plan, 60).map(plain)).toEqual([
    ...['All', '', 'Steps'],
    ...['  ✓ one: it is so', '  2 two', '  – three: no'],
  ]);
});

/** Dialogs as Ink draws them: form fields, pickers, buttons. */
import { beforeEach, describe, expect, it } from 'vitest';
import { choiceField, numberField, textField } from '../../../../src/actions/engine/form.ts';
import type { Plan } from '../../../../src/actions/engine/plan.ts';
import type { FlowState } from '../../../../src/actions/engine/view.ts';
import { Bench } from './bench.tsx';

const option = (id: string, disabled = '') => ({ id, title: id, detail: `about ${id}`, disabled });
let bench: Bench;

describe('a field of text', () => {
  beforeEach(() => {
    bench = new Bench(() => [
      textField({
        id: 'name',
        label: 'Name',
        hint: 'letters only',
        check: (value) => (/^[a-z]*$/.test(value) ? '' : 'no digits'),
      }),
      textField({ id: 'other', label: 'Other', initial: 'as it was' }),
    ]);
  });

  it('takes letters where the cursor stands', async () => {
    await bench.press('blue', 'left', 'left', 'X', 'backspace', 'q');
    expect(bench.flow.values['name']).toBe('blque');
    expect(bench.line('Name')).toContain('▸ Name  blque');
  });

  it('says what is wrong with it, and is not left behind by enter', async () => {
    await bench.press('blue7');
    expect(bench.frame).toContain('no digits');
    expect(bench.frame).not.toContain('letters only');
    await bench.press('tab');
    expect(bench.line('Name')).toContain('! Name  blue7');
    await bench.press('enter');
    expect(bench.flow.asked).toEqual([]);
    expect(bench.line('Name')).toContain('▸ Name  blue7');
    await bench.press('backspace', 'enter');
    expect(bench.flow.asked).toEqual(['submit']);
  });

  it('is emptied by ctrl-u and begins anew', async () => {
    await bench.press('blue', 'ctrl-u', 'red');
    expect(bench.flow.values['name']).toBe('red');
  });

  it('gets every letter that was typed into it, however fast the next field follows', async () => {
    await bench.dash('blue', 'tab', '!', 'shift-tab', 'ish', 'enter');
    expect(bench.flow.values).toEqual({ name: 'blueish', other: 'as it was!' });
    expect(bench.flow.asked).toEqual(['submit']);
  });

  it('keeps what stands in the others', async () => {
    await bench.press('a', 'tab', ' too', 'shift-tab', 'b');
    expect(bench.flow.values).toEqual({ name: 'ab', other: 'as it was too' });
  });
});

describe('a field of numbers', () => {
  beforeEach(() => {
    bench = new Bench(() => [
      numberField({ id: 'replicas', label: 'Replicas', initial: '3', min: 0, max: 20 }),
    ]);
  });

  it('takes the first digit in place of what is offered, and no letters', async () => {
    await bench.press('1', 'x', '2');
    expect(bench.flow.values['replicas']).toBe('12');
    await bench.press('7');
    expect(bench.frame).toContain('at most 20');
  });

  it('counts with the arrow keys', async () => {
    await bench.press('up', 'up', 'down');
    expect(bench.flow.values['replicas']).toBe('4');
    expect(bench.line('Replicas')).toContain('4');
    await bench.press('down', 'down', 'down', 'down', 'down', 'down');
    expect(bench.flow.values['replicas']).toBe('0');
  });
});

describe('a choice', () => {
  it('is picked with the arrow keys', async () => {
    bench = new Bench(() => [
      choiceField({
        id: 'role',
        label: 'Role',
        options: ['web', 'shop', 'jobs'].map((id) => option(id)),
      }),
    ]);
    expect(bench.line('▸ web')).toContain('about web');
    await bench.press('down', 'down');
    expect(bench.flow.values['role']).toBe('jobs');
    expect(bench.line('▸ jobs')).toContain('about jobs');
    expect(bench.line('▸ Role')).toContain('jobs');
  });

  it('is narrowed by what is typed, which takes the first that is left', async () => {
    const ids = Array.from({ length: 40 }, (_, i) => `role-${i}`);
    bench = new Bench(() => [
      choiceField({ id: 'role', label: 'Role', options: ids.map((id) => option(id)) }),
    ]);
    await bench.press('31');
    expect(bench.flow.values['role']).toBe('role-31');
    expect(bench.frame).toContain('› 31');
    expect(bench.frame).not.toContain('role-30');
    await bench.press('x');
    expect(bench.frame).toContain('nothing like that');
    await bench.press('ctrl-u', 'down');
    expect(bench.flow.values['role']).toBe('role-1');
  });

  it('says why one of them cannot be chosen', async () => {
    bench = new Bench(() => [
      choiceField({ id: 'how', label: 'How', options: [option('a'), option('b', 'no agent')] }),
    ]);
    await bench.press('down', 'enter');
    expect(bench.frame).toContain('no agent');
    expect(bench.flow.asked).toEqual([]);
    await bench.press('up', 'enter');
    expect(bench.flow.asked).toEqual(['submit']);
  });

  it('of several is toggled by the space bar, in the order of choosing', async () => {
    bench = new Bench(() => [
      choiceField({
        id: 'policies',
        label: 'Policies',
        several: true,
        options: [option('a'), option('b'), option('c', 'not yours')],
      }),
    ]);
    expect(bench.line('Policies')).toContain('none');
    await bench.press('down', 'space', 'up', 'space', 'down', 'down', 'space');
    expect(bench.flow.values['policies']).toBe('b\na');
    expect(bench.line('Policies')).toContain('2: b, a');
    expect(bench.line('[ ] c')).toContain('not yours');
    await bench.press('up', 'space');
    expect(bench.flow.values['policies']).toBe('a');
  });
});

describe('a form', () => {
  it('is made anew by what is chosen', async () => {
    bench = new Bench(({ role = 'old' }) => [
      choiceField({ id: 'role', label: 'Role', options: [option('old'), option('new')] }),
      ...(role === 'new' ? [textField({ id: 'name', label: 'Its name', initial: 'shop' })] : []),
    ]);
    expect(bench.frame).not.toContain('Its name');
    await bench.press('down');
    expect(bench.line('Its name')).toContain('shop');
    await bench.press('tab', '-api');
    expect(bench.flow.values['name']).toBe('shop-api');
  });

  it('has one more of a group when that is entered', async () => {
    bench = new Bench(() => [
      {
        type: 'group',
        id: 'selectors',
        title: 'selector',
        min: 1,
        max: 2,
        fields: (i) => [textField({ id: 'namespace', label: `Namespace ${i + 1}` })],
      },
    ]);
    await bench.press('web', 'tab', 'enter');
    expect(bench.frame).toContain('Namespace 2');
    expect(bench.frame).not.toContain('another selector');
    await bench.press('jobs');
    expect(bench.flow.values).toMatchObject({
      'selectors.0.namespace': 'web',
      'selectors.1.namespace': 'jobs',
    });
  });

  it('that is longer than the screen says how many fields are above and below', async () => {
    bench = new Bench(() =>
      Array.from({ length: 24 }, (_, i) => textField({ id: `f${i}`, label: `Field ${i}` })),
    );
    expect(bench.frame).toMatch(/↓ \d+ more/);
    expect(bench.frame).not.toMatch(/↑ \d+ more/);
    await bench.press('shift-tab');
    expect(bench.line('▸ Field 23')).not.toBe('');
    expect(bench.frame).toMatch(/↑ \d+ more/);
    expect(bench.frame).not.toMatch(/↓ \d+ more/);
  });
});

describe('a text that is written in an editor', () => {
  let wrong = '';
  beforeEach(() => {
    wrong = '';
    bench = new Bench(() => [
      {
        type: 'document',
        id: 'text',
        label: 'Your text',
        file: 'pod-api.yaml',
        hint: 'kept in ~/edits/1/pod-api.yaml',
        initial: '/home/me/edits/1/pod-api.yaml',
        check: () => wrong,
        draft: () => ({ text: '', origin: '' }),
      },
    ]);
  });

  it('is planned with, or opened again', async () => {
    expect(bench.line('Your text')).toContain('pod-api.yaml');
    expect(bench.frame).toContain('kept in ~/edits/1/pod-api.yaml');
    await bench.press('e', 'enter');
    expect(bench.flow.asked).toEqual(['edit text', 'submit']);
  });

  it('is opened again by enter where something is wrong with it', async () => {
    wrong = 'no YAML at line 3';
    await bench.become({ ...bench.flow.state });
    expect(bench.frame).toContain('no YAML at line 3');
    expect(bench.frame).toContain('kept in ~/edits/1/pod-api.yaml');
    expect(bench.frame).toContain('⏎ edit again');
    await bench.press('enter');
    expect(bench.flow.asked).toEqual(['edit text']);
  });
});

describe('a dialog', () => {
  const plan: Plan = {
    title: 'Scale deployment/api from 3 to 0 replicas',
    changes: [],
    victims: ['pod api-1', 'pod api-2'],
    warnings: [],
    refusals: [],
    steps: [],
    chain: false,
    inverse: null,
  };
  beforeEach(() => (bench = new Bench(() => [])));

  it('names the cluster and its account, and does nothing on the first enter', async () => {
    await bench.become({ stage: 'confirm', plan, typeName: null });
    expect(bench.frame).toContain('on prod-eu · account 123456789012 · eu-central-1');
    expect(bench.frame).toContain('pod api-2');
    await bench.press('enter');
    expect(bench.flow.asked).toEqual(['cancel']);
    expect(bench.open).toBe(false);
  });

  it('runs what its other button says', async () => {
    await bench.become({ stage: 'confirm', plan, typeName: null });
    await bench.press('tab', 'enter');
    expect(bench.flow.asked).toEqual(['confirm']);
  });

  it('waits for the name where that is asked for', async () => {
    await bench.become({ stage: 'confirm', plan, typeName: 'api' });
    await bench.press('tab', 'enter', 'ap', 'enter');
    expect(bench.flow.asked).toEqual([]);
    await bench.press('i', 'enter');
    expect(bench.flow.asked).toEqual(['confirm']);
  });

  it('is typed by the line editor, whose cursor goes back in it', async () => {
    await bench.become({ stage: 'confirm', plan, typeName: 'api' });
    await bench.press('tab', 'pix', 'home', 'a', 'end', 'backspace', 'enter');
    expect(bench.flow.asked).toEqual(['confirm']);
  });

  it('goes back from a plan by backspace, unless a name is being typed', async () => {
    bench.flow.goesBack = 'edit again';
    await bench.become({ stage: 'confirm', plan, typeName: 'api' });
    expect(bench.frame).toContain('⌫ edit again');
    await bench.press('a', 'backspace');
    expect(bench.flow.asked).toEqual([]);
    await bench.press('backspace');
    expect(bench.flow.asked).toEqual(['back']);
  });

  it('is left, and goes on, by the one button where nothing can be called off', async () => {
    const operation = { title: 'Create', state: 'working', steps: [], lines: [] };
    const at = (stoppable: boolean) =>
      ({ stage: 'running', operation: { ...operation, stoppable } }) as unknown as FlowState;
    await bench.become(at(true));
    await bench.press('tab', 'enter');
    expect(bench.flow.asked).toEqual(['stop']);
    await bench.become(at(false));
    await bench.press('enter');
    expect(bench.flow.asked).toEqual(['stop', 'cancel']);
    expect(bench.open).toBe(false);
  });

  it('says what there is to say of one that ended without doing anything', async () => {
    await bench.become({ stage: 'ended', text: 'nothing was changed' });
    expect(bench.told).toEqual(['nothing was changed']);
  });

  it('says why it was refused, and goes back to what was typed', async () => {
    await bench.become({ stage: 'refused', reason: 'you may not', hint: 'needs RBAC: patch' });
    expect(bench.frame).toContain('✗ you may not');
    expect(bench.frame).toContain('needs RBAC: patch');
    await bench.press('enter');
    expect(bench.flow.asked[0]).toBe('back');
  });

  it('is left by esc at every stage', async () => {
    await bench.press('esc');
    expect(bench.flow.asked).toEqual(['cancel']);
    expect(bench.open).toBe(false);
  });
});

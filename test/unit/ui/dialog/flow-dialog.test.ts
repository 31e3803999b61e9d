import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../../src/actions/engine/plan.ts';
import type { ActionFlow } from '../../../../src/actions/engine/view.ts';
import { EMPTY_LINE, lineOf } from '../../../../src/keys/line-editor.ts';
import { flowDialog } from '../../../../src/ui/dialog/flow-dialog.ts';
import { layout } from '../../../../src/ui/layout.ts';
import type { FlowOverlay } from '../../../../src/ui/state-overlay.ts';
import { plainPainter as painter } from '../../../support/plain-painter.ts';

const plan: Plan = {
  title: 'Restart',
  changes: [],
  warnings: [],
  victims: [],
  refusals: [],
  steps: [],
  chain: false,
  inverse: null,
};
const flow = {
  title: 'Restart',
  subject: 'shop/cart',
  danger: 1,
  goesBack: '',
  state: { stage: 'confirm', plan, typeName: 'cart' },
} as unknown as ActionFlow;
const named = (typeName: string): ActionFlow => ({
  ...flow,
  state: { stage: 'confirm', plan, typeName },
});

function drawn(change: Partial<FlowOverlay>, columns = 100): string {
  return dialog(change, columns).lines.join('\n');
}

function dialog(change: Partial<FlowOverlay>, columns: number, of = flow) {
  const overlay: FlowOverlay = {
    kind: 'flow',
    focus: 'confirm',
    scroll: 0,
    typed: EMPTY_LINE,
    field: 0,
    query: '',
    highlight: '',
    revision: 0,
    ...change,
  };
  return flowDialog(of, overlay, painter, layout(columns, 30, { header: true }));
}

describe('the dialog of an action', () => {
  it('names what it is about, with its namespace', () => {
    expect(drawn({})).toContain('╭─ Restart · shop/cart ─');
  });
});

describe('a plan that is confirmed by a typed name', () => {
  it('says at the button what it waits for, until that is typed', () => {
    expect(drawn({ typed: lineOf('car') })).toContain('⏎ once cart is typed');
    expect(drawn({ typed: lineOf('cart') })).toContain('⏎ press');
  });

  it('shows a long name, and what is typed of it, whole', () => {
    const name = 'ip-10-0-20-155.eu-central-1.compute.internal';
    const { lines, rect, cursor } = dialog({ typed: lineOf(name) }, 80, named(name));
    const at = lines.findIndex((line) => line.includes(`› ${name} `));
    expect(lines[at - 1]).toContain(`Type ${name} to confirm:`);
    expect(cursor).toEqual({ x: rect.x + 4 + name.length, y: rect.y + at });
  });

  it('shows the end of what is longer than there is room for', () => {
    const { lines, rect, cursor } = dialog({ typed: lineOf(`${'x'.repeat(200)}end`) }, 80);
    expect(lines.join('\n')).toContain('xxend');
    expect(cursor?.x).toBeLessThan(rect.x + rect.width - 1);
  });

  it('shows where the cursor is in it', () => {
    const { lines, rect, cursor } = dialog({ typed: { text: 'cat', cursor: 2 } }, 80);
    const y = lines.findIndex((line) => line.includes('confirm: cat'));
    const before = lines[y]?.indexOf('cat') ?? 0;
    expect(cursor).toEqual({ x: rect.x + before + 2, y: rect.y + y });
  });

  it('can be left at any time', () => {
    expect(drawn({ focus: 'cancel' })).toContain('⏎ press');
  });
});

describe('an operation that runs', () => {
  const running = (stoppable: boolean): string => {
    const operation = { title: 'Create', state: 'working', steps: [], lines: [], stoppable };
    const state = { stage: 'running', operation } as unknown as ActionFlow['state'];
    return dialog({}, 100, { ...flow, state }).lines.join('\n');
  };

  it('offers to call off the rest only where there is a rest', () => {
    expect(running(true)).toContain('[ Stop the rest ]');
    expect(running(true)).toContain('tab other button');
    expect(running(false)).toContain('▸[ Leave it running ]');
    expect(running(false)).not.toMatch(/Stop the rest|tab other button/);
  });
});

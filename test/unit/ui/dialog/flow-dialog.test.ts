import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../../src/actions/plan.ts';
import type { ActionFlow } from '../../../../src/actions/view.ts';
import { plain } from '../../../../src/core/styled.ts';
import type { Painter } from '../../../../src/theme/index.ts';
import { flowDialog } from '../../../../src/ui/dialog/flow-dialog.ts';
import { layout } from '../../../../src/ui/layout.ts';
import type { FlowOverlay } from '../../../../src/ui/state-overlay.ts';

const painter: Painter = {
  theme: 'test',
  depth: 'none',
  tone: (text) => text,
  paint: (cell) => plain(cell),
};

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
  danger: 1,
  goesBack: '',
  state: { stage: 'confirm', plan, typeName: 'cart' },
} as unknown as ActionFlow;

function drawn(change: Partial<FlowOverlay>): string {
  const overlay: FlowOverlay = {
    kind: 'flow',
    focus: 'confirm',
    scroll: 0,
    typed: '',
    field: 0,
    query: '',
    highlight: '',
    revision: 0,
    ...change,
  };
  return flowDialog(flow, overlay, painter, layout(100, 30, { header: true })).lines.join('\n');
}

describe('a plan that is confirmed by a typed name', () => {
  it('says at the button what it waits for, until that is typed', () => {
    expect(drawn({ typed: 'car' })).toContain('⏎ once cart is typed');
    expect(drawn({ typed: 'cart' })).toContain('⏎ press');
  });

  it('can be left at any time', () => {
    expect(drawn({ focus: 'cancel' })).toContain('⏎ press');
  });
});

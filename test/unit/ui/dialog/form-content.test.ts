import { expect, it } from 'vitest';
import { choiceField } from '../../../../src/actions/engine/form.ts';
import { EMPTY_LINE } from '../../../../src/keys/line-editor.ts';
import { formContent } from '../../../../src/ui/dialog/form-content.ts';
import type { FlowOverlay } from '../../../../src/ui/state-overlay.ts';
import { plainPainter as painter } from '../../../support/plain-painter.ts';

const overlay: FlowOverlay = {
  ...{ kind: 'flow', focus: 'cancel', scroll: 0, typed: EMPTY_LINE },
  ...{ field: 0, query: '', highlight: '', revision: 0 },
};

it('options of others (descriptions of roles, causes of changes) bring no control sequences', () => {
  const hostile = 'a\x1b]0;owned\x07b\x1b[2J\u009b31m\u202ec';
  const field = choiceField({
    id: 'role',
    label: 'Role',
    options: [
      { id: '1', title: hostile, detail: hostile, disabled: '' },
      { id: '2', title: 'two', detail: '', disabled: hostile },
    ],
  });
  const state = { stage: 'form', lines: [field], values: { role: '1' }, preview: null } as const;
  const room = { width: 70, height: 20 };
  const { input } = formContent({ ...state, busy: false, trouble: '' }, overlay, room, painter);
  const labels = input?.kind === 'select' ? input.options.map(({ label }) => label) : [];
  expect(labels).toHaveLength(2);

  expect(labels.join('')).not.toMatch(/[\x00-\x1f\x7f-\x9f\u202a-\u202e]/);
});

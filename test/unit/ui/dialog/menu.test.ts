import { describe, expect, it } from 'vitest';
import { lineOf } from '../../../../src/keys/line-editor.ts';
import { MenuKeys } from '../../../../src/ui/dialog/menu-keys.ts';
import { menuItems } from '../../../../src/ui/dialog/menu.ts';
import { initialState, reduce, type UiState } from '../../../../src/ui/state.ts';
import type { MenuState } from '../../../../src/ui/state-overlay.ts';

const titles = [
  'Describe',
  'Show autoscalers',
  'Scale: sets the replicas',
  'Time as age, local or UTC',
];
const found = (query: string) =>
  menuItems({
    kind: 'menu',
    id: 'palette',
    title: 'Commands',
    items: titles.map((title) => ({ id: '', title, detail: '', disabled: '' })),
    query: lineOf(query),
    index: 0,
  }).map(({ title }) => title);

describe('the entries of the palette', () => {
  it('are all there before anything is typed', () => {
    expect(found('')).toEqual(titles);
  });

  it('that begin a word come first, then those inside one', () => {
    expect(found('scale')).toEqual(['Scale: sets the replicas', 'Show autoscalers']);
  });

  it('may miss letters, but not most of them', () => {
    expect(found('dscrb')).toEqual(['Describe']);
    expect(found('tlc')).toEqual([]);
  });
});

describe('the keys of a menu of which several are chosen', () => {
  const item = (id: string) => ({ id, title: id, detail: '', disabled: '' });
  const menu: MenuState = {
    ...{ kind: 'menu', id: 'several', title: 'Regions', index: 1, query: lineOf('') },
    ...{ items: ['all', 'eu-central-1', 'us-east-1'].map(item), chosen: new Set(['us-east-1']) },
  };

  it('space chooses what is under the cursor, again takes it back, and stands in no query', () => {
    let state: UiState = { ...initialState(80, 24, 'age'), overlay: menu };
    const keys = new MenuKeys(
      {
        get state() {
          return state;
        },
        dispatch: (action) => {
          state = reduce(state, action);
        },
      },
      () => undefined,
    );
    const press = (): readonly string[] => {
      keys.type({ chord: 'space', text: ' ' });
      const { overlay } = state;
      return overlay?.kind === 'menu' ? [...(overlay.chosen ?? [])].sort() : [];
    };
    expect(press()).toEqual(['eu-central-1', 'us-east-1']);
    expect(press()).toEqual(['us-east-1']);
    expect(state.overlay).toMatchObject({ query: { text: '' } });
  });
});

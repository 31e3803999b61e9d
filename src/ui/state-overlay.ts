/** What lies over a pane: a menu to choose from (the palette, what to copy) or an action's dialog. */
import type { Line } from '../keys/line-editor.ts';

/** An entry of a menu. */
export interface MenuItem {
  readonly id: string;
  readonly title: string;
  /** To the right of the title: the key that does the same, a preview. */
  readonly detail: string;
  /** Why it cannot be chosen now; empty: it can. */
  readonly disabled: string;
}

/** What lets one thing of several be chosen. */
export interface Choosing {
  showChoice(title: string, items: readonly MenuItem[], choose: (id: string) => void): void;
  /** Lets several of many be chosen, narrowed as one types; `chosen` are so already. */
  showSeveral(
    title: string,
    items: readonly MenuItem[],
    chosen: ReadonlySet<string>,
    choose: (ids: readonly string[]) => void,
  ): void;
}

/** A list to choose from; with a `query` it narrows as one types. */
export interface MenuState {
  readonly kind: 'menu';
  readonly id: 'palette' | 'copy' | 'choice' | 'several';
  readonly title: string;
  /** All entries; the palette's are narrowed by the query where they are shown. */
  readonly items: readonly MenuItem[];
  readonly query: Line | null;
  /** The ids that are chosen, where several can be; absent: one is. */
  readonly chosen?: ReadonlySet<string>;
  readonly index: number;
}

/** Which part of an action's dialog has the keys. What it says is the flow's own state. */
export interface FlowOverlay {
  readonly kind: 'flow';
  readonly focus: 'cancel' | 'confirm';
  /** First line shown of a plan or a preview that is longer than its place. */
  readonly scroll: number;
  /** What was typed where a name is asked for. */
  readonly typed: Line;
  /** The line of the form that has the keys. */
  readonly field: number;
  /** What narrows the options of a choice, and the one under the cursor (its id, or empty). */
  readonly query: string;
  readonly highlight: string;
  /**
   * Counts the changes of a value that did not come from Ink's input: the input then begins anew, or
   * its cursor would stand where it stood in the old value.
   */
  readonly revision: number;
}

export type Overlay = MenuState | FlowOverlay;

export type OverlayAction =
  | { readonly type: 'overlay.open'; readonly overlay: Overlay }
  | { readonly type: 'overlay.close' }
  | { readonly type: 'menu.items'; readonly items: readonly MenuItem[] }
  | { readonly type: 'menu.move'; readonly index: number }
  | { readonly type: 'menu.toggle'; readonly id: string }
  | { readonly type: 'menu.type'; readonly query: Line }
  | { readonly type: 'flow.change'; readonly change: Partial<Omit<FlowOverlay, 'kind'>> };

function toggled(menu: MenuState, id: string): MenuState {
  const chosen = new Set(menu.chosen);
  if (!chosen.delete(id)) chosen.add(id);
  return { ...menu, chosen };
}

/** The overlay after an action. */
export function reduceOverlay(overlay: Overlay | null, action: OverlayAction): Overlay | null {
  switch (action.type) {
    case 'overlay.open':
      return action.overlay;
    case 'overlay.close':
      return null;
    case 'menu.items':
      return overlay?.kind === 'menu' ? { ...overlay, items: action.items } : overlay;
    case 'menu.move':
      return overlay?.kind === 'menu' ? { ...overlay, index: action.index } : overlay;
    case 'menu.toggle':
      return overlay?.kind === 'menu' ? toggled(overlay, action.id) : overlay;
    case 'menu.type':
      return overlay?.kind === 'menu' ? { ...overlay, query: action.query, index: 0 } : overlay;
    case 'flow.change':
      return overlay?.kind === 'flow' ? { ...overlay, ...action.change } : overlay;
  }
}

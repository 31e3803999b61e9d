/** What is looked at. */
import type { Pane } from './pane.ts';
import type { UiConnection, UiSession } from './session.ts';

/** What commands are about that need one connection: null where several are looked at. */
export function connectionOf(top: Pane | null, session: UiSession): UiConnection | null {
  return top?.clusters ? null : (top?.connection ?? session.current);
}

/** The connections that are looked at: of a pane that shows several, all of them. */
export function scopeOf(top: Pane | null, session: UiSession): readonly UiConnection[] {
  if (top?.clusters) return top.clusters.flatMap(({ connection }) => connection ?? []);
  return [connectionOf(top, session) ?? []].flat();
}

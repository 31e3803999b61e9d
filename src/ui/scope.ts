/** What is looked at. */
import { sameServer } from '../session/index.ts';
import type { Pane } from './pane.ts';
import type { UiConnection, UiSession } from './session.ts';

/** What commands are about that need one connection: null where several are looked at. */
export function connectionOf(place: Pane | null, session: UiSession): UiConnection | null {
  return place?.clusters ? null : (place?.connection ?? session.current);
}

/** The connections that are looked at: of a pane that shows several, all of them. */
export function scopeOf(place: Pane | null, session: UiSession): readonly UiConnection[] {
  if (place?.clusters) return place.clusters.flatMap(({ connection }) => connection ?? []);
  return [connectionOf(place, session) ?? []].flat();
}

/** Of connections that lead to one server, by several contexts, only the first: its objects are there once. */
export function ofEachServer(connections: readonly UiConnection[]): readonly UiConnection[] {
  return connections.filter(
    ({ info }, i) =>
      !connections.slice(0, i).some((before) => sameServer(before.info.server, info.server)),
  );
}

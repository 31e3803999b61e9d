/** The keys of the row that a text is about: what the text advises is done where one reads it. */
import type { BaseRow } from '../../domain/rows.ts';
import { keysOf, paneLayer } from '../bindings.ts';
import { onlyRow, type RowKeys } from '../resource/row-keys.ts';
import type { RowResource } from '../resource/row-resource.ts';
import { unavailableOn } from '../resource/unavailable.ts';
import type { UiConnection } from '../session.ts';
import type { TextKeys } from '../text/text-pane.ts';
import type { Workspace } from '../workspace.ts';

/** What the row is, and what the text is of it. */
export interface RowText {
  readonly workspace: Workspace;
  readonly def: RowResource;
  readonly connection: UiConnection | null;
  /** The row as it is now; undefined: it is not known yet. */
  readonly row: () => BaseRow | undefined;
  /** The command that opens this very text. */
  readonly opens: string;
}

/** What looks at the row comes before the keys of texts; what goes on from it or acts on it behind them. */
export function rowTextKeys({ workspace, def, connection, row, opens }: RowText): TextKeys {
  const keys: RowKeys = workspace.rowKeys(def, connection);
  const unavailable = new Set([
    ...unavailableOn(def),
    ...def.columns.map(({ id }) => `sort:${id}`),
    opens,
  ]);
  const meant = () => {
    const { store } = connection ?? { store: workspace.session.fleet };
    return onlyRow(row(), { now: store.now(), time: workspace.settings.time });
  };
  return {
    // Where there are no logs `l` is the way to the right.
    before: unavailable.has('logs') ? [] : ['row'],
    behind: ['row', paneLayer(keysOf(def))],
    unavailable,
    run: (command) => !unavailable.has(command) && keys.run(command, meant()),
    commands: () => keys.list(meant()),
  };
}

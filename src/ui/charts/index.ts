/** Opens the charts of a row. */
import type { BaseRow } from '../../domain/rows.ts';
import type { ConnectionCore } from '../../session/index.ts';
import { unasked } from '../resource/unasked.ts';
import type { RowResource } from '../resource/row-resource.ts';
import type { UiConnection } from '../session.ts';
import type { Workspace } from '../workspace.ts';
import { ChartsPane } from './charts-pane.ts';

/** Of what. */
export interface ChartsOf {
  readonly workspace: Workspace;
  readonly def: Pick<RowResource, 'charts' | 'singular'>;
  readonly row: BaseRow;
  readonly connection: UiConnection | null;
  /** The cluster that is asked about; null: it is not known. */
  readonly core: ConnectionCore | null;
}

/** Opens them, or says why there are none. */
export function openCharts({ workspace, def, row, connection, core }: ChartsOf): void {
  if (def.charts === undefined) {
    workspace.flash(`nothing measures a ${def.singular}`, 'muted');
    return;
  }
  if (core?.eks == null || core.door === null) {
    workspace.flash(`CloudWatch cannot be asked: ${unasked(workspace)}`, 'warn');
    return;
  }
  const set = def.charts.of(row, core.store, core.eks);
  if ('none' in set) workspace.flash(set.none, 'muted');
  else
    workspace.open(new ChartsPane({ workspace, set, door: core.door, eks: core.eks, connection }));
}

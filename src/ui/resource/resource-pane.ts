/** The pane of a resource: its table, followed while it is on the screen, and the keys of its rows. */
import type { BaseRow } from '../../domain/rows.ts';
import type { Query } from '../../ports/query.ts';
import type { AnyResource, LinkTarget } from '../../resources/define.ts';
import { figuresOf } from '../../resources/trend.ts';
import { keysOf, paneLayer } from '../bindings.ts';
import type { Pane } from '../pane.ts';
import type { UiConnection } from '../session.ts';
import type { Listing } from '../table/listing.ts';
import { TablePane } from '../table/table-pane.ts';
import type { Workspace } from '../workspace.ts';
import { ResourceExtra } from './resource-extra.ts';
import { untyped, type RowResource } from './row-resource.ts';
import { unavailableOn } from './unavailable.ts';

/** What a resource pane is made of. `connection` is null for the clusters of the fleet. */
export interface ResourcePaneOptions {
  readonly workspace: Workspace;
  readonly resource: AnyResource;
  readonly connection: UiConnection | null;
  readonly target: LinkTarget | null;
  /** How it is listed; absent: as the resource is declared. */
  readonly listing?: Listing | undefined;
}

/** Whether all that a link leads to is gone: it would show nothing of what it promises. */
function leadsToGone({ table }: RowResource, target: LinkTarget, query: Query): boolean {
  const only = target.only as ((row: BaseRow) => boolean) | undefined;
  if (target.focus !== undefined) return (query.get(table, target.focus)?.gone ?? 0) > 0;
  const meant = only === undefined ? [] : [...query.rows(table)].filter(only);
  return meant.length > 0 && meant.every(({ gone }) => gone > 0);
}

const withGone = ({ sort }: RowResource): Listing => ({
  sort,
  filter: '',
  problemsOnly: false,
  showsGone: true,
});

/** Opens the pane of a resource. */
export function resourcePane({
  workspace,
  resource,
  connection,
  target,
  listing,
}: ResourcePaneOptions): Pane {
  const def = untyped(resource);
  const store = connection?.store ?? workspace.session.fleet;
  const extra = new ResourceExtra(workspace, def, connection, target);
  const pane: TablePane<BaseRow> = new TablePane<BaseRow>({
    host: workspace,
    def,
    layers: [paneLayer(keysOf(def)), 'table'],
    crumb: target?.only ? target.label : def.id,
    connection,
    open: (spec) => {
      const view = store.view({ table: def.table, only: extra.only, ...spec });
      extra.onRescope = () => {
        view.update({ only: extra.only });
        pane.restart();
      };
      return view;
    },
    extra,
    unavailable: unavailableOn(def),
    focus: target?.focus,
    listing: listing ?? (target && leadsToGone(def, target, store) ? withGone(def) : undefined),
    lists: target === null ? def.id : undefined,
  });
  const { trend } = def;
  if (connection !== null && trend !== undefined) {
    const looked = (): Iterable<BaseRow> => {
      if (trend.all) return store.rows(def.table);
      return pane.model.current === undefined ? [] : [pane.model.current];
    };
    extra.onClose(connection.trends.follow(def.table, figuresOf(trend), looked));
  }
  extra.onBusy = () => pane.refresh();
  extra.onRedefined = (now) => pane.redefine(now);
  return pane;
}

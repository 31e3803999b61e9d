/** The pane of a resource in several clusters at once. */
import type { BaseRow } from '../../domain/rows.ts';
import { MergedView } from '../../store/merged-view.ts';
import type { AnyResource } from '../../resources/define.ts';
import { keysOf, paneLayer } from '../bindings.ts';
import type { Pane } from '../pane.ts';
import type { Listing } from '../table/listing.ts';
import { TablePane } from '../table/table-pane.ts';
import type { Workspace } from '../workspace.ts';
import { clusterColumn, clusterTones, type Member } from './cluster-part.ts';
import { MergedExtra, type ConnectedPart } from './merged-extra.ts';
import { onOwnClocks } from './own-clock.ts';
import { ResourceExtra } from './resource-extra.ts';
import { untyped, type RowResource } from './row-resource.ts';
import { unavailableOn } from './unavailable.ts';

/** What a pane of several clusters is made of. */
export interface MergedPaneOptions {
  readonly workspace: Workspace;
  readonly resource: AnyResource;
  readonly members: readonly Member[];
  readonly listing?: Listing | undefined;
}

/** @throws where none of the clusters can be connected to: why not, for each */
export function mergedPane({ workspace, resource, members, listing }: MergedPaneOptions): Pane {
  const plain = untyped(resource);
  const [first, ...others] = members.flatMap(({ name, connection }): readonly ConnectedPart[] =>
    connection === null
      ? []
      : [{ name, connection, extra: new ResourceExtra(workspace, plain, connection, null) }],
  );
  if (first === undefined) throw new Error(members.map(({ refusal }) => refusal).join(' · '));
  const parts = [first, ...others] as const;
  const names = new Map(parts.map(({ name, connection }) => [connection.cluster, name]));
  const clocks = new Map(parts.map(({ connection: { cluster, kube } }) => [cluster, kube]));
  const tones = clusterTones([...names.keys()]);
  const extra = new MergedExtra({ workspace, def: plain, members, parts, tones });
  const column = clusterColumn({
    nameOf: (cluster) => names.get(cluster) ?? cluster,
    toneOf: (cluster) => tones.get(cluster) ?? 'text',
    statusOf: (cluster) => extra.statusOf(cluster),
  });
  const ahead = ({ cluster }: BaseRow): number => clocks.get(cluster)?.clockOffset ?? 0;
  const withCluster = (def: RowResource): RowResource => {
    const own = onOwnClocks(def, ahead);
    return { ...own, columns: [column, ...own.columns] };
  };
  const pane: TablePane<BaseRow> = new TablePane<BaseRow>({
    host: workspace,
    def: withCluster(plain),
    layers: [paneLayer(keysOf(plain)), 'table'],
    crumb: plain.id,
    connection: null,
    clusters: members,
    open: (spec) => {
      const views = parts.map((part) => {
        const { store, cluster } = part.connection;
        const view = store.view({ table: plain.table, only: part.extra.only, ...spec });
        part.extra.onRescope = () => {
          view.update({ only: part.extra.only });
          pane.restart();
        };
        return { cluster, view };
      });
      return new MergedView<BaseRow>(views, spec.compare, () => extra.status);
    },
    extra,
    unavailable: new Set([...unavailableOn(plain), 'logs.compare']),
    listing,
    lists: plain.id,
  });
  for (const part of parts) part.extra.onBusy = () => pane.refresh();
  first.extra.onRedefined = (now) => {
    extra.def = now;
    pane.redefine(withCluster(now));
  };
  return pane;
}

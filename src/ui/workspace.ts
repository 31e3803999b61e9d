import type { AnyFlow } from '../actions/engine/joint/view.ts';
import type { Config } from '../config/schema.ts';
import type { ClusterKey } from '../domain/cluster-key.ts';
import type { AnyResource, LinkTarget } from '../resources/define.ts';
import type { ResourceRegistry } from '../resources/registry.ts';
import type { Pane, PaneHost } from './pane.ts';
import type { RowKeys } from './resource/row-keys.ts';
import type { RowResource } from './resource/row-resource.ts';
import type { Listing } from './table/listing.ts';
import type { UiConnection } from './session.ts';

/** What the panes of resources may ask of the program, beside what every pane may. */
export interface Workspace extends PaneHost {
  readonly config: Config;
  readonly resources: ResourceRegistry;
  /** Puts the pane of a resource on top, narrowed to what a link leads to. */
  openResource(resource: AnyResource, connection: UiConnection, target: LinkTarget): void;
  /** Begins anew with the pane of a resource; `connection` is null for the clusters of the fleet. */
  showResource(resource: AnyResource, connection: UiConnection | null, listing?: Listing): Pane;
  /** The keys of a resource's rows; `connection` is null for the clusters of the fleet. */
  rowKeys(resource: RowResource, connection: UiConnection | null): RowKeys;
  /** Connects to clusters of the fleet and shows their first pane: of several, one table. */
  connect(clusters: readonly ClusterKey[]): void;
  /** Ends connections with all panes on them; throws where one is none, or an action runs there. */
  readonly idle: { readonly disconnect: (clusters: readonly ClusterKey[]) => void };
  /** Shows an action's dialog, and follows it. */
  act(flow: AnyFlow): void;
  /** Narrows the connection to a namespace; empty for all. */
  setNamespace(namespace: string): void;
}

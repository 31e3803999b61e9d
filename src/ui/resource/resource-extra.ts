/** What belongs to a resource's rows on one connection: what they need, and their keys. */
import type { BaseRow } from '../../domain/rows.ts';
import type { SourceStatus } from '../../domain/status.ts';
import type { TableId } from '../../domain/tables/index.ts';
import type { KeyEvent } from '../../keys/key-event.ts';
import type { Stop } from '../../ports/sink.ts';
import type { Column, LinkTarget } from '../../resources/define.ts';
import { tablesOf } from '../../resources/column.ts';
import type { CopyChoice, PaneCommand } from '../pane.ts';
import type { UiConnection } from '../session.ts';
import type { Listing } from '../table/listing.ts';
import type { TableModel } from '../table/model.ts';
import type { TableExtra } from '../table/extra.ts';
import { isTroubled, type Missing } from '../table/trouble.ts';
import type { Workspace } from '../workspace.ts';
import { untyped, type RowResource } from './row-resource.ts';
import { RowCommands } from './row-commands.ts';
import { alikeColumns } from './alike-columns.ts';
import { namespaceNote, rowsOf, scopeWord, silentColumns, type Narrowing } from './scope.ts';

export class ResourceExtra implements TableExtra<BaseRow> {
  /** Another namespace was chosen. */
  onRescope: () => void = () => undefined;
  /** Other rows are under an action. */
  onBusy: () => void = () => undefined;
  /** The server has told what the columns of the kind are, or others than before. */
  onRedefined: (def: RowResource) => void = () => undefined;
  readonly #workspace: Workspace;
  #def: RowResource;
  readonly #connection: UiConnection | null;
  #rowCommands: RowCommands;
  readonly #stops: Stop[] = [];
  #narrowing: Narrowing;
  #needed: readonly TableId[];
  #columns: readonly Column<BaseRow>[] = [];
  #release: Stop | null = null;

  constructor(
    workspace: Workspace,
    def: RowResource,
    connection: UiConnection | null,
    target: LinkTarget | null,
  ) {
    this.#workspace = workspace;
    this.#def = def;
    this.#connection = connection;
    this.#narrowing = { target, namespace: connection?.namespace ?? '' };
    this.#needed = [def.table];
    this.#rowCommands = new RowCommands(workspace, def, connection);
    if (connection) {
      this.#stops.push(
        connection.subscribe(() => this.#rescope(connection.namespace)),
        workspace.operations.subscribe(() => this.onBusy()),
        connection.store.onChange([def.table], () => this.#redefine(connection)),
      );
    }
  }

  get only(): (row: BaseRow) => boolean {
    return rowsOf(this.#def, this.#narrowing);
  }

  get scope(): string {
    return scopeWord(this.#def, this.#narrowing);
  }

  get hidden(): ReadonlySet<string> {
    const silent = silentColumns(this.#narrowing);
    const store = this.#connection?.store ?? this.#workspace.session.fleet;
    const alike = alikeColumns(this.#def.columns, () => store.rows(this.#def.table));
    return alike.length === 0 ? silent : new Set([...silent, ...alike]);
  }

  isBusy({ cluster, uid }: BaseRow): boolean {
    return this.#workspace.operations.busyOn(cluster).has(uid);
  }

  get note(): string {
    const store = this.#connection?.store;
    const { namespaces } = this.#workspace.resources;
    return store ? namespaceNote(this.#def, this.#narrowing, store, namespaces) : '';
  }

  get complete(): string {
    const store = this.#connection?.store ?? this.#workspace.session.fleet;
    return this.#needed.filter((id) => store.status(id).synced).join(' ');
  }

  get missing(): Missing | null {
    const store = this.#connection?.store;
    const others = new Set(this.#columns.flatMap(({ needs = [] }) => needs));
    others.delete(this.#def.table);
    const lacking = [...others].filter(
      (id) => store && isTroubled(store.status(id)) && store.size(id) === 0,
    );
    const [first] = lacking;
    if (!store || first === undefined) return null;
    const columns = this.#columns.filter(({ needs }) => needs?.some((id) => lacking.includes(id)));
    return { columns: columns.map(({ title }) => title), status: store.status(first) };
  }

  run(command: string, _key: KeyEvent, table: TableModel<BaseRow>): boolean {
    // A namespace is chosen for a whole list, not for the pods of one deployment.
    if (this.#narrowing.target?.only && command.startsWith('namespace.')) {
      this.#widen(table.listing);
    }
    return this.#rowCommands.run(command, table);
  }

  commands(table: TableModel<BaseRow>): readonly PaneCommand[] {
    return this.#rowCommands.list(table);
  }

  copyChoices(table: TableModel<BaseRow>): readonly CopyChoice[] {
    return this.#rowCommands.copyChoices(table);
  }

  columnsShown(columns: readonly Column<BaseRow>[]): void {
    this.#columns = columns;
    const needed = new Set<TableId>([this.#def.table]);
    for (const column of columns) for (const table of tablesOf(column)) needed.add(table);
    const list = [...needed];
    if (list.join() === this.#needed.join()) return;
    this.#needed = list;
    if (this.#release) this.#follow();
  }

  show(): void {
    this.#follow();
  }

  hide(): void {
    this.#release?.();
    this.#release = null;
  }

  /** Calls it once the pane is closed. */
  onClose(stop: Stop): void {
    this.#stops.push(stop);
  }

  close(): void {
    for (const stop of this.#stops) stop();
  }

  /** Follows what is needed now; what was followed before and still is goes on without a break. */
  #follow(): void {
    const before = this.#release;
    this.#release = this.#connection?.need(this.#needed) ?? this.#workspace.session.needClusters();
    before?.();
  }

  lacking({ needs = [] }: Column<BaseRow>): SourceStatus | null {
    const store = this.#connection?.store;
    if (!store) return null;
    for (const id of needs) {
      const status = store.status(id);
      if (id !== this.#def.table && !status.synced) return status;
    }
    return null;
  }

  /** Begins anew with all rows of the resource, listed as these were. */
  #widen(listing: Listing): void {
    const { resources } = this.#workspace;
    if (!this.#connection) return;
    const resource = resources.byId(this.#def.id, this.#connection.store);
    if (!resource) return;
    this.#workspace.showResource(resource, this.#connection, listing);
  }

  /** What discovery tells of a kind may come, and change, while its rows are listed. */
  #redefine(connection: UiConnection): void {
    const now = this.#workspace.resources.byId(this.#def.id, connection.store);
    if (now === undefined || untyped(now) === this.#def) return;
    this.#def = untyped(now);
    this.#rowCommands = new RowCommands(this.#workspace, this.#def, connection);
    this.onRedefined(this.#def);
  }

  #rescope(namespace: string): void {
    if (namespace === this.#narrowing.namespace) return;
    this.#narrowing = { ...this.#narrowing, namespace };
    this.onRescope();
  }
}

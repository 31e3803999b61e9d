/** The keys and the needs of a pane that shows several clusters: each row is its own cluster's. */
import type { Operation } from '../../actions/engine/view.ts';
import type { ClusterKey } from '../../domain/cluster-key.ts';
import { kindUidOf } from '../../domain/tables/found.ts';
import { isFoundTable } from '../../domain/tables/index.ts';
import type { BaseRow } from '../../domain/rows.ts';
import { IDLE, mergeStatus, type SourceStatus } from '../../domain/status.ts';
import type { Tone } from '../../core/styled.ts';
import type { KeyEvent } from '../../keys/key-event.ts';
import type { Stop } from '../../ports/sink.ts';
import type { Column } from '../../resources/define.ts';
import { keysOf } from '../bindings.ts';
import { MARK_TWO, openCompare, pairOf } from '../detail/compare-pane.ts';
import type { CopyChoice, PaneCommand } from '../pane.ts';
import type { UiConnection } from '../session.ts';
import type { TableExtra } from '../table/extra.ts';
import { RUNS } from '../logs/index.ts';
import type { TableModel } from '../table/model.ts';
import { isTroubled, type Missing } from '../table/trouble.ts';
import type { Runs } from '../../session/index.ts';
import type { Workspace } from '../workspace.ts';
import type { Member, PartStatus } from './cluster-part.ts';
import { rowCopies } from './copying.ts';
import { commandsTogether, startTogether, undoTogether, type ActingPart } from './joint-actions.ts';
import { noneMeant } from './none-meant.ts';
import type { ResourceExtra } from './resource-extra.ts';
import { openRowLogs, type LoggedRows } from './row-logs.ts';
import type { RowResource } from './row-resource.ts';

/** A cluster that is connected to, and what belongs to its rows. */
export interface ConnectedPart {
  readonly name: string;
  readonly connection: UiConnection;
  readonly extra: ResourceExtra;
}

/** What it is made of. */
export interface MergedExtraOptions {
  readonly workspace: Workspace;
  readonly def: RowResource;
  readonly members: readonly Member[];
  readonly parts: readonly [ConnectedPart, ...ConnectedPart[]];
  /** What the clusters' names have. */
  readonly tones: ReadonlyMap<ClusterKey, Tone>;
}

type Table = TableModel<BaseRow>;

export class MergedExtra implements TableExtra<BaseRow> {
  /** What is shown: its columns are those of the pane. */
  def: RowResource;
  readonly #workspace: Workspace;
  readonly #members: readonly Member[];
  readonly #parts: ReadonlyMap<ClusterKey, ConnectedPart>;
  readonly #first: ConnectedPart;
  readonly #tones: ReadonlyMap<ClusterKey, Tone>;
  #stops: readonly Stop[] = [];

  constructor({ workspace, def, members, parts, tones }: MergedExtraOptions) {
    this.#workspace = workspace;
    this.def = def;
    this.#members = members;
    this.#parts = new Map(parts.map((part) => [part.connection.cluster, part]));
    [this.#first] = parts;
    this.#tones = tones;
  }

  /** How the clusters stand as one, each reason with the name of its cluster. */
  get status(): SourceStatus {
    return mergeStatus(
      this.parts.map(({ name, status }) => ({
        ...status,
        reason: status.reason === '' ? '' : `${name}: ${status.reason}`,
      })),
    );
  }

  get parts(): readonly PartStatus[] {
    return this.#members.map((member) => ({ name: member.name, status: this.#statusOf(member) }));
  }

  /** How a cluster stands that rows are of; null for none that is shown. */
  statusOf(cluster: ClusterKey): SourceStatus | null {
    return this.#parts.get(cluster)?.connection.store.status(this.def.table) ?? null;
  }

  isBusy(row: BaseRow): boolean {
    return this.#first.extra.isBusy(row);
  }

  get scope(): string {
    return this.#first.extra.scope;
  }

  get hidden(): ReadonlySet<string> {
    return this.#first.extra.hidden;
  }

  get note(): string {
    const notes = [...this.#parts.values()].map(({ name, extra }) => [name, extra.note] as const);
    return notes.flatMap(([name, note]) => (note === '' ? [] : `${name}: ${note}`)).join(', ');
  }

  get complete(): string {
    // The age of rows that are old stands beside their cluster: that takes room of its own.
    const names = [...this.#parts.values()].map(({ connection, extra }) =>
      isTroubled(connection.store.status(this.def.table))
        ? `${extra.complete} old`
        : extra.complete,
    );
    return names.join('|');
  }

  get missing(): Missing | null {
    for (const { name, connection, extra } of this.#parts.values()) {
      const { missing } = extra;
      // What has no rows lacks nothing in them: its own state says why there are none.
      if (missing === null || connection.store.size(this.def.table) === 0) continue;
      const [first = '', ...others] = missing.columns;
      return { ...missing, columns: [`${name}: ${first}`, ...others] };
    }
    return null;
  }

  lacking(column: Column<BaseRow>): SourceStatus | null {
    for (const { extra } of this.#parts.values()) {
      const status = extra.lacking(column);
      if (status !== null) return status;
    }
    return null;
  }

  run(command: string, key: KeyEvent, table: Table): boolean {
    if (command === 'undo') return this.#undo();
    if (command === 'compare') return this.#compare(table);
    const runs = RUNS.get(command);
    if (runs !== undefined) return this.#logs(table, runs);
    const [, action] = /^action:(.*)/s.exec(command) ?? [];
    const [row] = action === undefined ? [table.current] : table.targets;
    const acting = action === undefined ? [] : this.#acting(table);
    if (action !== undefined && acting.length > 1) {
      this.#start(action, acting);
      return true;
    }
    const part = row && this.#parts.get(row.cluster);
    // Without a row any cluster says that there is none; what needs no row needs one cluster.
    if (part === undefined && action !== undefined) {
      const none =
        noneMeant(table) || `no ${this.def.singular} here: it says which cluster is meant`;
      this.#workspace.flash(none, 'muted');
      return true;
    }
    return (part ?? this.#first).extra.run(command, key, table);
  }

  commands(table: Table): readonly PaneCommand[] {
    const acting = this.#acting(table);
    if (acting.length > 1) return commandsTogether(keysOf(this.def), acting);
    const [part] = acting;
    return part === undefined ? [] : (this.#parts.get(part.cluster)?.extra.commands(table) ?? []);
  }

  copyChoices(table: Table): readonly CopyChoice[] {
    return rowCopies(table.def.columns, table);
  }

  columnsShown(columns: readonly Column<BaseRow>[]): void {
    for (const { extra } of this.#parts.values()) extra.columnsShown(columns);
  }

  show(): void {
    const { table } = this.def;
    const parts = [...this.#parts.values()];
    for (const { extra } of parts) extra.show();
    if (!isFoundTable(table)) return;
    // A cluster that was just connected to has yet to tell that it has such a kind.
    this.#stops = parts.flatMap(({ connection, extra }) => [
      connection.need(['kinds']),
      connection.store.onChange(['kinds'], () => {
        if (connection.store.status(table).state !== 'idle') return;
        extra.hide();
        extra.show();
      }),
    ]);
  }

  hide(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
    for (const { extra } of this.#parts.values()) extra.hide();
  }

  close(): void {
    for (const { extra } of this.#parts.values()) extra.close();
  }

  #statusOf({ connection, refusal }: Member): SourceStatus {
    if (connection === null) return { ...IDLE, state: 'absent', reason: refusal };
    const { store } = connection;
    const { table, id } = this.def;
    const isUnknown =
      isFoundTable(table) &&
      store.status('kinds').synced &&
      store.get('kinds', kindUidOf(table)) === undefined;
    return isUnknown
      ? { ...IDLE, state: 'absent', reason: `it has no ${id}` }
      : store.status(table);
  }

  /** The clusters that the rows are of that are meant, each with its own. */
  #acting({ targets }: Table): readonly ActingPart[] {
    const resource = keysOf(this.def);
    const { table } = this.def;
    return [...Map.groupBy(targets, ({ cluster }) => cluster)].flatMap(([cluster, rows]) => {
      const part = this.#parts.get(cluster);
      if (part === undefined) return [];
      const { name, connection } = part;
      const tone = this.#tones.get(cluster) ?? 'strong';
      const own = rows.map((row) => ({ resource, table, row }));
      return [{ cluster, name, tone, actions: connection.actions, targets: own }];
    });
  }

  /** The marked two, also of two clusters; of one row that is called the same in both, these. */
  #compare({ marks, targets, current }: Table): boolean {
    const meant = marks.size > 0 ? targets : this.#everywhere(current);
    const two = pairOf(meant, ({ cluster }) => {
      const part = this.#parts.get(cluster);
      return part ? { connection: part.connection, title: part.name } : null;
    });
    if (two === null) this.#workspace.flash(MARK_TWO, 'muted');
    else this.#workspace.open(openCompare(this.#workspace, this.def, two));
    return true;
  }

  /** The rows of all clusters that have the namespace and name of this one. */
  #everywhere(row: BaseRow | undefined): readonly BaseRow[] {
    if (row === undefined) return [];
    return this.#members.flatMap((member) => this.#namesakes(member, [row]) ?? []);
  }

  /** Of the marked rows; where none is marked, of all that are called as the current one. */
  #logs(table: Table, runs: Runs): boolean {
    const { marked, targets } = table;
    const isMarked = marked.listed > 0;
    const parts = this.#members.map((member): LoggedRows => {
      const cluster = member.connection?.cluster ?? member.cluster;
      const tone = this.#tones.get(cluster) ?? 'strong';
      const own = targets.filter((row) => row.cluster === cluster);
      const rows = own.length > 0 || isMarked ? own : this.#namesakes(member, targets);
      return { member, tone, rows };
    });
    const asked = parts.filter(({ rows }) => rows === null || rows.length > 0);
    openRowLogs({ workspace: this.#workspace, def: this.def, table, parts: asked, runs });
    return true;
  }

  /** What a cluster has of the same namespace and name; null: that is not known yet. */
  #namesakes({ connection }: Member, [row]: readonly BaseRow[]): readonly BaseRow[] | null {
    const { table } = this.def;
    if (row === undefined) return [];
    if (!connection?.store.status(table).synced) return null;
    return [connection.store.named(table, row.namespace, row.name) ?? []].flat();
  }

  #start(action: string, acting: readonly ActingPart[]): void {
    const { operations } = this.#workspace;
    const flow = startTogether(action, keysOf(this.def), acting, operations);
    if (typeof flow === 'string') this.#workspace.flash(flow, 'warn');
    else this.#workspace.act(flow);
  }

  /** Takes back what was done last on any of the clusters; on all that it was done on together. */
  #undo(): boolean {
    const { operations, session } = this.#workspace;
    const last = operations.all.findLast(({ undo, cluster }) => undo && this.#parts.has(cluster));
    const connectionOn = (cluster: ClusterKey): UiConnection | undefined =>
      [...session.connections].find((each) => each.cluster === cluster);
    const partOf = ({ cluster, where, together }: Operation) => {
      const connection = connectionOn(cluster);
      const name = this.#parts.get(cluster)?.name ?? together?.name ?? where;
      const tone = this.#tones.get(cluster) ?? 'strong';
      return { cluster, name, tone, actions: connection?.actions ?? null };
    };
    const flow =
      last === undefined
        ? 'there is nothing to take back on these clusters'
        : (undoTogether(last, partOf, operations) ??
          connectionOn(last.cluster)?.actions.undo() ??
          'not connected: there is nothing to take back');
    if (typeof flow === 'string') this.#workspace.flash(flow, 'muted');
    else this.#workspace.act(flow);
    return true;
  }
}

/** The parts of a row: what enter opens on a row that has some. */
import type { ActionTarget } from '../../actions/engine/define.ts';
import { kubectlName } from '../../domain/ref.ts';
import type { BaseRow } from '../../domain/rows.ts';
import type { KeyEvent } from '../../keys/key-event.ts';
import type { PartsDef } from '../../resources/enter.ts';
import { actionCommands } from '../action-commands.ts';
import { paneLayer } from '../bindings.ts';
import { openWhy } from '../detail/why-pane.ts';
import { insteadLine } from '../kubectl-line.ts';
import { LOGGED, openLogs, RUNS } from '../logs/index.ts';
import type { CopyChoice, Pane, PaneCommand } from '../pane.ts';
import type { UiConnection } from '../session.ts';
import type { TableModel } from '../table/model.ts';
import type { TableExtra } from '../table/extra.ts';
import { TablePane } from '../table/table-pane.ts';
import { podLogs, type Runs } from '../../session/index.ts';
import type { Workspace } from '../workspace.ts';
import { alone } from './cluster-part.ts';
import { rowCopies } from './copying.ts';
import { PartsView } from './parts-view.ts';
import { noneMeant } from './none-meant.ts';
import type { RowResource } from './row-resource.ts';
import { unavailableOnParts } from './unavailable.ts';
import { WholeRow } from './whole.ts';
import { openWholeText } from './whole-text.ts';

/** What the pane is of. */
export interface PartsOptions {
  readonly workspace: Workspace;
  readonly connection: UiConnection;
  readonly def: RowResource;
  readonly parts: PartsDef<BaseRow>;
  readonly row: BaseRow;
}

type Table = TableModel<BaseRow>;

const NOTHING: ReadonlySet<string> = new Set();

/** Opens the parts of a row. */
export function openParts(options: PartsOptions): Pane {
  const { workspace, connection, def, parts, row } = options;
  const { needs, ofObject = false } = parts;
  const whole = new WholeRow({ connection, def, uid: row.uid, needs, ofObject });
  return new TablePane<BaseRow>({
    host: workspace,
    def: parts,
    layers: [paneLayer(parts.id), 'table'],
    crumb: row.name,
    connection,
    open: (spec) => new PartsView(parts, whole, spec),
    unavailable: unavailableOnParts(def, parts),
    extra: new PartsExtra(options, whole),
  });
}

class PartsExtra implements TableExtra<BaseRow> {
  readonly isBusy = (): boolean => false;
  readonly hidden = NOTHING;
  readonly note = '';
  readonly missing = null;
  readonly complete = '';
  readonly scope: string;
  readonly #options: PartsOptions;
  readonly #whole: WholeRow;
  #release: (() => void) | null = null;

  constructor(options: PartsOptions, whole: WholeRow) {
    this.#options = options;
    this.#whole = whole;
    this.scope = options.row.name;
  }

  run(command: string, _key: KeyEvent, table: Table): boolean {
    const { workspace, def, parts, connection } = this.#options;
    const part = table.current;
    const runs = RUNS.get(command);
    if (runs !== undefined) {
      if (part && parts.enter.is === 'logs') this.#logs(part, runs);
      return true;
    }
    switch (command) {
      case 'enter':
        if (part) this.#enter(part);
        return true;
      case 'describe':
      case 'yaml':
        workspace.flash(
          `a ${parts.singular} is described with its ${def.singular}: esc, then d or y`,
          'muted',
        );
        return true;
      case 'why':
        // A part has no cause that is not one of the whole.
        workspace.open(
          openWhy(workspace, def, connection, { row: this.#whole.row ?? this.#options.row }),
        );
        return true;
      case 'refresh':
        this.#whole.refresh();
        // The program asks for the tables again.
        return false;
      case 'copy.namespace':
        if (part) workspace.copy(part.namespace, 'namespace');
        return true;
      default:
        return this.#act(command, table) || (part !== undefined && this.#instead(command));
    }
  }

  commands(table: Table): readonly PaneCommand[] {
    const { connection, parts } = this.#options;
    return actionCommands(connection.actions, parts.id, this.#targets(table));
  }

  copyChoices(table: Table): readonly CopyChoice[] {
    return rowCopies(this.#options.parts.columns, table);
  }

  lacking() {
    return null;
  }

  columnsShown(): void {
    // All that the columns need is followed while the pane is shown.
  }

  show(): void {
    this.#release ??= this.#whole.start();
  }

  hide(): void {
    this.#release?.();
    this.#release = null;
  }

  close(): void {
    this.hide();
  }

  /** An action on the row, which is told the part. False: not the command of one. */
  #act(command: string, table: Table): boolean {
    const [, id] = /^action:(.*)$/s.exec(command) ?? [];
    if (id === undefined) return false;
    const { workspace, connection } = this.#options;
    const none = noneMeant(table);
    if (none !== '') workspace.flash(none, 'warn');
    else workspace.act(connection.actions.start(id, this.#targets(table)));
    return true;
  }

  #targets(table: Table): readonly ActionTarget[] {
    const { row } = this.#whole;
    if (row === undefined) return [];
    const { def, parts } = this.#options;
    return table.targets.map(({ name }) => ({
      resource: parts.id,
      table: def.table,
      row,
      part: name,
    }));
  }

  /** The row is what kubectl knows. */
  #instead(command: string): boolean {
    const [, line] = /^instead:(.*)$/s.exec(command) ?? [];
    const { workspace, connection, def, row } = this.#options;
    const ref = def.ref?.(row);
    if (line === undefined || !ref) return false;
    const values = { name: row.name, object: kubectlName(ref) };
    workspace.flash(insteadLine(connection, line, row.namespace, values));
    return true;
  }

  #enter(part: BaseRow): void {
    const { workspace: host, connection, def, parts, row } = this.#options;
    const { enter } = parts;
    if (enter.is === 'logs') {
      this.#logs(part, 'current');
      return;
    }
    const subject = `${row.name}/${part.name}`;
    const text = enter.text.bind(null, part);
    host.open(openWholeText({ host, connection, def, row, subject, text }));
  }

  #logs(part: BaseRow, runs: Runs): void {
    const { workspace, connection, def, row } = this.#options;
    const pods = def.pods?.(row, connection.store);
    if (!pods) return;
    const { member, tone } = alone(connection);
    const { cluster, store: query, kube } = connection;
    const logs = podLogs({ cluster, query, kube, tables: [], meant: () => pods });
    const members = [{ ...member, tone, part: logs, needs: [LOGGED] }] as const;
    const target = { title: `${row.name}/${part.name}`, container: part.name, runs };
    workspace.open(openLogs(workspace, { ...target, members }, workspace.config.logs));
  }
}

/** The containers of a pod: what enter on a pod opens. */
import type { ActionTarget } from '../../actions/engine/define.ts';
import {
  containerColumns,
  containerHealth,
  type ContainerRow,
} from '../../resources/containers.ts';
import { actionCommands } from '../action-commands.ts';
import { paneLayer } from '../bindings.ts';
import { insteadLine } from '../kubectl-line.ts';
import { openLogs } from '../logs/index.ts';
import type { CopyChoice, Pane, PaneCommand } from '../pane.ts';
import type { UiConnection } from '../session.ts';
import type { TableDef } from '../table/def.ts';
import type { TableModel } from '../table/model.ts';
import { TablePane, type TableExtra } from '../table/table-pane.ts';
import type { Workspace } from '../workspace.ts';
import { ContainersView } from './containers-view.ts';

const DEF: TableDef<ContainerRow> = {
  id: 'containers',
  title: 'Containers',
  singular: 'container',
  columns: containerColumns,
  // As the pod declares them: init containers first.
  sort: { column: '', descending: false },
  health: containerHealth,
  empty: 'the pod is gone',
};

/** A container is described with its pod. */
const SENSELESS: ReadonlySet<string> = new Set(['describe', 'yaml', 'warp']);

const NOTHING: ReadonlySet<string> = new Set();

/** Opens the containers of the pod with that uid. */
export function openContainers(
  workspace: Workspace,
  connection: UiConnection,
  podUid: string,
): Pane {
  const name = connection.store.get('pods', podUid)?.name ?? '';
  return new TablePane<ContainerRow>({
    host: workspace,
    def: DEF,
    layers: [paneLayer(DEF.id), 'table'],
    crumb: name,
    connection,
    open: (spec) => new ContainersView(connection.store, podUid, spec),
    unavailable: SENSELESS,
    extra: new ContainersExtra(workspace, connection, podUid, name),
  });
}

class ContainersExtra implements TableExtra<ContainerRow> {
  readonly busy = NOTHING;
  readonly hidden = NOTHING;
  readonly note = '';
  readonly missing = null;
  readonly settled = '';
  readonly scope: string;
  readonly #workspace: Workspace;
  readonly #connection: UiConnection;
  readonly #podUid: string;
  #release: (() => void) | null = null;

  constructor(workspace: Workspace, connection: UiConnection, podUid: string, scope: string) {
    this.#workspace = workspace;
    this.#connection = connection;
    this.#podUid = podUid;
    this.scope = scope;
  }

  run(command: string, _key: unknown, table: TableModel<ContainerRow>): boolean {
    const row = table.current;
    switch (command) {
      case 'enter':
      case 'logs':
      case 'logs.previous':
        if (row) this.#logs(row, command === 'logs.previous');
        return true;
      case 'describe':
      case 'yaml':
        this.#workspace.flash('a container is described with its pod: esc, then d or y', 'muted');
        return true;
      case 'copy.namespace':
        if (row) this.#workspace.copy(row.namespace, 'namespace');
        return true;
      default:
        return this.#act(command, table) || (row !== undefined && this.#instead(row, command));
    }
  }

  /** An action on the pod, which is told the container. False: not the command of one. */
  #act(command: string, table: TableModel<ContainerRow>): boolean {
    const [, id] = /^action:(.*)$/s.exec(command) ?? [];
    if (id === undefined) return false;
    const { actions } = this.#connection;
    this.#workspace.act(actions.start(id, this.#targets(table)));
    return true;
  }

  #targets(table: TableModel<ContainerRow>): readonly ActionTarget[] {
    const row = this.#connection.store.get('pods', this.#podUid);
    if (row === undefined) return [];
    return table.targets.map(({ name }) => ({ resource: DEF.id, table: 'pods', row, part: name }));
  }

  #instead(row: ContainerRow, command: string): boolean {
    const [, line] = /^instead:(.*)$/s.exec(command) ?? [];
    if (line === undefined) return false;
    const values = { name: row.name, pod: row.pod, object: `pod/${row.pod}` };
    this.#workspace.flash(insteadLine(this.#connection, line, row.namespace, values));
    return true;
  }

  commands(table: TableModel<ContainerRow>): readonly PaneCommand[] {
    return actionCommands(this.#connection.actions, DEF.id, this.#targets(table));
  }

  copyChoices(table: TableModel<ContainerRow>): readonly CopyChoice[] {
    const { targets } = table;
    if (targets.length === 0) return [];
    return [
      { label: 'name', text: targets.map(({ name }) => name).join('\n') },
      { label: 'image', text: targets.map(({ image }) => image).join('\n') },
    ];
  }

  lacking() {
    return null;
  }

  columnsShown(): void {
    // All that the columns need is followed while the pane is shown.
  }

  show(): void {
    this.#release ??= this.#connection.need(['pods', 'podusage']);
  }

  hide(): void {
    this.#release?.();
    this.#release = null;
  }

  close(): void {
    this.hide();
  }

  #logs(row: ContainerRow, previous: boolean): void {
    const target = {
      title: `${row.pod}/${row.name}`,
      pods: (pod: { readonly uid: string }) => pod.uid === this.#podUid,
      container: row.name,
      previous,
    };
    const settings = this.#workspace.config.logs;
    this.#workspace.open(openLogs(this.#workspace, this.#connection, target, settings));
  }
}

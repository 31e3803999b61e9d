/** What the keys of a row do: open what it leads to, describe it, copy it, act on it. */
import type { ActionTarget } from '../../actions/engine/define.ts';
import type { ActionRunner } from '../../actions/engine/view.ts';
import type { BaseRow, PodRow } from '../../domain/rows.ts';
import { reasonOf } from '../../core/words.ts';
import type { Link } from '../../resources/define.ts';
import { actionCommands } from '../action-commands.ts';
import { keysOf } from '../bindings.ts';
import { openCharts } from '../charts/index.ts';
import { LOGGED } from '../logs/index.ts';
import { MARK_TWO, openCompare, pairOf } from '../detail/compare-pane.ts';
import { openDescribe } from '../detail/describe-pane.ts';
import { openWhy } from '../detail/why-pane.ts';
import { openYaml } from '../detail/yaml-pane.ts';
import { insteadLine } from '../kubectl-line.ts';
import type { CopyChoice, PaneCommand } from '../pane.ts';
import type { UiConnection } from '../session.ts';
import type { ConnectionCore, Runs } from '../../session/index.ts';
import type { Workspace } from '../workspace.ts';
import { alone } from './cluster-part.ts';
import { rowCopies } from './copying.ts';
import { noneMeant } from './none-meant.ts';
import { openParts } from './parts-pane.ts';
import { openWholeText } from './whole-text.ts';
import { openKeptLogs } from './kept-logs.ts';
import type { RowKeys, RowsMeant } from './row-keys.ts';
import { openRowLogs, siblingsOf } from './row-logs.ts';
import type { RowResource } from './row-resource.ts';
import { targetsOf } from './row-targets.ts';

export class RowCommands implements RowKeys {
  readonly #workspace: Workspace;
  readonly #def: RowResource;
  readonly #connection: UiConnection | null;

  constructor(workspace: Workspace, def: RowResource, connection: UiConnection | null) {
    this.#workspace = workspace;
    this.#def = def;
    this.#connection = connection;
  }

  run(command: string, table: RowsMeant): boolean {
    const [verb = '', argument = ''] = command.split(/:(.*)/s);
    const onRow = this.#verbs[verb];
    if (command === 'undo' && !this.#connection) {
      this.#undo(table);
      return true;
    }
    if (!onRow) return false;
    const row = table.current;
    const none = verb === 'action' ? noneMeant(table) : '';
    if (verb === 'action' && this.#isAnywhere(argument, table)) this.#act(argument, table);
    else if (none !== '') this.#workspace.flash(none, 'warn');
    else if (!row) this.#workspace.flash(`no ${this.#def.singular} here`, 'muted');
    else onRow(row, argument, table);
    return true;
  }

  list(table: RowsMeant): readonly PaneCommand[] {
    const targets = this.#targets(table);
    if (typeof targets === 'string') return [];
    const resource = targets[0]?.resource ?? keysOf(this.#def);
    const offered = actionCommands(this.#actions(table), resource, targets);
    const { objectActions } = this.#def;
    if (!objectActions) return offered;
    return offered.filter(({ id }) =>
      objectActions.actions.some((each) => id === `action:${each}`),
    );
  }

  copyChoices(table: RowsMeant): readonly CopyChoice[] {
    return rowCopies(this.#def.columns, table);
  }

  readonly #verbs: Readonly<
    Record<string, (row: BaseRow, argument: string, table: RowsMeant) => void>
  > = {
    enter: (row, _argument, table) => this.#enter(row, table),
    link: (row, key) => this.#follow(row, this.#def.links?.[key]),
    describe: (row) =>
      this.#workspace.open(openDescribe(this.#workspace, this.#def, this.#connection, row)),
    compare: (_row, _argument, table) => this.#compareRows(table),
    why: (row) => this.#why(row),
    yaml: (row) => this.#yaml(row),
    logs: (row, _argument, table) => {
      if (this.#def.pods || !this.#def.kept) this.#logs(table, 'current');
      else this.#kept(row);
    },
    'logs.previous': (_row, _argument, table) => this.#logs(table, 'previous'),
    'logs.history': (_row, _argument, table) => this.#logs(table, 'all'),
    'logs.compare': (_row, _argument, table) => this.#compare(table),
    'logs.kept': (row) => this.#kept(row),
    charts: (row) => this.#charts(row),
    disconnect: (row, _argument, table) => this.#disconnect(row, table),
    'namespace.row': (row) => this.#goToNamespace(row),
    'copy.namespace': (row) => {
      if (row.namespace === '') this.#workspace.flash(`a ${this.#def.singular} has no namespace`);
      else this.#workspace.copy(row.namespace, 'namespace');
    },
    action: (_row, id, table) => this.#act(id, table),
    instead: (row, command) => this.#instead(row, command),
  };

  #enter(row: BaseRow, { marks, targets }: RowsMeant): void {
    const host = this.#workspace;
    const connection = this.#connection;
    const { enter } = this.#def;
    const of = connection && { connection, def: this.#def, row };
    if (enter?.is === 'connect') {
      host.connect((marks.size > 1 ? targets : [row]).map(({ cluster }) => cluster));
    } else if (enter?.is === 'parts' && of) {
      host.open(openParts({ workspace: host, parts: enter.parts, ...of }));
    } else if (enter?.is === 'text' && of) {
      host.open(openWholeText({ host, subject: row.name, text: enter.text, ...of }));
    } else this.#follow(row, enter?.is === 'link' ? enter : undefined);
  }

  #disconnect(row: BaseRow, { marks, targets }: RowsMeant): void {
    const rows = marks.size > 1 ? targets : [row];
    try {
      this.#workspace.idle.disconnect(rows.map(({ cluster }) => cluster));
    } catch (error) {
      this.#workspace.flash(reasonOf(error), 'warn');
    }
  }

  #follow(row: BaseRow, link: Link<BaseRow> | undefined): void {
    const workspace = this.#workspace;
    const connection = this.#connection;
    if (!link || !connection) {
      workspace.flash(
        `${this.#def.singular} ${row.name}: d describes it, nothing to open`,
        'muted',
      );
      return;
    }
    const target = link.target(row, connection.store);
    if ('none' in target) {
      workspace.flash(target.none, 'muted');
      return;
    }
    const meant = workspace.resources.resolve(target.to ?? link.to, connection.store);
    // What belongs to an object lives where it lives; what an object only names may be anywhere.
    const within = target.only && row.namespace !== '' ? { namespace: row.namespace } : {};
    if (meant.found === 'one') {
      workspace.openResource(meant.resource, connection, { ...target, ...within });
    } else workspace.flash(`${target.label} is of a kind that this cluster does not have`, 'muted');
  }

  #compareRows({ targets, marks }: RowsMeant): void {
    const connection = this.#connection;
    const title = connection?.title ?? '';
    const two = marks.size > 0 ? pairOf(targets, () => ({ connection, title })) : null;
    if (two === null) this.#workspace.flash(MARK_TWO, 'muted');
    else this.#workspace.open(openCompare(this.#workspace, this.#def, two));
  }

  #why(row: BaseRow): void {
    if (this.#connection && this.#def.why) {
      this.#workspace.open(openWhy(this.#workspace, this.#def, this.#connection, { row }));
    } else {
      this.#workspace.flash(`of a ${this.#def.singular} d tells all that is known`, 'muted');
    }
  }

  #yaml(row: BaseRow): void {
    const ref = this.#def.ref?.(row);
    if (ref && this.#connection) {
      this.#workspace.open(
        openYaml(this.#workspace, this.#connection, ref, {
          resource: keysOf(this.#def),
          table: this.#def.table,
          uid: row.uid,
        }),
      );
    } else {
      this.#workspace.flash(`a ${this.#def.singular} has no YAML: d describes it`, 'muted');
    }
  }

  /** Pods with each other: those that are meant, or one with others of its owner; else with its run before. */
  #compare(table: RowsMeant): void {
    const [only, another] = table.targets;
    const pod = another || !only || this.#def.table !== LOGGED ? undefined : this.#podOf(only);
    const siblings = pod && this.#connection ? siblingsOf(pod, this.#connection.store) : [];
    if (siblings.length > 1) this.#logs(table, 'current', { compares: true, rows: siblings });
    else this.#logs(table, pod ? 'all' : 'current', { compares: true });
  }

  #podOf({ uid }: BaseRow): PodRow | undefined {
    return this.#connection?.store.get(LOGGED, uid);
  }

  #logs(
    table: RowsMeant,
    runs: Runs,
    {
      compares = false,
      rows = table.targets,
    }: { compares?: boolean; rows?: readonly BaseRow[] } = {},
  ): void {
    const connection = this.#connection;
    const parts = connection ? [{ ...alone(connection), rows }] : [];
    const [workspace, def] = [this.#workspace, this.#def];
    openRowLogs({ workspace, def, table, parts, runs, compares });
  }

  #kept(row: BaseRow): void {
    const core = this.#askedAbout(row);
    openKeptLogs({ workspace: this.#workspace, def: this.#def, row, core });
  }

  #charts(row: BaseRow): void {
    const [workspace, def, connection] = [this.#workspace, this.#def, this.#connection];
    openCharts({ workspace, def, row, connection, core: this.#askedAbout(row) });
  }

  /** By what AWS is asked about a row: what it is connected to, or its cluster of the fleet. */
  #askedAbout(row: BaseRow): ConnectionCore | null {
    return this.#connection ?? this.#workspace.session.actorOn(row.cluster)?.core ?? null;
  }

  #instead(row: BaseRow, command: string): void {
    const kind = this.#def.ref?.(row).kind.toLowerCase();
    if (kind === undefined) return;
    const values = { name: row.name, object: `${kind}/${row.name}` };
    this.#workspace.flash(insteadLine(this.#connection, command, row.namespace, values));
  }

  #goToNamespace(row: BaseRow): void {
    if (row.namespace === '') this.#workspace.flash(`a ${this.#def.singular} has no namespace`);
    else this.#workspace.setNamespace(row.namespace);
  }

  /** Whether an action needs no row. */
  #isAnywhere(id: string, table: RowsMeant): boolean {
    const actions = this.#actions(table)?.available(keysOf(this.#def), []) ?? [];
    return actions.some(({ action }) => action.id === id && action.anywhere === true);
  }

  #act(id: string, table: RowsMeant): void {
    const actions = this.#actions(table);
    const targets = this.#targets(table);
    if (typeof targets === 'string') this.#workspace.flash(targets, 'warn');
    else if (actions) this.#workspace.act(actions.start(id, targets));
  }

  /** What acts on the rows: of the connection, or of the one cluster that a row stands for. */
  #actions(table: RowsMeant): ActionRunner | null {
    if (this.#connection) return this.#connection.actions;
    const [row] = table.targets;
    return (row && this.#workspace.session.actorOn(row.cluster)?.actions) ?? null;
  }

  /** Takes back the last action on the cluster of a row. */
  #undo(table: RowsMeant): void {
    const flow = this.#actions(table)?.undo() ?? 'there is nothing to take back';
    if (typeof flow === 'string') this.#workspace.flash(flow, 'muted');
    else this.#workspace.act(flow);
  }

  #targets({ targets }: RowsMeant): readonly ActionTarget[] | string {
    const { resources } = this.#workspace;
    return targetsOf(targets, { def: this.#def, resources, connection: this.#connection });
  }
}

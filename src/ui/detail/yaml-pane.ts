/** YAML of an object, as the API server has it now. */
import type { ObjectRef } from '../../domain/ref.ts';
import { kubectlName } from '../../domain/ref.ts';
import type { TableId } from '../../domain/tables/index.ts';
import type { KubeError, KubeObject } from '../../ports/kube.ts';
import type { Stop } from '../../ports/sink.ts';
import { time } from '../../resources/cells.ts';
import type { Pane } from '../pane.ts';
import type { UiConnection } from '../session.ts';
import { TextPane, type TextSink, type TextSource } from '../text/text-pane.ts';
import type { Workspace } from '../workspace.ts';
import { Reveal } from './reveal.ts';
import { spin } from './spinner.ts';
import { yamlLines } from './yaml-text.ts';

/** Opens the YAML of the object behind a row of a table. */
export function openYaml(
  host: Workspace,
  connection: UiConnection,
  ref: ObjectRef,
  row: { readonly resource: string; readonly table: TableId; readonly uid: string },
): Pane {
  const { store } = connection;
  const goneAt = () => store.get(row.table, row.uid)?.gone ?? 0;
  return new TextPane({
    host,
    title: 'YAML',
    subject: kubectlName(ref),
    crumb: 'yaml',
    connection,
    layers: ['yaml', 'masked'],
    file: `${ref.kind.toLowerCase()}-${ref.name}.yaml`,
    source: new YamlSource({
      host,
      connection,
      ref,
      row,
      goneAt,
      onChange: (listener) => store.onChange([row.table], listener),
    }),
  });
}

interface YamlOptions {
  readonly host: Workspace;
  readonly connection: UiConnection;
  readonly ref: ObjectRef;
  readonly row: { readonly resource: string; readonly table: TableId; readonly uid: string };
  /** When the object left (ms), 0 while it is there. Another one may have its name by now. */
  readonly goneAt: () => number;
  readonly onChange: (listener: () => void) => Stop;
}

class YamlSource implements TextSource {
  readonly #options: YamlOptions;
  #object: KubeObject | null = null;
  readonly #reveal: Reveal;
  #managedFields = false;
  #sink: TextSink | null = null;
  #refetch: () => void = () => undefined;

  constructor(options: YamlOptions) {
    this.#options = options;
    this.#reveal = new Reveal(options.host);
  }

  start(sink: TextSink): Stop {
    const abort = new AbortController();
    this.#sink = sink;
    this.#reveal.hide();
    this.#refetch = () => void this.#fetch(sink, abort.signal);
    const stopChanges = this.#options.onChange(() => this.#tellGone(sink));
    this.#refetch();
    return () => {
      stopChanges();
      abort.abort();
    };
  }

  run(command: string): boolean {
    switch (command) {
      case 'managedFields':
        this.#managedFields = !this.#managedFields;
        this.#show();
        return true;
      case 'reveal':
        this.#reveal.toggle();
        this.#show();
        return true;
      case 'refresh':
        this.#refetch();
        return true;
      case 'action:edit':
        this.#edit();
        return true;
      default:
        return false;
    }
  }

  /** Edits what is shown; how it is after is shown then. */
  #edit(): void {
    const { host, connection, row } = this.#options;
    const { resource, table, uid } = row;
    const now = connection.store.get(table, uid);
    if (now === undefined) return;
    const values: Record<string, string> = this.#managedFields ? { managedFields: 'yes' } : {};
    const flow = connection.actions.start('edit', [{ resource, table, row: now }], values);
    flow.subscribe(() => {
      if (flow.state.stage === 'ended') this.#refetch();
    });
    host.act(flow);
  }

  async #fetch(sink: TextSink, signal: AbortSignal): Promise<void> {
    if (this.#tellGone(sink)) return;
    const { host, connection, ref } = this.#options;
    const { kind, name } = ref;
    if (this.#object === null) sink.notice([[[`fetching ${kind} ${name}…`, 'muted']]]);
    const stopSpinner = spin(host.clock, 'fetching… esc leaves', (cell) => sink.badge(cell));
    try {
      this.#object = await connection.kube.get(ref, signal);
      stopSpinner();
      this.#show();
    } catch (error) {
      stopSpinner();
      if (signal.aborted) return;
      const { message, hint = '' } = error as Error & Partial<KubeError>;
      const advice = hint === '' ? 'ctrl-r tries again' : `${hint} · ctrl-r tries again`;
      if (this.#object !== null) sink.badge([[message, 'warn']]);
      else sink.notice([[[message, 'bad']], [[advice, 'muted']]]);
    }
  }

  /** Says since when the object is gone; false while it is there. */
  #tellGone(sink: TextSink): boolean {
    const { connection, ref, goneAt } = this.#options;
    const at = goneAt();
    if (at === 0) return false;
    const ctx = { now: connection.store.now(), time: 'utc' } as const;
    const left = `left the API at ${time(at, ctx)} UTC`;
    if (this.#object === null) {
      sink.notice([
        [[`${kubectlName(ref)} ${left}, and its YAML with it`, 'gone']],
        [['d on its row shows its last state as it was seen, and its events', 'muted']],
      ]);
    } else sink.badge([[left, 'gone']]);
    return true;
  }

  #show(): void {
    const object = this.#object;
    if (object === null || this.#sink === null) return;
    const managedFields = this.#managedFields;
    this.#reveal.put(this.#sink, (reveal) => yamlLines(object, { managedFields, reveal }));
  }
}

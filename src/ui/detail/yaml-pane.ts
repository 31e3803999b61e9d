/** YAML of an object, as the API server has it now. */
import type { ObjectRef } from '../../domain/ref.ts';
import { kubectlName } from '../../domain/ref.ts';
import type { KubeError, KubeObject } from '../../ports/kube.ts';
import type { Stop } from '../../ports/sink.ts';
import type { Pane, PaneHost } from '../pane.ts';
import type { UiConnection } from '../session.ts';
import { TextPane, type TextSink, type TextSource } from '../text/text-pane.ts';
import { spin } from './spinner.ts';
import { yamlLines } from './yaml-text.ts';

/** Opens the YAML of an object. */
export function openYaml(host: PaneHost, connection: UiConnection, ref: ObjectRef): Pane {
  return new TextPane({
    host,
    title: 'YAML',
    subject: kubectlName(ref),
    crumb: 'yaml',
    connection,
    layers: ['yaml'],
    file: `${ref.kind.toLowerCase()}-${ref.name}.yaml`,
    source: new YamlSource(host, connection, ref),
  });
}

class YamlSource implements TextSource {
  readonly #host: PaneHost;
  readonly #connection: UiConnection;
  readonly #ref: ObjectRef;
  #object: KubeObject | null = null;
  #managedFields = false;
  #sink: TextSink | null = null;
  #refetch: () => void = () => undefined;

  constructor(host: PaneHost, connection: UiConnection, ref: ObjectRef) {
    this.#host = host;
    this.#connection = connection;
    this.#ref = ref;
  }

  start(sink: TextSink): Stop {
    const abort = new AbortController();
    this.#sink = sink;
    this.#refetch = () => void this.#fetch(sink, abort.signal);
    this.#refetch();
    return () => abort.abort();
  }

  run(command: string): boolean {
    switch (command) {
      case 'managedFields':
        this.#managedFields = !this.#managedFields;
        this.#show();
        return true;
      case 'refresh':
        this.#refetch();
        return true;
      default:
        return false;
    }
  }

  async #fetch(sink: TextSink, signal: AbortSignal): Promise<void> {
    const { kind, name } = this.#ref;
    if (this.#object === null) sink.notice([[[`fetching ${kind} ${name}…`, 'muted']]]);
    const stopSpinner = spin(this.#host.clock, 'fetching… esc leaves', (cell) => sink.badge(cell));
    try {
      this.#object = await this.#connection.kube.get(this.#ref, signal);
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

  #show(): void {
    if (this.#object !== null) this.#sink?.text(yamlLines(this.#object, this.#managedFields));
  }
}

import type { ActionRunner } from '../../../src/actions/engine/view.ts';
import type { PodRow } from '../../../src/domain/rows.ts';
import type { KubePort, ProcessOptions, ProcessSink } from '../../../src/ports/kube.ts';
import { ActionBench, settle } from './bench.ts';

/** A bench with a terminal and a process: what is typed reaches it, what it writes is seen. */
export class Desk {
  readonly bench = new ActionBench();
  seen = '';
  readonly got: string[] = [];
  readonly sizes: (readonly [number, number])[] = [];
  /** How each process was asked for. */
  readonly joined: Omit<ProcessOptions, 'command'>[] = [];
  sink: ProcessSink | null = null;
  stopped = false;
  /** How far the process is held back. */
  readonly flow: ('hold' | 'go')[] = [];
  /** Has the terminal take what was written; null: it takes all at once. */
  takes: (() => void)[] | null = null;
  type: (text: string) => void = () => undefined;
  resized: () => void = () => undefined;

  constructor() {
    this.bench.lend = (run) =>
      run({
        columns: 80,
        rows: 24,
        write: (bytes, taken = () => undefined) => {
          this.seen += bytes.toString();
          if (this.takes === null) taken();
          else this.takes.push(taken);
        },
        onInput: (listener) => {
          this.type = (text) => listener(Buffer.from(text));
          return () => (this.type = () => undefined);
        },
        onResize: (listener) => {
          this.resized = listener;
          return () => undefined;
        },
      });
    const join: KubePort['attach'] = (_pod, options, sink) => {
      this.sink = sink;
      this.joined.push(options);
      return Promise.resolve({
        write: (bytes) => void this.got.push(Buffer.from(bytes).toString()),
        resize: (...size) => void this.sizes.push(size),
        written: () => Promise.resolve(),
        hold: () => void this.flow.push('hold'),
        go: () => void this.flow.push('go'),
        closeInput: () => void this.got.push('end of input'),
        stop: () => (this.stopped = true),
      });
    };
    this.bench.onExec = join;
    this.bench.onAttach = join;
  }

  /** Begins an action on a pod, or on a container of it. */
  async open(
    action: string,
    row: PodRow,
    { part, runner = this.bench.runner() }: { part?: string; runner?: ActionRunner } = {},
  ) {
    const pod = this.bench.target('pods', row);
    const target = part === undefined ? pod : { ...pod, resource: 'containers', part };
    const flow = runner.start(action, [target]);
    await settle();
    return flow;
  }
}

import { join } from 'node:path';
import { pack, extract, type Header } from 'tar-stream';
import type { FormValues } from '../../../src/actions/engine/form.ts';
import type { ActionFlow, FlowState } from '../../../src/actions/engine/view.ts';
import type { ProcessSink, RemoteProcess } from '../../../src/ports/kube.ts';
import { container, podRow } from '../../support/rows.ts';
import { ActionBench } from './bench.ts';

export const pod = podRow({
  namespace: 'shop',
  name: 'api',
  containers: [container({ name: 'web' })],
});

/** Of an archive. */
export type Entry = Partial<Header> & { readonly name: string; readonly content?: string };

/** An archive of these entries. */
export async function archive(...entries: readonly Entry[]): Promise<Buffer> {
  const packing = pack();
  for (const { content, ...header } of entries)
    if (content === undefined) packing.entry(header);
    else packing.entry(header, content);
  packing.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of packing as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** A container with a tar: files by their paths, folders end with a slash. */
export class Box {
  readonly bench = new ActionBench();
  readonly files = new Map<string, string>([['/app/', '']]);
  /** Sends something else than what there is. */
  send: ((path: string, sink: ProcessSink) => void) | null = null;
  stops = 0;

  constructor() {
    this.bench.onExec = async (_pod, { command }, sink) => {
      const input: Buffer[] = [];
      if (command[1] === 'cf') void this.#read(command[3] ?? '', sink);
      await Promise.resolve();
      const process: Partial<RemoteProcess> = {
        write: (bytes) => void input.push(Buffer.from(bytes)),
        written: () => Promise.resolve(),
        hold: () => undefined,
        go: () => undefined,
        stop: () => {
          this.stops++;
        },
        closeInput: () => this.#write(command[4] ?? '', Buffer.concat(input), sink),
      };
      return process as RemoteProcess;
    };
  }

  async #read(path: string, sink: ProcessSink): Promise<void> {
    if (this.send !== null) {
      this.send(path, sink);
      return;
    }
    const below = [...this.files].filter(
      ([each]) => each === path || each === `${path}/` || each.startsWith(`${path}/`),
    );
    if (below.length === 0) {
      sink.stderr(Buffer.from(`tar: ${path}: Cannot stat: No such file or directory\n`));
      sink.end({ code: 2, reason: 'exit 2' });
      return;
    }
    sink.stderr(Buffer.from("tar: Removing leading `/' from member names\n"));
    const entries = below.map(([name, content]): Entry =>
      name.endsWith('/')
        ? { name: name.slice(1), type: 'directory' }
        : { name: name.slice(1), content },
    );
    sink.stdout(await archive(...entries));
    sink.end({ code: 0, reason: '' });
  }

  #write(directory: string, bytes: Buffer, sink: ProcessSink): void {
    void this.#unpack(directory, bytes, sink);
  }

  async #unpack(directory: string, bytes: Buffer, sink: ProcessSink): Promise<void> {
    const extraction = extract();
    extraction.end(bytes);
    for await (const source of extraction) {
      const chunks: Buffer[] = [];
      for await (const chunk of source as AsyncIterable<Buffer>) chunks.push(chunk);
      this.files.set(join(directory, source.header.name), Buffer.concat(chunks).toString());
    }
    sink.end({ code: 0, reason: '' });
  }

  async flow(values: FormValues): Promise<ActionFlow> {
    const flow = this.bench.runner().start('copy-files', [this.bench.target('pods', pod)]);
    await until(flow, 'form');
    for (const [id, value] of Object.entries(values)) flow.change(id, value);
    await until(flow, 'form', (state) => 'busy' in state && !state.busy);
    flow.submit();
    await until(flow, 'confirm', () => true, 'refused');
    return flow;
  }
}

/** Waits for what comes of real files: a stage, whenever that is. */
export function until(
  flow: ActionFlow,
  stage: FlowState['stage'],
  holds: (state: FlowState) => boolean = () => true,
  or = stage,
): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      const { state } = flow;
      if ((state.stage !== stage && state.stage !== or) || !holds(state)) return;
      stop();
      resolve();
    };
    const stop = flow.subscribe(look);
    look();
  });
}

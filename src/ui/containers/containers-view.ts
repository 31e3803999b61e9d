/** The containers of one pod as live rows: a view made from the pod's row and its usage. */
import type { PodRow } from '../../domain/rows.ts';
import { IDLE } from '../../domain/status.ts';
import type { Stop } from '../../ports/sink.ts';
import { containerRows, type ContainerRow } from '../../resources/containers.ts';
import type { Store } from '../../store/index.ts';
import { Notifier } from '../../core/notifier.ts';
import type { RowSpec, RowView } from '../table/def.ts';

export class ContainersView implements RowView<ContainerRow> {
  readonly #store: Store;
  readonly #podUid: string;
  readonly #notifier = new Notifier();
  readonly #stop: Stop;
  #spec: RowSpec<ContainerRow>;
  #all: readonly ContainerRow[] = [];
  #rows: readonly ContainerRow[] = [];

  constructor(store: Store, podUid: string, spec: RowSpec<ContainerRow>) {
    this.#store = store;
    this.#podUid = podUid;
    this.#spec = spec;
    this.#read();
    this.#stop = store.onChange(['pods', 'podusage'], () => {
      this.#read();
      this.#notifier.notify();
    });
  }

  get pod(): PodRow | undefined {
    return this.#store.get('pods', this.#podUid);
  }

  get matched(): number {
    return this.#rows.length;
  }

  get total(): number {
    return this.#all.length;
  }

  get length(): number {
    return this.#rows.length;
  }

  get status() {
    return this.pod ? this.#store.status('pods') : { ...IDLE, state: 'live' as const };
  }

  window(from: number, to: number): readonly ContainerRow[] {
    return this.#rows.slice(from, to);
  }

  at(index: number): ContainerRow | undefined {
    return this.#rows[index];
  }

  indexOf(uid: string): number {
    return this.#rows.findIndex((row) => row.uid === uid);
  }

  update(spec: RowSpec<ContainerRow>): void {
    this.#spec = spec;
    this.#arrange();
  }

  subscribe(listener: () => void): Stop {
    return this.#notifier.subscribe(listener);
  }

  close(): void {
    this.#stop();
  }

  #read(): void {
    const { pod } = this;
    const usage = pod && this.#store.get('podusage', `${pod.namespace}/${pod.name}`);
    this.#all = pod ? containerRows(pod, usage) : [];
    this.#arrange();
  }

  #arrange(): void {
    this.#rows = this.#all.filter(this.#spec.filter).sort(this.#spec.compare);
  }
}

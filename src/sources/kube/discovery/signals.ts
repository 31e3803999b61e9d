import { kindOf, type KindRef } from '../../../domain/ref.ts';
import type { FoundRow } from '../../../domain/kinds.ts';
import type { FollowContext, Running } from '../following.ts';
import { reflect } from '../reflector.ts';
import { Printed } from '../table/printed.ts';

/** What says that kinds come, change or go: definitions, and whoever serves a group. */
const SIGNS: readonly KindRef[] = [
  kindOf('customresourcedefinitions'),
  {
    group: 'apiregistration.k8s.io',
    version: 'v1',
    resource: 'apiservices',
    kind: 'APIService',
    namespaced: false,
  },
];

/** Who hears of signs. */
interface Told {
  /** Something came, changed or went. */
  changed(): void;
  /** That may have been, unheard; or nothing will be heard any more. */
  unsure(): void;
}

/** Watches, by their names alone, the objects whose changes mean that a server offers other kinds. */
export class Signals implements Running {
  readonly #context: FollowContext;
  readonly #told: Told;
  readonly #running: Running[] = [];
  readonly #live = new Set<KindRef>();

  constructor(context: FollowContext, told: Told) {
    this.#context = context;
    this.#told = told;
  }

  /** Whether every change is told. */
  get areLive(): boolean {
    return this.#live.size === SIGNS.length;
  }

  start(): void {
    if (this.#running.length > 0) return;
    this.#running.push(...SIGNS.map((kind) => this.#follow(kind)));
  }

  readonly stop = (): void => {
    for (const running of this.#running) running.stop();
  };

  retryNow(): void {
    for (const running of this.#running) running.retryNow();
  }

  #follow(kind: KindRef): Running {
    let synced = false;
    const changed = (): void => {
      if (synced) this.#told.changed();
    };
    return reflect<FoundRow>(this.#context, {
      kind,
      namespace: '',
      form: () => new Printed(kind, () => undefined, 'None'),
      encoding: () => undefined,
      sink: {
        relist: () => (synced = false),
        put: changed,
        remove: changed,
        synced: () => {
          synced = true;
          this.#told.unsure();
        },
        status: ({ state }) => {
          const was = this.#live.has(kind);
          if (state === 'live') this.#live.add(kind);
          else this.#live.delete(kind);
          if (was !== this.#live.has(kind)) this.#told.unsure();
        },
      },
    });
  }
}

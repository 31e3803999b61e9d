/** What the header counts, kept up to date at a calm pace. */
import { isProblem } from '../domain/health.ts';
import type { BaseRow } from '../domain/rows.ts';
import type { TableId } from '../domain/tables/index.ts';
import type { Stop } from '../ports/sink.ts';
import type { Tally } from '../ports/tally.ts';
import type { AnyResource } from '../resources/define.ts';
import type { ResourceRegistry } from '../resources/registry.ts';
import type { Counts } from './chrome/header.ts';
import { Notifier } from '../core/notifier.ts';
import { untyped } from './resource/row-resource.ts';
import { ofEachServer } from './scope.ts';
import type { UiConnection, UiSession } from './session.ts';

/** What rows with a problem go by. */
const PROBLEM = 'problem';

/** Rows of a table, by whether they have a problem. */
interface Troubled {
  readonly table: TableId;
  readonly tally: Tally<BaseRow>;
}

export class HeaderSource {
  readonly changes = new Notifier();
  readonly #session: UiSession;
  readonly #resources: ResourceRegistry;
  readonly #counted: readonly AnyResource[];
  #connections: readonly UiConnection[] = [];
  #problems: ReadonlyMap<UiConnection, readonly Troubled[]> = new Map();
  #namespace = '';
  #stops: readonly Stop[] = [];

  constructor(session: UiSession, resources: ResourceRegistry) {
    this.#session = session;
    this.#resources = resources;
    this.#counted = resources.all.filter(({ inHeader }) => inHeader !== undefined);
  }

  /** Follows other connections, or none. */
  follow(connections: readonly UiConnection[]): void {
    const before = this.#connections;
    if (before.length === connections.length && before.every((each, i) => each === connections[i]))
      return;
    this.close();
    this.#connections = connections;
    this.#namespace = connections[0]?.namespace ?? '';
    const counted = this.#counted.filter((resource) => resource !== this.#resources.fleet);
    const troubled = counted.filter(({ inHeader }) => inHeader?.problems === true);
    const { alwaysRead } = this.#resources;
    const tables = [...alwaysRead, ...counted.map(({ table }) => table)];
    const problemsOf = ({ store }: UiConnection): readonly Troubled[] =>
      troubled.map((resource) => {
        const { table, health } = untyped(resource);
        const keyOf = (row: BaseRow) =>
          this.#isInScope(row) && isProblem(health(row, { now: store.now(), time: 'age' }))
            ? PROBLEM
            : null;
        return { table, tally: store.tally(table, keyOf, () => this.changes.notify()) };
      });
    this.#problems = new Map(connections.map((each) => [each, problemsOf(each)]));
    this.#stops = connections.flatMap((connection) => {
      const notify = () => {
        this.#rescope(connections[0]?.namespace ?? '');
        this.changes.notify();
      };
      return [
        connection.subscribe(notify),
        connection.store.onChange(tables, notify),
        connection.need(alwaysRead),
      ];
    });
  }

  get counts(): Counts {
    const each = ofEachServer(this.#connections);
    const problems = each.flatMap((one) =>
      // What nobody reads any more is as it was.
      (this.#problems.get(one) ?? []).filter(
        ({ table }) => one.store.status(table).state !== 'idle',
      ),
    );
    return {
      counts: this.#counted.map((resource) => ({
        one: resource.inHeader?.one ?? resource.singular,
        n: this.#sizeOf(resource, each),
      })),
      namespace: this.#namespace,
      problems: problems.reduce(
        (sum, { tally }) => sum + (tally.groups.get(PROBLEM)?.rows.size ?? 0),
        0,
      ),
    };
  }

  /** How many there are in all; null: not known of each. */
  #sizeOf({ table }: AnyResource, connections: readonly UiConnection[]): number | null {
    const isFleet = table === this.#resources.fleet.table;
    const stores = isFleet ? [this.#session.fleet] : connections.map(({ store }) => store);
    if (stores.length === 0 || stores.some((store) => !store.status(table).synced)) return null;
    return stores.reduce((sum, store) => sum + store.size(table), 0);
  }

  /** Problems are counted where the panes look. */
  #rescope(namespace: string): void {
    if (namespace === this.#namespace) return;
    this.#namespace = namespace;
    for (const tally of this.#allProblems) tally.recount();
  }

  get #allProblems(): readonly Tally<BaseRow>[] {
    return [...this.#problems.values()].flat().map(({ tally }) => tally);
  }

  #isInScope({ namespace }: BaseRow): boolean {
    return this.#namespace === '' || namespace === this.#namespace;
  }

  close(): void {
    for (const stop of this.#stops) stop();
    for (const tally of this.#allProblems) tally.close();
    this.#stops = [];
    this.#problems = new Map();
    this.#connections = [];
  }
}

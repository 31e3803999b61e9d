/** Two rows side by side: what differs first, what is equal folded, kept up to date. */
import { masked } from '../../core/mask.ts';
import type { BaseRow } from '../../domain/rows.ts';
import { reasonOf } from '../../core/words.ts';
import type { KubeObject } from '../../ports/kube.ts';
import type { Stop } from '../../ports/sink.ts';
import { compareSections, comparisonSections } from '../../resources/compare.ts';
import type { Section } from '../../resources/define.ts';
import type { Pane, PaneHost } from '../pane.ts';
import type { RowResource } from '../resource/row-resource.ts';
import type { UiConnection } from '../session.ts';
import { TextPane, type TextSink, type TextSource } from '../text/text-pane.ts';
import { sectionLines } from './sections.ts';

/** One of the two. `connection` is null for the clusters of the fleet. */
export interface ComparedRow {
  readonly connection: UiConnection | null;
  readonly row: BaseRow;
  /** What tells it from the other: its name, with its cluster where they are of two. */
  readonly name: string;
}

type Two = readonly [ComparedRow, ComparedRow];

/** Said where there are not two. */
export const MARK_TWO = 'mark two rows with space, and they are compared';

/**
 * The two rows that are compared; null where there are more or fewer.
 * @param whose of which connection a row is, and what that is called
 */
export function pairOf(
  rows: readonly BaseRow[],
  whose: (row: BaseRow) => {
    readonly connection: UiConnection | null;
    readonly title: string;
  } | null,
): Two | null {
  const [a, b, more] = rows;
  const [left, right] = [a && whose(a), b && whose(b)];
  if (!a || !b || !left || !right || more) return null;
  const named = ({ namespace, name }: BaseRow, cluster: string): string =>
    [
      namespace === '' || a.namespace === b.namespace ? name : `${namespace}/${name}`,
      ...(left.title === right.title ? [] : [`in ${cluster}`]),
    ].join(' ');
  return [
    { connection: left.connection, row: a, name: named(a, left.title) },
    { connection: right.connection, row: b, name: named(b, right.title) },
  ];
}

/** Opens the comparison of two rows of one resource. */
export function openCompare(host: PaneHost, def: RowResource, two: Two): Pane {
  const [{ connection, name: left }, { name: right }] = two;
  return new TextPane({
    host,
    title: 'Compare',
    subject: left === right ? left : `${left} | ${right}`,
    crumb: 'compare',
    connection,
    layers: ['compare'],
    file: `compare-${def.singular}.txt`,
    source: new CompareSource(host, def, two),
  });
}

class CompareSource implements TextSource {
  readonly #host: PaneHost;
  readonly #def: RowResource;
  readonly #two: Two;
  readonly #objects = new Map<ComparedRow, KubeObject>();
  #equalShown = false;
  #errors: readonly string[] = [];
  #show: () => void = () => undefined;

  constructor(host: PaneHost, def: RowResource, two: Two) {
    this.#host = host;
    this.#def = def;
    this.#two = two;
  }

  start(sink: TextSink): Stop {
    const abort = new AbortController();
    const { table, describeNeeds = [] } = this.#def;
    const show = (): void => this.#put(sink);
    this.#show = show;
    const stops = this.#two.flatMap(({ connection }) => [
      connection?.need([table, ...describeNeeds]) ?? this.#host.session.needClusters(),
      this.#storeOf(connection).onChange([table, ...describeNeeds], show),
    ]);
    show();
    void this.#fetch(abort.signal).then(() => {
      if (!abort.signal.aborted) show();
    });
    return () => {
      abort.abort();
      for (const stop of stops) stop();
    };
  }

  run(command: string): boolean {
    if (command !== 'equal') return false;
    this.#equalShown = !this.#equalShown;
    this.#show();
    return true;
  }

  #storeOf(connection: UiConnection | null) {
    return connection?.store ?? this.#host.session.fleet;
  }

  #put(sink: TextSink): void {
    const [left, right] = this.#two;
    const key = this.#host.keymap.keyOf('equal', ['compare']) ?? '';
    const compared = compareSections(this.#sections(left), this.#sections(right));
    const shown = { equalShown: this.#equalShown, key };
    sink.text(sectionLines(comparisonSections([left.name, right.name], compared, shown), true));
    sink.badge(this.#errors.length === 0 ? null : [[this.#errors.join(', '), 'warn']]);
  }

  #sections(side: ComparedRow): readonly Section[] {
    const { connection, row } = side;
    const query = this.#storeOf(connection);
    const object = this.#objects.get(side);
    return this.#def.describe({
      row: query.get(this.#def.table, row.uid) ?? row,
      object: object === undefined ? null : masked(object),
      events: null,
      query,
      ctx: { now: query.now(), time: 'utc' },
    });
  }

  /** The objects of both; what cannot be had is said, and the rows are compared without it. */
  async #fetch(signal: AbortSignal): Promise<void> {
    const errors: string[] = [];
    await Promise.all(
      this.#two.map(async (side) => {
        const { connection, row, name } = side;
        const ref = this.#def.ref?.(row);
        if (ref === undefined || connection === null || row.gone > 0) return;
        try {
          this.#objects.set(side, await connection.kube.get(ref, signal));
        } catch (error) {
          errors.push(`${name}: ${reasonOf(error)}`);
        }
      }),
    );
    this.#errors = errors;
  }
}

/** Why a row is as it is: the finding in full, kept up to date. */
import type { Cell } from '../../core/styled.ts';
import type { HealthLevel } from '../../domain/health.ts';
import type { BaseRow } from '../../domain/rows.ts';
import type { Stop } from '../../ports/sink.ts';
import { EVIDENCE, noFinding, whySections } from '../../resources/why.ts';
import { rowsNamed } from '../../resources/row-subject.ts';
import type { Finding, Named } from '../../domain/why/finding.ts';
import type { Section } from '../../resources/define.ts';
import { toObject } from '../../resources/links.ts';
import type { Pane } from '../pane.ts';
import type { Workspace } from '../workspace.ts';
import type { RowResource } from '../resource/row-resource.ts';
import type { UiConnection } from '../session.ts';
import { TextPane, type TextSink, type TextSource } from '../text/text-pane.ts';
import { Inquiry } from './inquiry.ts';
import { rowTextKeys } from './row-text-keys.ts';
import { sectionLines } from './sections.ts';

/** Ages in the text are written anew, and rules are asked anew, this often (ms). */
const TICK_MS = 1000;

/** How many are named where a name means several. */
const NAMED = 8;

const READING: Cell = [['reading what there is…', 'muted']];

/** What it is asked of: a row, or what has a name or the beginning of one. */
export type WhySubject =
  | { readonly row: BaseRow }
  /** `namespace` is empty for all of them. */
  | { readonly name: string; readonly namespace: string };

/** Opens the answer to why something is as it is. */
export function openWhy(
  host: Workspace,
  def: RowResource,
  connection: UiConnection,
  subject: WhySubject,
): Pane {
  const { name, namespace } = 'row' in subject ? subject.row : subject;
  const source = new WhySource(host, def, connection, subject);
  return new TextPane({
    host,
    title: 'Why',
    subject: `${def.singular} ${namespace === '' ? '' : `${namespace}/`}${name}`,
    crumb: 'why',
    connection,
    file: `why-${def.singular}-${name}.txt`,
    keys: rowTextKeys({
      ...{ workspace: host, def, connection, opens: 'why' },
      row: () => source.row ?? undefined,
    }),
    source,
  });
}

class WhySource implements TextSource {
  readonly #host: Workspace;
  readonly #def: RowResource;
  readonly #connection: UiConnection;
  readonly #subject: WhySubject;
  #row: BaseRow | null;

  constructor(host: Workspace, def: RowResource, connection: UiConnection, subject: WhySubject) {
    this.#host = host;
    this.#def = def;
    this.#connection = connection;
    this.#subject = subject;
    this.#row = 'row' in subject ? subject.row : null;
  }

  /** What it is asked of; null: it is not known yet. */
  get row(): BaseRow | null {
    return this.#row;
  }

  start(sink: TextSink): Stop {
    const connection = this.#connection;
    const { clock } = this.#host;
    let cancelTick: Stop = () => undefined;
    const inquiry = new Inquiry(this.#def, connection, clock, () => this.#show(sink, inquiry));
    const release = connection.need([this.#def.table]);
    const stopRows = connection.store.onChange([this.#def.table], () => {
      // Until there is one whoever asked waits for it.
      if (this.#row === null) this.#show(sink, inquiry);
    });
    const tick = (): void => {
      this.#show(sink, inquiry);
      cancelTick = clock.after(TICK_MS, tick);
    };
    tick();
    return () => {
      cancelTick();
      stopRows();
      inquiry.stop();
      release();
    };
  }

  #show(sink: TextSink, inquiry: Inquiry): void {
    const { store } = this.#connection;
    this.#row =
      this.#row === null
        ? this.#find(sink)
        : (store.get(this.#def.table, this.#row.uid) ?? this.#row);
    const row = this.#row;
    if (row === null) return;
    const finding = inquiry.answer(row);
    const ctx = { now: store.now(), time: this.#host.settings.time };
    if (finding !== null) this.#tell(sink, finding, whySections(finding, ctx));
    else if (inquiry.isReading) sink.notice([READING]);
    else sink.text(sectionLines([this.#nothing(row)], false));
    sink.badge(finding !== null && inquiry.isReading ? [['reading…', 'muted']] : null);
  }

  /** The finding, with the objects that its evidence is about under enter. */
  #tell(sink: TextSink, { evidence }: Finding, sections: readonly Section[]): void {
    const before = sections.slice(
      0,
      sections.findIndex(({ title }) => title === EVIDENCE),
    );
    // Its sections, a blank line and the heading stand above the first piece.
    const first = sectionLines(before, false).length + 2;
    const places = evidence.flatMap(({ about }, i) =>
      about === undefined ? [] : [{ line: first + i, open: () => this.#open(about) }],
    );
    sink.text(sectionLines(sections, false), places);
  }

  #open({ kind, namespace, name }: Named): void {
    const host = this.#host;
    const connection = this.#connection;
    const target = toObject(kind, namespace, name, connection.store);
    if ('none' in target) {
      host.flash(target.none, 'muted');
      return;
    }
    const meant = host.resources.resolve(target.to ?? '', connection.store);
    if (meant.found === 'one') {
      const within = namespace === '' ? {} : { namespace };
      host.openResource(meant.resource, connection, { ...target, ...within });
    } else host.flash(`${kind} ${name} is of a kind that this cluster does not have`, 'muted');
  }

  /** The row that a name means; of several whose names begin with it the one that is worst off. */
  #find(sink: TextSink): BaseRow | null {
    const subject = this.#subject;
    if ('row' in subject) return subject.row;
    const { singular, table } = this.#def;
    const { store } = this.#connection;
    const rows = rowsNamed(table, subject.name, subject.namespace, store);
    const { synced, reason, hint } = store.status(table);
    if (rows.length === 0) {
      const none: Cell = [[`no ${singular} '${subject.name}'`, 'warn']];
      const told: readonly Cell[] = reason === '' ? [READING] : [[[reason, 'warn']], hint];
      sink.notice(synced ? [none] : told);
      return null;
    }
    const named = rows.filter(({ name }) => name === subject.name);
    if (named.length > 1) {
      const places = named.slice(0, NAMED).map(({ namespace }) => namespace);
      sink.notice([
        `${named.length} ${this.#def.id} have the name ${subject.name}`,
        [[`-n says which: ${places.join(', ')}${named.length > NAMED ? ', …' : ''}`, 'muted']],
      ]);
      return null;
    }
    const [first] = [...rows].sort((a, b) => this.#rank(a) - this.#rank(b));
    if (first !== undefined && first.name !== subject.name) {
      const others = rows.length === 1 ? '' : `, the worst off of ${rows.length}`;
      sink.note([
        [`${first.namespace === '' ? '' : `${first.namespace}/`}${first.name}${others}`, 'muted'],
      ]);
    }
    return first ?? null;
  }

  #rank(row: BaseRow): number {
    const { level } = this.#def.health(row, { now: this.#connection.store.now(), time: 'age' });
    return WORST.indexOf(level);
  }

  /** What its row says, where no rule knows a cause. */
  #nothing(row: BaseRow): { readonly title: string; readonly lines: readonly Cell[] } {
    const { health, singular } = this.#def;
    const told = health(row, { now: this.#connection.store.now(), time: 'age' });
    if (row.gone > 0)
      return { title: 'Why', lines: [`this ${singular} is gone; d tells how it was`] };
    const words = noFinding(told, singular);
    const lines: readonly Cell[] =
      told.level === 'ok' ? [words] : [words, [['d describes it', 'muted']]];
    return { title: 'Why', lines };
  }
}

const WORST: readonly HealthLevel[] = ['bad', 'warn', 'busy', 'ok', 'gone'];

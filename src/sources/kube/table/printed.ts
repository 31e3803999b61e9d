import { at, text } from '../../../core/json.ts';
import { isEqual } from '../../../core/equal.ts';
import { redact } from '../../../core/redact.ts';
import type { FoundCell, FoundColumn, FoundRow } from '../../../domain/kinds.ts';
import type { KindRef } from '../../../domain/ref.ts';
import { intern } from '../../../domain/wire/intern.ts';
import { METADATA, objectRow } from '../../../domain/wire/metadata.ts';
import { RequestError } from '../errors.ts';
import { JSON_TYPE, type Representation } from '../representation.ts';
import { columnsOf, PLAIN_COLUMNS } from './columns.ts';

const TABLE = `${JSON_TYPE};as=Table;v=v1;g=meta.k8s.io,${JSON_TYPE}`;

/** What is kept of one cell (characters): more than any pane shows of a row. */
const CELL = 4_096;
/** Texts up to this length (characters) mostly repeat from row to row. */
const WORD = 32;

/**
 * A kind as the server prints it (a `Table`), row by row. Where a server prints nothing and sends
 * objects, rows have the columns Name and Age.
 */
export class Printed implements Representation<FoundRow> {
  readonly accept = { list: TABLE, watch: TABLE };
  readonly query: Readonly<Record<string, string>>;
  readonly printed = true;
  readonly #kind: KindRef;
  readonly #tell: (columns: readonly FoundColumn[]) => void;
  #columns: readonly FoundColumn[] | null = null;
  #plain = false;

  /**
   * @param tell hears what columns the rows have, before the first row and when they change
   * @param include what is sent of each object besides its cells; of `None` a row has its name alone
   */
  constructor(
    kind: KindRef,
    tell: (columns: readonly FoundColumn[]) => void,
    include: 'Metadata' | 'None' = 'Metadata',
  ) {
    this.#kind = kind;
    this.#tell = tell;
    this.query = { includeObject: include };
  }

  begin(): void {
    this.#columns = null;
  }

  envelope(list: unknown): void {
    const columns = at(list, 'columnDefinitions');
    if (Array.isArray(columns)) this.#take(columnsOf(columns));
    else if (at(list, 'kind') !== 'Table') this.#take(PLAIN_COLUMNS);
  }

  /** A row of a list, or the table or object of an event. */
  json(item: unknown): FoundRow {
    const { metadata, cells } = this.#read(item);
    const object = objectRow(METADATA.json(metadata));
    return { ...object, kind: this.#kind, cells: cells.map((cell) => cellOf(cell, object.name)) };
  }

  protobuf(): never {
    throw new Error('tables are printed in JSON only');
  }

  bookmark(object: unknown): unknown {
    return at(object, 'kind') === 'Table' ? this.#read(object).metadata : at(object, 'metadata');
  }

  #read(item: unknown): { readonly metadata: unknown; readonly cells: readonly unknown[] } {
    if (at(item, 'kind') !== 'Table') {
      const cells = at(item, 'cells');
      return Array.isArray(cells) ? withMetadata(cells, item, {}) : this.#readPlain(item);
    }
    // Only the first table of a watch says what its columns are.
    this.envelope(item);
    const row: unknown = (at(item, 'rows') as readonly unknown[] | undefined)?.[0];
    const cells = at(row, 'cells');
    return withMetadata(Array.isArray(cells) ? cells : [], row, at(item, 'metadata'));
  }

  #readPlain(item: unknown) {
    if (this.#columns !== null && this.#columns !== PLAIN_COLUMNS && !this.#plain) {
      // Its lists are printed, its watches are not: neither is asked for as a table any more.
      this.#plain = true;
      throw new RequestError(406, 'the server prints lists, but not what changes in them');
    }
    this.#take(PLAIN_COLUMNS);
    const metadata = at(item, 'metadata');
    return { metadata, cells: [at(metadata, 'name'), at(metadata, 'creationTimestamp')] };
  }

  #take(columns: readonly FoundColumn[]): void {
    if (this.#columns === null) {
      this.#columns = columns;
      this.#tell(columns);
    } else if (!isEqual(columns, this.#columns)) {
      // What is known was printed under the old ones: all of it is listed anew.
      throw new RequestError(410, 'the server prints other columns now', { reason: 'Expired' });
    }
  }
}

/** @param of metadata of the table, for what comes without its object's */
function withMetadata(cells: readonly unknown[], row: unknown, of: unknown) {
  const metadata = at(row, 'object', 'metadata');
  const version = text(at(of, 'resourceVersion'));
  return { cells, metadata: metadata ?? { name: cells[0], resourceVersion: version } };
}

/** @param name of the object, which one of the cells repeats */
function cellOf(cell: unknown, name: string): FoundCell {
  if (typeof cell === 'string') return cell === name ? name : wordsOf(cell);
  if (typeof cell === 'number' || typeof cell === 'boolean') return cell;
  return cell === null || cell === undefined ? null : wordsOf(JSON.stringify(cell));
}

function wordsOf(cell: string): string {
  if (cell.length <= WORD) return intern(redact(cell));
  return redact(cell.length > CELL ? `${cell.slice(0, CELL)}…` : cell);
}

/** Where keys lead from a row, and what enter does on one. */
import type { Cell } from '../core/styled.ts';
import type { Health } from '../domain/health.ts';
import type { BaseRow } from '../domain/rows.ts';
import type { TableId } from '../domain/tables/index.ts';
import type { KubeObject } from '../ports/kube.ts';
import type { Query } from '../ports/query.ts';
import type { Column, RowContext } from './column.ts';
import { lasting } from './lasting.ts';

/** Where a key leads from a row: another pane, narrowed to what belongs to the row. */
export interface Link<Row> {
  /** Resource to open. */
  readonly to: string;
  /** Words for hints and help, e.g. `pods of this deployment`. */
  readonly title: string;
  /** Null where this row leads nowhere; the reason is flashed. */
  readonly target: (row: Row, query: Query) => LinkTarget | { readonly none: string };
}

/** What a link narrows the pane it opens to. */
export interface LinkTarget {
  /** Crumb text, e.g. `api`. */
  readonly label: string;
  /** Resource to open instead of the link's own, where that depends on the row (an owner). */
  readonly to?: string;
  /** Keeps only these rows. Must be cheap: it runs for every row. */
  readonly only?: (row: never) => boolean;
  /** The namespace of all these rows, where they are known to be in one. */
  readonly namespace?: string;
  /** Puts the cursor on this uid. */
  readonly focus?: string;
}

/** A row with what parts and texts of it are made from. */
export interface Whole<Row> {
  readonly row: Row;
  /** The object behind the row as the API server has it; null where it is not asked for. */
  readonly object: KubeObject | null;
  readonly query: Query;
}

/** `title` is said in hints, help and docs, e.g. `pods of this deployment`. */
export type Enter<Row> =
  /** Another pane, narrowed to what belongs to the row. */
  | ({ readonly is: 'link' } & Link<Row>)
  /** The cluster that the row stands for is connected to. */
  | { readonly is: 'connect'; readonly title: string }
  /** A pane of the parts of the row. */
  | { readonly is: 'parts'; readonly title: string; readonly parts: PartsDef<Row> }
  /** A text, made from the object behind the row, which is fetched for it. */
  | {
      readonly is: 'text';
      readonly title: string;
      readonly text: (whole: Whole<Row>) => readonly Cell[];
    };

/**
 * The parts of one row, which are rows without a table of their own: the containers of a pod, the
 * keys of a secret. They are told apart by their name; actions on one get the row and the name.
 */
export interface PartsDef<Row, Part extends BaseRow = BaseRow> {
  /** Plural, lower case: what actions that apply to them and their layer of keys name them. */
  readonly id: string;
  readonly title: string;
  readonly singular: string;
  /** What they are, in one sentence for help. */
  readonly description: string;
  readonly columns: readonly Column<Part>[];
  /** An empty column: as `rows` has them. */
  readonly sort: { readonly column: string; readonly descending: boolean };
  readonly health: (part: Part, ctx: RowContext) => Health;
  /** What is said where there is none. */
  readonly empty: string;
  /** Tables beside the row's own that they are made from. */
  readonly needs: readonly TableId[];
  /** The row does not keep what they are made from: the object is fetched. */
  readonly ofObject?: boolean;
  readonly rows: (whole: Whole<Row>) => readonly Part[];
  readonly enter: PartEnter<Row, Part>;
}

/** What enter does on a part. */
export type PartEnter<Row, Part> =
  /** The logs of the container of that name, of the pods that the row stands for. */
  | { readonly is: 'logs'; readonly title: string }
  | {
      readonly is: 'text';
      readonly title: string;
      readonly text: (part: Part, whole: Whole<Row>) => readonly Cell[];
    };

/** Checks the types of parts where they are declared, and forgets them for those who only show them. */
export function defineParts<Row, Part extends BaseRow>(def: PartsDef<Row, Part>): PartsDef<Row> {
  const columns = lasting(def.columns, def.health);
  // The cast: parts that came from `rows` are only handed back to the functions beside it.
  return { ...def, columns } as unknown as PartsDef<Row>;
}

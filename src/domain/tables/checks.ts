import { NO_ROW, type BaseRow } from '../row.ts';
import type { TableDef } from './define.ts';

/** The row that a finding is about. */
export interface FindingPlace {
  /** The table, and the word of the pane that lists it. */
  readonly table: string;
  readonly uid: string;
  readonly name: string;
}

/** What one check found of one thing; its name is the id of the check. */
export interface CheckRow extends BaseRow {
  /** What is checked, in a sentence. */
  readonly title: string;
  readonly level: 'ok' | 'warn' | 'bad' | 'unknown';
  /** What was found, or why it is not known; empty where all is well. */
  readonly found: string;
  /** What mends it; empty where nothing is to mend. */
  readonly fix: string;
  /** The row that it is about; null for none that has a pane. */
  readonly about: FindingPlace | null;
}

/** The checks of the doctor: computed from the other tables (domain/doctor). */
export const checks: TableDef<CheckRow> = {
  source: 'computed',
  keepsGone: false,
  failsAlone: true,
  blank: { ...NO_ROW, title: '', level: 'unknown', found: '', fix: '', about: null },
};

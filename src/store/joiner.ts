import type { Rule } from '../domain/joins/join.ts';
import type { TableId } from '../domain/tables/index.ts';
import { DerivationRun } from './derivation-run.ts';
import { JoinRun } from './join-run.ts';
import { PassingRun } from './passing-run.ts';
import { PassingTable } from './passing-table.ts';
import type { RuleRun } from './rule-run.ts';
import type { Table } from './table.ts';

/** Keeps the rules between the tables of a store true. */
export class Joiner {
  readonly #runs: readonly RuleRun[];

  /** @param rules each after those whose fields it reads, so that one pass is enough */
  constructor(rules: readonly Rule[], table: (id: TableId) => Table) {
    this.#runs = rules.map((rule) => {
      const source = table(rule.source.table);
      if ('derive' in rule) return new DerivationRun(rule, source, table(rule.table));
      const Run = source instanceof PassingTable ? PassingRun : JoinRun;
      return new Run(rule, source, table(rule.target.table));
    });
    for (const run of this.#runs) if (run instanceof JoinRun) run.feed(this.#runs);
  }

  /**
   * Brings joined fields up to date: those of rows that just came, and of others while no more rows
   * than that were looked at. Costs nothing where nothing changed.
   * @returns whether nothing is left
   */
  run(most: number): boolean {
    let left = most;
    for (const rule of this.#runs) left -= rule.run(left);
    return left > 0;
  }
}

import type { TableId } from '../../domain/tables/index.ts';
import type { Query } from '../../ports/query.ts';
import type { Action, ActionTarget } from './define.ts';
import type { Plan } from './plan.ts';
import { reasonOf } from '../../core/words.ts';

/** What a flow is about, as it is now and as it was when it was planned. */
export class FlowTargets {
  readonly #action: Action;
  readonly #query: Query;
  #list: readonly ActionTarget[];
  /** What the plan that is shown was made of: what the action's `state` said, by uid. */
  #versions: ReadonlyMap<string, string> = new Map();

  constructor(action: Action, targets: readonly ActionTarget[], query: Query) {
    this.#action = action;
    this.#list = targets;
    this.#query = query;
  }

  get list(): readonly ActionTarget[] {
    return this.#list;
  }

  /** Tables that have to be followed. */
  get tables(): readonly TableId[] {
    return [...new Set([...this.#list.map(({ table }) => table), ...this.#action.needs])];
  }

  /** What is typed to confirm: the object's name, or how many there are of what. */
  get name(): string {
    const [target] = this.#list;
    if (target !== undefined && this.#list.length === 1) return target.row.name;
    return `${this.#list.length} ${target?.resource ?? ''}`;
  }

  /** What a dialog says it is about: `orders/api`, or how many of what; empty: of no row. */
  get subject(): string {
    const [target] = this.#list;
    if (target === undefined || this.#action.anywhere === true) return '';
    if (this.#list.length > 1) return this.name;
    const { namespace, name } = target.row;
    return [namespace, name, target.part ?? ''].filter(Boolean).join('/');
  }

  /** Takes the rows as they are now; the name of one that is gone, or empty. */
  refresh(): string {
    if (this.#action.anywhere === true) return '';
    const missing = this.#list.find(({ table, row }) => {
      const now = this.#query.get(table, row.uid);
      return now === undefined || now.gone > 0;
    });
    if (missing !== undefined) return missing.row.name;
    this.#list = this.#list.map((target) => ({
      ...target,
      row: this.#query.get(target.table, target.row.uid) ?? target.row,
    }));
    return '';
  }

  /** They are as the plan has them. */
  planned(): void {
    this.#versions = new Map(this.#list.map(({ row }) => [row.uid, this.#action.state(row)]));
  }

  /** What the plan was made of and has changed since, in a clause; empty: nothing. */
  async changedSince({ changed }: Plan): Promise<string> {
    const other = this.#list.find(
      ({ row }) => this.#action.state(row) !== this.#versions.get(row.uid),
    );
    if (other !== undefined) return `${other.row.name} has changed since`;
    return changed === undefined ? '' : await changed().catch(reasonOf);
  }
}

import { denialOf, rightsOf } from './access.ts';
import type { Action, ActionTarget } from './define.ts';
import { untyped } from './define.ts';
import { Flow } from './flow.ts';
import type { FormValues } from './form.ts';
import { READ_ONLY } from './host.ts';
import type { RunnerHost } from './runner-host.ts';
import type { Done } from './operations.ts';
import type { ActionFlow, ActionRunner, Available, PartFlow, Unfinished } from './view.ts';

/** For how many of the marked rows is asked beforehand: the dialog asks for each. */
const ASKED = 5;

/** How a flow begins whose values are known already. */
interface Known {
  readonly title: string;
  readonly values: FormValues;
  /** Whether they are only offered: the form is shown all the same. */
  readonly offered: boolean;
  /** Whether the form goes on by itself where nothing is wrong with it. */
  readonly eager: boolean;
  /** What the plan says first; may be empty. */
  readonly note: string;
  /** The operation that is taken back; null where none is. */
  readonly undoes: number | null;
  /** Whether the same is asked for on other clusters. */
  readonly isPart: boolean;
  /** Why it cannot be, whatever the targets say; empty: it can. */
  readonly refusal: string;
}

/** A flow of which nothing is known yet. */
const NEW = {
  ...{ values: {}, offered: true, eager: false, note: '', undoes: null, isPart: false },
  refusal: '',
};

const ONE = 'one at a time';

/** The runner of the actions on one cluster. */
export function createActionRunner(host: RunnerHost): ActionRunner {
  return new Runner(host);
}

class Runner implements ActionRunner {
  readonly #host: RunnerHost;
  readonly #actions: readonly Action[];

  constructor(host: RunnerHost) {
    this.#host = host;
    this.#actions = host.actions.map(untyped);
  }

  available(resource: string, targets: readonly ActionTarget[]): readonly Available[] {
    return this.#actions
      .filter(({ appliesTo }) => appliesTo.includes(resource))
      .map((action) => ({
        action,
        disabled: this.#disabled(action, targets),
        denied: () => this.#denied(action, targets),
      }));
  }

  async #denied(action: Action, targets: readonly ActionTarget[]): Promise<string> {
    const rights = rightsOf(action, targets.slice(0, ASKED));
    const denial = await denialOf(rights, this.#host, new Set());
    return denial?.missing === true ? denial.reason : '';
  }

  start(actionId: string, targets: readonly ActionTarget[], values: FormValues = {}): ActionFlow {
    const action = this.#action(actionId);
    const eager = Object.keys(values).length > 0;
    return this.#flow(action, targets, { ...NEW, title: action.title, values, eager });
  }

  startPart(actionId: string, targets: readonly ActionTarget[]): PartFlow {
    const action = this.#action(actionId);
    const refusal = action.many ? '' : ONE;
    return this.#flow(action, targets, { ...NEW, title: action.title, isPart: true, refusal });
  }

  undo(): ActionFlow | string {
    const last = this.#last;
    const { operations, cluster } = this.#host;
    // What was done before it is not what is meant.
    const going = operations.going(cluster);
    if (going !== undefined) {
      const stop = going.stoppable ? '; @ stops it' : '';
      return `still going on: ${going.title}; U takes it back once it has ended${stop}`;
    }
    if (last === undefined) return this.#nothingDone();
    if (last.inverse === null) return `the last action cannot be taken back: ${last.title}`;
    return this.#back(last, NEW);
  }

  #nothingDone(): string {
    const elsewhere = this.#host.operations.all.findLast(({ undo }) => undo);
    return elsewhere === undefined
      ? 'there is nothing to take back'
      : `there is nothing to take back here: the last action was on ${elsewhere.where}`;
  }

  undoPart(operation: number): PartFlow | null {
    const { operations, cluster } = this.#host;
    const done = operations.done(cluster).find((each) => each.operation === operation);
    if (done === undefined) return null;
    const last = this.#last;
    const refusal =
      done.inverse === null
        ? 'it cannot be taken back'
        : last === undefined || last === done
          ? ''
          : `something else was done here since, which is taken back first: ${last.title}`;
    return this.#back(done, { isPart: true, refusal });
  }

  get #last(): Done | undefined {
    const { operations, cluster } = this.#host;
    return operations.done(cluster).at(-1);
  }

  #back(done: Done, as: Pick<Known, 'isPart' | 'refusal'>): PartFlow {
    const { action, targets, operation, inverse } = done;
    const { query } = this.#host.ctx;
    // What was done has changed them: the way back is asked of the rows as they are now.
    const now = targets.map((target) => ({
      ...target,
      row: query.get(target.table, target.row.uid) ?? target.row,
    }));
    return this.#flow(inverse === null ? action : this.#action(inverse.action), now, {
      ...NEW,
      title: `Undo: ${action.title.toLowerCase()}`,
      values: inverse?.values ?? {},
      offered: false,
      note: this.#changedSince(done),
      undoes: operation,
      isPart: as.isPart,
      refusal: as.refusal,
    });
  }

  resume({ action: id, cluster, targets, values, title }: Unfinished): ActionFlow | string {
    const { query } = this.#host.ctx;
    const action = this.#actions.find((each) => each.id === id);
    if (action === undefined) return `this version does not know how to go on with: ${title}`;
    if (cluster !== this.#host.cluster) return `${title}: it is of ${cluster}: connect there first`;
    const found: ActionTarget[] = [];
    for (const target of targets) {
      const [, resource = '', namespace = '', name = ''] =
        /^(\S+) ([^/]*)\/(.*)$/s.exec(target) ?? [];
      // An action's resources are named by their tables.
      const table = resource as ActionTarget['table'];
      const row = query.named(table, namespace, name);
      if (row === undefined)
        return `${target} is not there, or not known yet: open ${resource} first`;
      found.push({ resource, table, row });
    }
    const note =
      'an earlier run did not see this to its end: what is done already is left as it is';
    return this.#flow(action, found, { ...NEW, title: action.title, values, note });
  }

  kubectl(args: readonly string[]): string {
    return this.#host.ctx.kubectl(args);
  }

  #action(id: string): Action {
    const action = this.#actions.find((each) => each.id === id);
    if (action === undefined) throw new Error(`there is no action ${id}`);
    return action;
  }

  /** What happened since the last action to what it was sent to, or empty. */
  #changedSince({ action, targets, left, operation }: Done): string {
    const { query } = this.#host.ctx;
    const changed = targets.filter(({ table, row: { uid } }) => {
      const row = query.get(table, uid);
      return row !== undefined && left.has(uid) && left.get(uid) !== action.state(row);
    });
    const { state, text = '' } = this.#host.operations.all.find(({ id }) => id === operation) ?? {};
    if (state === 'failed') return `it did not go as planned: ${text}`;
    if (changed.length === 0) return '';
    return `${changed.map(({ row }) => row.name).join(', ')} was changed by someone since`;
  }

  #flow(action: Action, targets: readonly ActionTarget[], known: Known): PartFlow {
    const disabled = known.refusal || this.#disabled(action, targets);
    const hint = disabled === READ_ONLY ? 'start with --write to change things' : '';
    return new Flow({
      action,
      title: known.title,
      targets,
      values: known.values,
      asks: known.offered && action.form !== undefined,
      eager: known.eager,
      isPart: known.isPart,
      note: known.note,
      undoes: known.undoes,
      refusal: disabled === '' ? null : { reason: disabled, hint },
      host: this.#host,
    });
  }

  #disabled(action: Action, targets: readonly ActionTarget[]): string {
    if (this.#host.readonly() && action.touches !== 'machine') return READ_ONLY;
    if (targets.length === 0 && action.anywhere !== true) return 'nothing is selected';
    if (targets.length > 1 && !action.many) return ONE;
    const { cluster, ctx } = this.#host;
    const elsewhere = targets.find(({ row }) => row.cluster !== cluster);
    if (elsewhere !== undefined) return `${elsewhere.row.name} is not of this cluster`;
    const foreign = targets.find(({ resource }) => !action.appliesTo.includes(resource));
    if (foreign !== undefined) return `not for ${foreign.resource}`;
    // A guard asks nothing: there is nothing to remember.
    return action.guard(targets, { ...ctx, once: (_key, ask) => ask() });
  }
}

/** What the actions on a container's processes share: which container, and how they end. */
import { sanitize } from '../../core/text.ts';
import type { PodRow } from '../../domain/rows.ts';
import { defineAction, type ActionContext, type ActionDef } from '../engine/define.ts';
import { LEFT, session, type Join, type Manner, type SessionEnd } from './process-session.ts';
import { containerForm, containerOf, noProcess } from './running-containers.ts';

/** A process that our terminal is joined to. */
export interface Joined {
  /** What is said first: what leaves it is not to be found out. */
  readonly words: string;
  readonly manner: Manner;
  readonly join: Join;
}

/** An action that gives our terminal to a process of a container. */
interface ProcessAction extends Pick<ActionDef, 'id' | 'title' | 'description' | 'key'> {
  /** `Shell in`. */
  readonly to: string;
  readonly subresource: 'exec' | 'attach';
  /** Those of kubectl, without the namespace. */
  readonly args: (
    pod: PodRow,
    container: string,
    ctx: ActionContext,
  ) => readonly string[] | Promise<readonly string[]>;
  readonly joined: (pod: PodRow, container: string, ctx: ActionContext) => Joined | Promise<Joined>;
  /** Why an end was none, or empty; by default every exit code is the user's matter. */
  readonly failure?: (code: number) => string;
}

async function open(
  action: ProcessAction,
  row: PodRow,
  container: string,
  { ctx, signal }: { readonly ctx: ActionContext; readonly signal: AbortSignal },
): Promise<void> {
  const { words, manner, join } = await action.joined(row, container, ctx);
  const { code, reason }: SessionEnd = await ctx.lend((terminal) => {
    const where = sanitize(`${row.namespace}/${row.name} · ${container}`);
    terminal.write(`${action.to.toLowerCase()} ${where}: ${words}\r\n`);
    return session(terminal, join, manner, signal);
  });
  const failure = code === null ? '' : (action.failure?.(code) ?? '');
  if (failure !== '') throw new Error(failure);
  if (code === null && reason !== LEFT) throw new Error(reason);
}

/** Declares such an action: of pods, which asks for the container where there are several, and of containers. */
export function processAction(action: ProcessAction): ActionDef<PodRow> {
  const { id, title, description, key, to, subresource } = action;
  return defineAction<PodRow>({
    id,
    title,
    description,
    key,
    appliesTo: ['pods', 'containers'],
    danger: 0,
    many: false,
    needs: [],
    state: () => '',
    access: ({ row: { namespace, name } }) => [
      { verb: 'create', group: '', resource: 'pods', subresource, namespace, name },
    ],
    iam: [],
    guard: ([target]) => (target === undefined ? '' : noProcess(target)),
    form: ([target]) => (target === undefined ? [] : containerForm(target)),
    plan: async ([target], values, ctx) => {
      if (target === undefined) throw new Error('nothing is selected');
      const { row } = target;
      const container = containerOf(target, values);
      const args = await action.args(row, container, ctx);
      return {
        title: `${to} pod/${row.name}, container ${container}`,
        changes: [],
        victims: [],
        warnings: [],
        refusals: [],
        steps: [
          {
            title: `${to} ${row.name}/${container}`,
            uid: row.uid,
            command: ctx.kubectl(['-n', row.namespace, ...args]),
            access: [],
            already: '',
            run: (signal) => open(action, row, container, { ctx, signal }),
          },
        ],
        chain: false,
        inverse: null,
        passing: true,
      };
    },
  });
}

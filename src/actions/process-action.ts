/** What the actions on a container's processes share: which container, and how they end. */
import { sanitize } from '../core/text.ts';
import type { PodRow } from '../domain/rows.ts';
import { defineAction, type ActionContext, type ActionDef, type ActionTarget } from './define.ts';
import { choiceField, type Form, type FormValues } from './form.ts';
import { LEFT, session, type Join, type Manner, type SessionEnd } from './process-session.ts';

/** A pod, or a container of it. */
type PodTarget = ActionTarget<PodRow>;

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
  readonly args: (pod: string, container: string) => readonly string[];
  readonly joined: (pod: PodRow, container: string, ctx: ActionContext) => Joined | Promise<Joined>;
  /** Why an end was none, or empty; by default every exit code is the user's matter. */
  readonly failure?: (code: number) => string;
}

/** Containers that run now, those that serve first. */
const running = ({ containers }: PodRow): readonly string[] =>
  containers
    .filter(({ state }) => state === 'running')
    .sort((a, b) => Number(b.role === 'main') - Number(a.role === 'main'))
    .map(({ name }) => name);

/** The container that is meant; empty where none runs. */
const containerOf = ({ row, part }: PodTarget, values: FormValues): string =>
  part ?? values['container'] ?? running(row)[0] ?? '';

/** Why there is no process to go to, or empty. */
function noProcess({ row, part }: PodTarget): string {
  if (row.gone > 0) return `${row.name} is gone`;
  const names = running(row);
  if (part !== undefined) return names.includes(part) ? '' : `container ${part} does not run`;
  return names.length === 0 ? `no container of ${row.name} runs` : '';
}

/** The question which container, where there is one. */
function containerForm({ row, part }: PodTarget): Form {
  const names = running(row);
  if (part !== undefined || names.length < 2) return [];
  return [
    choiceField({
      id: 'container',
      label: 'Container',
      options: names.map((name) => ({ id: name, title: name, detail: '', disabled: '' })),
    }),
  ];
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
      await Promise.resolve();
      if (target === undefined) throw new Error('nothing is selected');
      const { row } = target;
      const container = containerOf(target, values);
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
            command: ctx.kubectl(['-n', row.namespace, ...action.args(row.name, container)]),
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

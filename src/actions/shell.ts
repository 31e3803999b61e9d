import { sanitize } from '../core/text.ts';
import { refOf } from '../domain/ref.ts';
import type { PodRow } from '../domain/rows.ts';
import type { ProcessSink, RemoteProcess } from '../ports/kube.ts';
import type { LentTerminal } from '../ports/terminal.ts';
import { defineAction, type ActionContext, type ActionTarget } from './define.ts';
import { choiceField, type FormValues } from './form.ts';
import type { Plan } from './plan.ts';

type Target = ActionTarget<PodRow>;

/** The best shell there is. */
const SHELL = ['sh', '-c', 'command -v bash >/dev/null 2>&1 && exec bash || exec sh'];
/** Ctrl-], as telnet has it: pressed twice it leaves what no longer answers. */
const ESCAPE = 0x1d;
/** Exit codes of a shell that is not there or cannot be run. */
const NO_SHELL = new Set([126, 127]);

/** Containers that run now, those that serve first. */
const running = ({ containers }: PodRow): readonly string[] =>
  containers
    .filter(({ state }) => state === 'running')
    .sort((a, b) => Number(b.role === 'main') - Number(a.role === 'main'))
    .map(({ name }) => name);

const containerOf = (row: PodRow, values: FormValues): string =>
  values['container'] ?? running(row)[0] ?? '';

/** How a process is joined to our terminal: it starts, or is there already. */
type Join = (sink: ProcessSink) => Promise<RemoteProcess>;

/**
 * Gives our terminal to a process in a container until that ends, is left, or is lost.
 * @returns its exit code; null where nobody knows
 */
function session(
  terminal: LentTerminal,
  join: Join,
  signal: AbortSignal,
): Promise<{ readonly code: number | null; readonly reason: string }> {
  return new Promise((resolve, reject) => {
    let over = false;
    let end = (result: { readonly code: number | null; readonly reason: string }): void => {
      over = true;
      resolve(result);
    };
    const sink: ProcessSink = {
      stdout: (bytes) => terminal.write(bytes),
      stderr: (bytes) => terminal.write(bytes),
      end: (result) => end(result),
    };
    join(sink).then((process) => {
      if (over) return;
      let escapes = 0;
      const leave = (): void => {
        process.stop();
        end({ code: null, reason: 'left' });
      };
      const stops = [
        terminal.onInput((bytes) => {
          for (const byte of bytes) escapes = byte === ESCAPE ? escapes + 1 : 0;
          if (escapes >= 2) leave();
          else process.write(bytes);
        }),
        terminal.onResize(() => process.resize(terminal.columns, terminal.rows)),
      ];
      signal.addEventListener('abort', leave, { once: true });
      end = (result) => {
        for (const stop of stops) stop();
        signal.removeEventListener('abort', leave);
        resolve(result);
      };
      process.resize(terminal.columns, terminal.rows);
    }, reject);
  });
}

async function open(
  { row }: Target,
  container: string,
  ctx: ActionContext,
  signal: AbortSignal,
): Promise<void> {
  const pod = refOf('pods', row);
  const options = { container, command: SHELL, tty: true, stdin: true };
  const { code, reason } = await ctx.lend((terminal) => {
    const where = sanitize(`${row.namespace}/${row.name} · ${container}`);
    terminal.write(`shell in ${where}: exit leaves it, ctrl-] twice where it hangs\r\n`);
    return session(terminal, (sink) => ctx.kube.exec(pod, options, sink), signal);
  });
  if (code !== null && NO_SHELL.has(code))
    throw new Error(`the container has no shell to run (exit ${code}): kubectl debug brings one`);
  if (code === null && reason !== 'left') throw new Error(reason);
}

function plan(target: Target, values: FormValues, ctx: ActionContext): Plan {
  const { row } = target;
  const container = containerOf(row, values);
  const { namespace, name } = row;
  return {
    title: `Shell in pod/${name}, container ${container}`,
    changes: [],
    victims: [],
    warnings: [],
    refusals: [],
    steps: [
      {
        title: `Shell in ${name}/${container}`,
        uid: row.uid,
        command: ctx.kubectl([
          'exec',
          '-it',
          name,
          '-c',
          container,
          '-n',
          namespace,
          '--',
          ...SHELL,
        ]),
        access: [],
        already: '',
        run: (signal) => open(target, container, ctx, signal),
      },
    ],
    chain: false,
    inverse: null,
    passing: true,
  };
}

export const shell = defineAction<PodRow>({
  id: 'shell',
  title: 'Shell',
  description: 'A shell in a container, in this terminal; the screen comes back when it ends.',
  key: 's',
  appliesTo: ['pods'],
  danger: 0,
  many: false,
  needs: [],
  state: () => '',
  access: ({ row: { namespace, name } }) => [
    { verb: 'create', group: '', resource: 'pods', subresource: 'exec', namespace, name },
  ],
  iam: [],
  guard: ([target]) => {
    if (target === undefined) return '';
    const { row } = target;
    if (row.gone > 0) return `${row.name} is gone`;
    return running(row).length === 0 ? `no container of ${row.name} runs` : '';
  },
  form: ([target]) => {
    const names = target === undefined ? [] : running(target.row);
    if (names.length < 2) return [];
    return [
      choiceField({
        id: 'container',
        label: 'Container',
        options: names.map((name) => ({ id: name, title: name, detail: '', disabled: '' })),
      }),
    ];
  },
  plan: ([target], values, ctx) => {
    if (target === undefined) return Promise.reject(new Error('nothing is selected'));
    return Promise.resolve(plan(target, values, ctx));
  },
});

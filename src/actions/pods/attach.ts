import { at, objects } from '../../core/json.ts';
import { refOf } from '../../domain/ref.ts';
import type { PodRow } from '../../domain/rows.ts';
import type { ActionContext } from '../engine/define.ts';
import { processAction } from './process-action.ts';
import type { Manner } from './process-session.ts';

/** What the keys do, by what the process takes. */
const WORDS: Readonly<Record<Manner, string>> = {
  terminal: 'what is typed goes to its process, ctrl-c too; ctrl-] twice leaves it',
  stream: 'lines go to its process, ctrl-d ends its input; ctrl-c leaves it',
  output: 'its process reads no input; ctrl-c leaves it',
};

/** Those of kubectl: it asks for what the container does not have, where it is told to. */
const OPTIONS: Readonly<Record<Manner, readonly string[]>> = {
  terminal: ['-it'],
  stream: ['-i'],
  output: [],
};

/** Containers may be given an input and a terminal; most have neither. */
async function mannerOf(row: PodRow, container: string, { kube }: ActionContext): Promise<Manner> {
  const pod = await kube.get(refOf('pods', row));
  if (pod.metadata.uid !== row.uid) throw new Error(`pod/${row.name} is another one by now`);
  const spec = ['containers', 'initContainers', 'ephemeralContainers']
    .flatMap((key) => objects(at(pod, 'spec', key)))
    .find(({ name }) => name === container);
  if (spec?.['stdin'] !== true) return 'output';
  return spec['tty'] === true ? 'terminal' : 'stream';
}

export const attach = processAction({
  id: 'attach',
  title: 'Attach',
  description:
    'Joins the process that a container runs: its output, and its input where it reads any.',
  key: 'a',
  to: 'Attach to',
  subresource: 'attach',
  args: async (row, container, ctx) => {
    const options = OPTIONS[await mannerOf(row, container, ctx)];
    return ['attach', ...options, row.name, '-c', container];
  },
  joined: async (row, container, ctx) => {
    const manner = await mannerOf(row, container, ctx);
    const tty = manner === 'terminal';
    return {
      words: WORDS[manner],
      manner,
      join: async (sink, terminal) => {
        const options = { container, tty, stdin: manner !== 'output' };
        const process = await ctx.kube.attach(refOf('pods', row), options, sink);
        // A screen is drawn anew only when its size changes.
        if (tty) process.resize(terminal.columns + 1, terminal.rows + 1);
        return process;
      },
    };
  },
});

import { refOf } from '../../domain/ref.ts';
import { processAction } from './process-action.ts';

/** The best shell there is. */
const SHELL = ['sh', '-c', 'command -v bash >/dev/null 2>&1 && exec bash || exec sh'];
/** Exit codes of a shell that is not there or cannot be run. */
const NO_SHELL = new Set([126, 127]);

export const shell = processAction({
  id: 'shell',
  title: 'Shell',
  description: 'A shell in a container, in this terminal; the screen comes back when it ends.',
  key: 's',
  to: 'Shell in',
  subresource: 'exec',
  args: ({ name }, container) => ['exec', '-it', name, '-c', container, '--', ...SHELL],
  joined: (pod, container, { kube }) => ({
    words: 'exit leaves it, ctrl-] twice where it hangs',
    manner: 'terminal',
    join: (sink) =>
      kube.exec(refOf('pods', pod), { container, command: SHELL, tty: true, stdin: true }, sink),
  }),
  failure: (code) =>
    NO_SHELL.has(code)
      ? `the container has no shell to run (exit ${code}): kubectl debug brings one`
      : '',
});

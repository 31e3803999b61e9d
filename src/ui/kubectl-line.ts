import { shellLine } from '../core/shell.ts';
import type { UiConnection } from './session.ts';

/** The line that does with kubectl what is not done here, on the same cluster. */
function kubectlLine(connection: UiConnection | null, args: readonly string[]): string {
  return connection === null ? shellLine(['kubectl', ...args]) : connection.actions.kubectl(args);
}

/**
 * What a key is answered with that does nothing here: a word, and the kubectl line.
 * @param command `word:arguments`; `{name}`, `{object}` and such in the arguments are filled in
 */
export function insteadLine(
  connection: UiConnection | null,
  command: string,
  namespace: string,
  values: Readonly<Record<string, string>>,
): string {
  const [word = '', args = ''] = command.split(/:(.*)/s);
  const filled = args
    .split(' ')
    .map((arg) => arg.replace(/^\{(\w+)\}$/, (_, key: string) => values[key] ?? ''));
  const where = namespace === '' ? [] : ['-n', namespace];
  return `${word} is not done here: ${kubectlLine(connection, [...where, ...filled])}`;
}

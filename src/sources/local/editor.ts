/** An editor and its arguments, the file last. */
export interface Editor {
  readonly command: string;
  readonly args: readonly string[];
}

/** Where the editor is looked for, in this order: kubectl's own variable, then everybody's. */
const VARIABLES = ['KUBE_EDITOR', 'VISUAL', 'EDITOR'];

/**
 * The user's editor on a file, as kubectl starts it: the words of the variable are its arguments; a
 * value with quotes or backslashes is left to the user's shell.
 */
export function editorOf(path: string, env: Readonly<Record<string, string | undefined>>): Editor {
  const value =
    VARIABLES.map((name) => env[name]?.trim() ?? '').find((each) => each !== '') ?? 'vi';
  if (/["'\\]/.test(value)) {
    const shell = env['SHELL'] || '/bin/bash';
    // The file is an argument of the shell's script: whatever its name is, it is one word.
    return { command: shell, args: ['-c', `${value} "$@"`, value, path] };
  }
  const [command = '', ...args] = value.split(/ +/);
  return { command, args: [...args, path] };
}

/** `apply PATH`, `apply -R -n shop PATH`, as it is typed behind `:`. */
import { tokensOf } from './command-words.ts';

/** Which manifests are applied, and how. */
export interface ApplyCommand {
  /** Empty: it is asked for. */
  readonly path: string;
  readonly recursive: boolean;
  /** Null: the one in force. */
  readonly namespace: string | null;
}

/** What the text asks for, or what is wrong with it; null: it is another command. A path may begin with a slash. */
export function applyCommand(text: string): ApplyCommand | { readonly message: string } | null {
  const [first, ...tokens] = tokensOf(text).map((token) => token.text);
  if (first !== 'apply') return null;
  const paths: string[] = [];
  let recursive = false;
  let namespace: string | null = null;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] ?? '';
    if (token === '-R' || token === '--recursive') recursive = true;
    else if (token === '-n' || token === '--namespace') namespace = tokens[++i] ?? '';
    else if (token === '-f' || token === '--filename') paths.push(tokens[++i] ?? '');
    else if (token.startsWith('-'))
      return { message: `no option ${token}: -R, -n and -f there are` };
    else paths.push(token);
  }
  if (namespace === '') return { message: '-n needs a namespace' };
  if (paths.length > 1) return { message: 'one path at a time; one with blanks stands in quotes' };
  return { path: paths[0] ?? '', recursive, namespace };
}

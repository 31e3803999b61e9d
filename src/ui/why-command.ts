/** `why` behind `:`, taken apart. */
import { tokensOf } from './command-words.ts';

/** What was typed. */
export interface WhyCommand {
  /** What it is about; none: the row under the cursor. */
  readonly words: readonly string[];
  /** The namespace that was named, empty for all; null: the one in force is meant. */
  readonly namespace: string | null;
}

/** Null: it is another command. */
export function whyCommand(text: string): WhyCommand | { readonly message: string } | null {
  const [first, ...tokens] = tokensOf(text).map((token) => token.text);
  if (first !== 'why') return null;
  const words: string[] = [];
  let namespace: string | null = null;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] ?? '';
    const [, given] = /^--namespace=(.*)$/.exec(token) ?? [];
    if (token === '-A' || token === '--all-namespaces') namespace = '';
    else if (given !== undefined) namespace = given;
    else if (token === '-n' || token === '--namespace') {
      const value = tokens[++i];
      if (!value) return { message: `${token} needs a value` };
      namespace = value;
    } else if (token.startsWith('-')) return { message: `no option ${token}: -n and -A there are` };
    else words.push(token);
  }
  return { words, namespace };
}

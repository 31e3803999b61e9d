/** `ekscope completion SHELL`, and what the scripts that it prints ask. */
import { sanitize } from '../../core/text.ts';
import { unknown, UsageError } from '../args.ts';
import { bashWord, readBashLine } from './bash-line.ts';
import { complete, type Completion, type Offers } from './complete.ts';
import { SCRIPTS } from './scripts.ts';
import { SHELLS } from './shells.ts';

export { lookUp } from './lookup.ts';
export { HIDDEN } from './scripts.ts';

/**
 * The script for a shell.
 * @throws UsageError
 */
export function completionScript(shell: string | undefined): string {
  if (shell === undefined) throw new UsageError(`completion takes a shell: ${SHELLS.join(', ')}`);
  const found = SHELLS.find((name) => name === shell);
  if (found === undefined) throw new UsageError(unknown('shell', shell, SHELLS));
  return SCRIPTS[found];
}

/**
 * Answers a script: what sort of words follow, then one a line. For bash each is written so that it
 * is inserted as it stands; the others are told the plain word, and behind a tab what it is.
 */
export async function answer(args: readonly string[], offers: Offers): Promise<string> {
  const [shell, ...rest] = args;
  if (shell === 'bash') return answerBash(rest[0] ?? '', rest[1] ?? '', offers);
  const words = shell === 'fish' ? withoutMark(rest) : rest;
  const current = words.at(-1) ?? '';
  // fish tells the word under the cursor as it was typed.
  const typed = shell === 'fish' ? readBashLine(current, '').current : current;
  return told(await complete(words.slice(0, -1), typed, offers));
}

/** The last `--` only divides what fish knows from the word under the cursor, which may be none. */
function withoutMark(words: readonly string[]): readonly string[] {
  const mark = words.lastIndexOf('--');
  return [...words.slice(0, mark), words[mark + 1] ?? ''];
}

async function answerBash(line: string, breaks: string, offers: Offers): Promise<string> {
  const { words, current, kept, expands, quote } = readBashLine(line, breaks);
  if (expands) return 'words\n';
  const found = await complete(words.slice(1), current, offers);
  if (found.kind === 'files') return 'files\n';
  const replies = found.words.map(({ word }) => bashWord(word.slice(kept), quote));
  return ['words', ...replies.filter((reply) => reply !== null)].join('\n') + '\n';
}

function told(found: Completion): string {
  if (found.kind === 'files') return 'files\n';
  const lines = found.words.map(({ word, description }) =>
    description === '' ? word : `${word}\t${sanitize(description)}`,
  );
  return ['words', ...lines].join('\n') + '\n';
}

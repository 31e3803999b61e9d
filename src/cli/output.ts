import { redact } from '../core/redact.ts';
import { sanitize } from '../core/text.ts';

/** Where a command writes. */
export interface Output {
  readonly out: (text: string) => void;
  /** Foreign text is made safe for the terminal. */
  readonly err: (text: string) => void;
  /** Columns of the terminal that shows what goes out; null where it goes elsewhere. */
  readonly width: number | null;
}

/** What is told on a terminal: names of contexts and words of servers act on nothing and hold no secret. */
export const told = (text: string): string => sanitize(redact(text), { newline: '\n' });

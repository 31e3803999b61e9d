import { Input } from './io.ts';

/**
 * The terminal of a process, as the kernel's line discipline is: it echoes what is typed, gives the
 * process whole lines, and turns ctrl-c and ctrl-d into what they mean.
 */
export class Terminal {
  readonly input = new Input();
  readonly #echo: (text: string) => void;
  readonly #interrupt: () => void;
  #line = '';

  constructor(echo: (text: string) => void, interrupt: () => void) {
    this.#echo = echo;
    this.#interrupt = interrupt;
  }

  /** What was typed. */
  type(bytes: Buffer): void {
    for (const key of bytes.toString()) this.#key(key);
  }

  #key(key: string): void {
    switch (key) {
      case '\r':
      case '\n':
        this.#echo('\r\n');
        this.input.push(Buffer.from(`${this.#line}\n`));
        this.#line = '';
        break;
      case '\x7f':
      case '\b':
        if (this.#line !== '') this.#echo('\b \b');
        this.#line = Array.from(this.#line).slice(0, -1).join('');
        break;
      case '\x03':
        this.#echo('^C\r\n');
        this.#line = '';
        this.#interrupt();
        break;
      case '\x04':
        if (this.#line === '') this.input.end();
        break;
      default:
        if (key < ' ') break;
        this.#line += key;
        this.#echo(key);
    }
  }
}

/** Output as a terminal gets it: a line feed alone would only go down. */
export function cooked(text: string | Buffer): Buffer {
  return Buffer.from(
    (typeof text === 'string' ? text : text.toString('utf8')).replace(/\r?\n/g, '\r\n'),
  );
}

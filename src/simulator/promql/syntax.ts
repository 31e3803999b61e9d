/** PromQL as far as it is served: what is not, is said to be so, and never answered by half. */

/** A comparison of a label. */
export interface LabelMatch {
  readonly label: string;
  readonly fits: (value: string) => boolean;
}

/** Samples of a metric: at a moment, or over a stretch of time before it. */
export interface Selection {
  readonly is: 'selection';
  readonly name: string;
  readonly matches: readonly LabelMatch[];
  /** ms; null: at a moment. */
  readonly range: number | null;
}

/** A question. */
export type Expression =
  | Selection
  | { readonly is: 'number'; readonly value: number }
  | { readonly is: 'text'; readonly value: string }
  | { readonly is: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | {
      readonly is: 'aggregate';
      readonly name: Aggregation;
      readonly by: readonly string[];
      readonly of: Expression;
    }
  | {
      readonly is: 'binary';
      readonly operator: Operator;
      readonly left: Expression;
      readonly right: Expression;
    };

const AGGREGATIONS = ['sum', 'avg', 'min', 'max', 'count'] as const;
export type Aggregation = (typeof AGGREGATIONS)[number];
export type Operator = '+' | '-' | '*' | '/' | 'or';

/** What is wrong with a question, as Prometheus says it. */
export class PromqlError extends Error {
  readonly type: 'bad_data' | 'execution';

  constructor(message: string, type: PromqlError['type'] = 'bad_data') {
    super(message);
    this.type = type;
  }
}

interface Token {
  readonly kind: 'word' | 'number' | 'text' | 'duration' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
}

const TOKEN =
  /\s+|#[^\n]*|(?<duration>(?:\d+(?:ms|[smhdwy]))+)|(?<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?<word>[a-zA-Z_:][\w:]*)|(?<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|(?<sign>=~|!=|!~|[-+*/(){}[\],=])/y;

/** A question from its text. @throws {PromqlError} for what is no PromQL, or not served */
export function parsePromql(text: string): Expression {
  return new Parser(tokens(text)).whole();
}

function tokens(text: string): readonly Token[] {
  const found: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const groups = TOKEN.exec(text)?.groups;
    if (groups === undefined) throw wrong(at, `unexpected character: ${JSON.stringify(text[at])}`);
    for (const kind of ['duration', 'number', 'word', 'text', 'sign'] as const) {
      const value = groups[kind];
      if (value !== undefined) found.push({ kind, text: value, at });
    }
  }
  return [...found, { kind: 'end', text: 'end of input', at: text.length }];
}

const wrong = (at: number, what: string): PromqlError =>
  new PromqlError(`invalid parameter "query": 1:${at + 1}: parse error: ${what}`);

const notServed = (what: string): PromqlError =>
  new PromqlError(`invalid parameter "query": ${what} is not served by the simulated region`);

/** By how strongly they bind. */
const LEVELS: readonly (readonly Operator[])[] = [['or'], ['+', '-'], ['*', '/']];

/** What functions take: a selection over time, or what they are given. */
const FUNCTIONS: ReadonlySet<string> = new Set(['rate', 'increase', 'label_replace']);

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(all: readonly Token[]) {
    this.#tokens = all;
  }

  whole(): Expression {
    const found = this.#level(0);
    const rest = this.#peek();
    if (rest.kind !== 'end') throw wrong(rest.at, `unexpected ${rest.text}`);
    return found;
  }

  #peek(): Token {
    const token = this.#tokens[this.#at] ?? this.#tokens.at(-1);
    if (token === undefined) throw wrong(0, 'no expression found in input');
    return token;
  }

  #next(): Token {
    const token = this.#peek();
    this.#at++;
    return token;
  }

  #takes(text: string): boolean {
    const { kind, text: own } = this.#peek();
    if (own !== text || kind === 'text') return false;
    this.#at++;
    return true;
  }

  #need(text: string): void {
    const { at, text: own } = this.#peek();
    if (!this.#takes(text)) throw wrong(at, `unexpected ${own}, expected ${text}`);
  }

  #level(level: number): Expression {
    const operators = LEVELS[level];
    if (operators === undefined) return this.#unary();
    let left = this.#level(level + 1);
    for (;;) {
      const operator = operators.find((each) => this.#takes(each));
      if (operator === undefined) return left;
      const { text } = this.#peek();
      if (['on', 'ignoring', 'bool'].includes(text)) throw notServed(`'${text}'`);
      left = { is: 'binary', operator, left, right: this.#level(level + 1) };
    }
  }

  #unary(): Expression {
    if (!this.#takes('-')) return this.#primary();
    return { is: 'binary', operator: '*', left: { is: 'number', value: -1 }, right: this.#unary() };
  }

  #primary(): Expression {
    if (this.#takes('(')) {
      const inner = this.#level(0);
      this.#need(')');
      return inner;
    }
    const { kind, text, at } = this.#peek();
    if (text === '{') return this.#selection('');
    this.#next();
    if (kind === 'number') return { is: 'number', value: Number(text) };
    if (kind === 'text') return { is: 'text', value: unquoted(text, at) };
    if (kind !== 'word') throw wrong(at, `unexpected ${text}`);
    const aggregation = AGGREGATIONS.find((each) => each === text);
    if (aggregation !== undefined) return this.#aggregate(aggregation);
    if (this.#peek().text !== '(') return this.#selection(text);
    if (!FUNCTIONS.has(text)) throw notServed(`the function ${text}`);
    this.#need('(');
    return { is: 'call', name: text, args: this.#list(')', () => this.#level(0)) };
  }

  #aggregate(name: Aggregation): Expression {
    let by = this.#grouping();
    this.#need('(');
    const of = this.#level(0);
    this.#need(')');
    by ??= this.#grouping();
    return { is: 'aggregate', name, by: by ?? [], of };
  }

  #grouping(): readonly string[] | null {
    if (this.#peek().text === 'without') throw notServed("'without'");
    if (!this.#takes('by')) return null;
    this.#need('(');
    return this.#list(')', () => this.#word());
  }

  #word(): string {
    const { kind, text, at } = this.#next();
    if (kind !== 'word') throw wrong(at, `unexpected ${text}`);
    return text;
  }

  /** What stands between commas, up to a sign. */
  #list<T>(end: string, one: () => T): readonly T[] {
    const all: T[] = [];
    while (!this.#takes(end)) {
      all.push(one());
      if (!this.#takes(',')) {
        this.#need(end);
        break;
      }
    }
    return all;
  }

  #selection(name: string): Selection {
    const matches = this.#takes('{') ? this.#list('}', () => this.#match()) : [];
    const named = matches.find(({ label }) => label === '__name__');
    const own = name === '' ? (named?.exactly ?? '') : name;
    if (own === '') throw notServed('a selector without the name of one metric');
    const rest = matches.filter((each) => each !== named);
    const range = this.#takes('[') ? this.#duration() : null;
    if (range !== null) this.#need(']');
    if (this.#peek().text === 'offset') throw notServed("'offset'");
    return { is: 'selection', name: own, matches: rest, range };
  }

  #match(): LabelMatch & { readonly exactly: string | null } {
    const label = this.#word();
    const sign = this.#next();
    const { kind, text, at } = this.#next();
    if (kind !== 'text') throw wrong(at, `unexpected ${text} in label matching, expected string`);
    const value = unquoted(text, at);
    switch (sign.text) {
      case '=':
        return { label, fits: (own) => own === value, exactly: value };
      case '!=':
        return { label, fits: (own) => own !== value, exactly: null };
      case '=~':
      case '!~': {
        const pattern = patternOf(value);
        const isWanted = sign.text === '=~';
        return { label, fits: (own) => pattern.test(own) === isWanted, exactly: null };
      }
      default:
        throw wrong(sign.at, `unexpected ${sign.text} in label matching`);
    }
  }

  #duration(): number {
    const { kind, text, at } = this.#next();
    if (kind !== 'duration') throw wrong(at, `unexpected ${text}, expected duration`);
    return milliseconds(text);
  }
}

/** RE2 and JavaScript agree on what is asked here; a pattern has to fit the whole of a value. */
function patternOf(value: string): RegExp {
  try {
    return new RegExp(`^(?:${value})$`, 's');
  } catch {
    throw new PromqlError(`invalid parameter "query": error parsing regexp: ${value}`);
  }
}

/** Go's escapes, of which JSON has those that are asked here. */
function unquoted(text: string, at: number): string {
  const inner = text.slice(1, -1);
  try {
    return JSON.parse(`"${text.startsWith("'") ? inner.replaceAll('"', '\\"') : inner}"`) as string;
  } catch {
    throw wrong(at, `invalid string literal ${text}`);
  }
}

const UNITS: Readonly<Record<string, number>> = {
  ...{ ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 },
  ...{ w: 7 * 86_400_000, y: 365 * 86_400_000 },
};

/** `1h30m` in ms. */
function milliseconds(text: string): number {
  return [...text.matchAll(/(\d+)(ms|[smhdwy])/g)].reduce(
    (sum, [, count = '0', unit = 's']) => sum + Number(count) * (UNITS[unit] ?? 0),
    0,
  );
}

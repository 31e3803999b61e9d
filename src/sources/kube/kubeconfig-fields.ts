/** A mapping of a kubeconfig. */
export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What every named entry has. */
export interface Entry {
  readonly name: string;
  /** Why it cannot be used, in a sentence; empty where it can. */
  readonly problem: string;
}

/** Why an entry cannot be used: the first thing that was found. */
export class Problem {
  text = '';

  note(text: string): void {
    this.text ||= text;
  }
}

/**
 * Reads the fields of one entry. kubectl converts nothing: a number where text is expected is a
 * mistake. It is noted, and only who uses the entry hears of it.
 */
export class FieldReader {
  readonly #fields: Fields;
  /** Where the entry stands, e.g. `users[2].user`. */
  readonly #at: string;
  readonly #problem: Problem;

  constructor(fields: Fields, at: string, problem: Problem) {
    this.#fields = fields;
    this.#at = at;
    this.#problem = problem;
  }

  /** Empty where it is absent. */
  text(key: string): string {
    return this.#as(key, isText, 'text', '');
  }

  flag(key: string): boolean {
    return this.#as(key, (value) => typeof value === 'boolean', 'true or false', false);
  }

  /** Base64 as it stands, empty where it is absent. */
  base64(key: string): string {
    const text = this.text(key).replace(/[\r\n]/g, '');
    if (text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text)) return text;
    this.#problem.note(`${this.#at}.${key} is not base64`);
    return '';
  }

  list(key: string): readonly unknown[] {
    return this.#as(key, isList, 'a list', []);
  }

  /** `null` in a list of texts is an empty one, as in kubectl. */
  texts(key: string): readonly string[] {
    const items = this.list(key).map((item) => item ?? '');
    if (items.every(isText)) return items;
    this.#problem.note(`${this.#at}.${key} holds what is no text: quote it`);
    return items.filter(isText);
  }

  mapping(key: string): FieldReader | null {
    const fields = this.#as<Fields | null>(key, isFields, 'a mapping', null);
    return fields === null ? null : new FieldReader(fields, `${this.#at}.${key}`, this.#problem);
  }

  /** The mappings of a list. */
  mappings(key: string): readonly FieldReader[] {
    return this.list(key).flatMap((item, i) => {
      const at = `${this.#at}.${key}[${i}]`;
      if (isFields(item)) return [new FieldReader(item, at, this.#problem)];
      this.#problem.note(`${at} is ${whatIs(item)} where a mapping is expected`);
      return [];
    });
  }

  get keys(): readonly string[] {
    return Object.keys(this.#fields);
  }

  get all(): Fields {
    return this.#fields;
  }

  #as<T>(key: string, is: (value: unknown) => boolean, wanted: string, absent: T): T {
    const value = this.#fields[key];
    if (value === undefined || value === null) return absent;
    if (is(value)) return value as T;
    const fix = wanted === 'text' && typeof value !== 'object' ? ': quote it' : '';
    this.#problem.note(`${this.#at}.${key} is ${whatIs(value)} where ${wanted} is expected${fix}`);
    return absent;
  }
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** e.g. `a number`, `null`. */
export function whatIs(value: unknown): string {
  if (value === null || value === undefined) return 'empty';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a mapping' : `a ${typeof value}`.replace('a string', 'text');
}

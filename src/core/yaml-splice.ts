/**
 * Changes in a YAML or JSON text that leave every other byte of it as it is: comments, order,
 * quoting, line ends. Where a node stands is taken from the parser; what is written is spliced in.
 */
import {
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  stringify,
  type Node,
  type Pair,
  type YAMLMap,
} from 'yaml';
import { isEqual } from './equal.ts';
import { object, type Json } from './json.ts';
import { firstDocument } from './kubeconfig-yaml.ts';

/** An entry of a list that is told from the others by its name. */
export interface Named {
  readonly name: string;
  readonly [key: string]: unknown;
}

/** What is put in the place of what stands between two offsets. */
interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** A new key of the whole: it comes behind what is added to the lists at the same place. */
  readonly isKey: boolean;
}

/** YAML as it is written here: readers of 1.1 (kubectl, the aws CLI) and of 1.2 read the same. */
export function yamlText(value: unknown): string {
  const text = stringify(value, {
    version: '1.1',
    compat: 'core',
    lineWidth: 0,
    indentSeq: false,
    singleQuote: true,
    aliasDuplicateObjects: false,
  });
  return text.replace(/(?<!\n)\n+$/, '');
}

/** One line of JSON, which is YAML as well. */
const flowText = (value: unknown): string =>
  JSON.stringify(value, null, 1).replaceAll(/\n */g, ' ');

/**
 * A text whose first document is a mapping of lists and single values.
 * @throws Error with a sentence where something stands in it in a way that cannot be changed
 */
export class YamlText {
  readonly #text: string;
  readonly #root: YAMLMap;
  /** What it says. */
  readonly #data: Json;
  readonly #splices: Splice[] = [];

  constructor(text: string, data: Json) {
    this.#text = text;
    this.#data = data;
    const contents = firstDocument(text)?.contents;
    if (!isMap(contents)) throw new Error('it is no mapping');
    this.#root = contents;
  }

  /** Puts an entry in the place of the first one of its name in a list, or at the list's end. */
  putEntry(list: string, entry: Named): void {
    const pair = pairOf(this.#root, list);
    if (pair === undefined) {
      this.#addKey(list, [entry]);
      return;
    }
    const node = pair.value;
    if (isSeq(node) && node.items.length > 0) {
      const known = this.#data[list];
      const entries: readonly unknown[] = Array.isArray(known) ? known : [];
      const at = entries.findIndex((each) => object(each)['name'] === entry.name);
      if (at < 0) this.#append(node.items.at(-1), node.flow === true, startOf(node), entry);
      else this.#replace(node.items[at], node.flow === true, entries[at], entry);
    } else if (isSeq(node) || node === null || (isScalar(node) && node.value === null)) {
      this.#fill(pair, [entry]);
    } else throw new Error(`${list} is no list that can be added to`);
  }

  /** Sets a key of the whole to a text. */
  setText(key: string, value: string): void {
    if (this.#data[key] === value) return;
    const pair = pairOf(this.#root, key);
    if (pair === undefined) this.#addKey(key, value);
    else if (isScalar(pair.value) && pair.value.value !== null) {
      const splices = refined(pair.value, this.#data[key], value);
      if (splices === null) throw new Error(`${key} is written in a way that cannot be changed`);
      this.#splices.push(...splices);
    } else if (pair.value === null || isScalar(pair.value)) this.#fill(pair, value);
    else throw new Error(`${key} is no text`);
  }

  toString(): string {
    const ordered = [...this.#splices].sort(
      (a, b) => a.start - b.start || Number(a.isKey) - Number(b.isKey),
    );
    let result = '';
    let at = 0;
    for (const { start, end, text } of ordered) {
      result += this.#text.slice(at, start) + text;
      at = end;
    }
    return result + this.#text.slice(at);
  }

  #put(start: number, end: number, text: string, isKey = false): void {
    this.#splices.push({ start, end, text, isKey });
  }

  /** A key with its value, behind the last one of the whole. */
  #addKey(key: string, value: unknown): void {
    const last = this.#root.items.at(-1);
    if (this.#root.flow === true) {
      const text = `${JSON.stringify(key)}: ${flowText(value)}`;
      const end = last === undefined ? startOf(this.#root) + 1 : endOf(last);
      const isFirst = last === undefined && this.#splices.length === 0;
      this.#put(end, end, isFirst ? text : `, ${text}`, true);
      return;
    }
    const column = this.#columnOf(startOf(this.#root));
    const end = this.#lineAfter(last === undefined ? startOf(this.#root) : endOf(last), column);
    this.#put(end, end, this.#lines(yamlText({ [key]: value }), column, end), true);
  }

  /** Gives a key a value that has none: null, or an empty list. */
  #fill({ key, value }: Pair, wanted: unknown): void {
    const isFlow = this.#root.flow === true;
    const [start, end] = isRanged(value) ? value.range : [endOf(key), endOf(key)];
    if (isFlow || typeof wanted === 'string') {
      const text = isFlow ? flowText(wanted) : yamlText(wanted);
      const gap = /[\s]/.test(this.#text[start - 1] ?? '') ? '' : ' ';
      this.#put(start, end, gap + text);
      return;
    }
    // What said that it is empty goes, with the blanks before it; a comment behind it stays.
    const blanks = /(?<![ \t])[ \t]*$/.exec(this.#text.slice(0, start))?.[0].length ?? 0;
    if (start < end) this.#put(start - blanks, end, '');
    const column = this.#columnOf(startOf(key));
    const line = this.#lineEnd(end);
    this.#put(line, line, this.#lines(yamlText(wanted), column, line));
  }

  #append(last: unknown, isFlow: boolean, start: number, entry: Named): void {
    const end = endOf(last);
    if (isFlow) {
      this.#put(end, end, `, ${flowText(entry)}`);
      return;
    }
    const column = this.#columnOf(start);
    const line = this.#lineAfter(end, column);
    this.#put(line, line, this.#lines(yamlText([entry]), column, line));
  }

  #replace(node: unknown, isFlow: boolean, known: unknown, entry: Named): void {
    const splices = refined(node, known, entry);
    if (splices !== null) {
      this.#splices.push(...splices);
      return;
    }
    const start = startOf(node);
    // A block scalar takes its line break, and with it the next line's place.
    const end = start + this.#text.slice(start, endOf(node)).trimEnd().length;
    const inFlow = isFlow || (isCollection(node) && node.flow === true);
    const text = inFlow
      ? flowText(entry)
      : this.#lines(yamlText(entry), this.#columnOf(start), start).trimStart();
    this.#put(start, end, text);
  }

  /** Lines at a column, each after a line break of the kind that is used around the offset. */
  #lines(text: string, column: number, at: number): string {
    const end = this.#text.indexOf('\n', at);
    const near = end < 0 ? this.#text.indexOf('\n') : end;
    const lineBreak = near > 0 && this.#text[near - 1] === '\r' ? '\r\n' : '\n';
    return text
      .split('\n')
      .map((line) => `${lineBreak}${' '.repeat(column)}${line}`)
      .join('');
  }

  #columnOf(offset: number): number {
    const column = offset - (this.#text.lastIndexOf('\n', offset - 1) + 1);
    return offset <= column && this.#text.startsWith('\ufeff') ? column - 1 : column;
  }

  /** Where the line ends, before its line break. */
  #lineEnd(offset: number): number {
    const end = this.#text.indexOf('\n', offset);
    if (end < 0) return this.#text.length;
    return end > offset && this.#text[end - 1] === '\r' ? end - 1 : end;
  }

  /**
   * Where a line can be added behind a node of a block at this column: comments that are further
   * in belong to what stands before them.
   */
  #lineAfter(end: number, column: number): number {
    // The end of a block scalar is the beginning of the next line.
    const own = this.#text[end - 1] === '\n' ? end - 1 : end;
    let found = own < end && this.#text[own - 1] === '\r' ? own - 1 : this.#lineEnd(own);
    let line = found;
    while (line < this.#text.length) {
      const start = this.#text.indexOf('\n', line) + 1;
      if (start === 0 || start >= this.#text.length) break;
      line = this.#lineEnd(start);
      const text = this.#text.slice(start, line);
      if (text.trim() === '') continue;
      if (!/^\s*#/.test(text) || text.search(/\S/) <= column) break;
      found = line;
    }
    return found;
  }
}

/** The pair of a key: of equal ones the last counts. */
function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.findLast((pair) => isScalar(pair.key) && pair.key.value === key);
}

/**
 * The least that makes one value of another: only texts that differ, where the keys are the same.
 * Null where that is not all.
 */
function refined(node: unknown, known: unknown, wanted: unknown): readonly Splice[] | null {
  if (isEqual(known, wanted)) return [];
  if (isScalar(node) && typeof wanted === 'string') {
    const [start, end] = [startOf(node), endOf(node)];
    const text = scalarText(node.type, wanted);
    return text === null ? null : [{ start, end, text, isKey: false }];
  }
  if (!isMap(node)) return null;
  const [before, after] = [object(known), object(wanted)];
  const keys = Object.keys(before);
  if (keys.length !== Object.keys(after).length) return null;
  const splices: Splice[] = [];
  for (const key of keys) {
    const pair = pairOf(node, key);
    if (pair === undefined || !Object.hasOwn(after, key)) return null;
    const parts = refined(pair.value, before[key], after[key]);
    if (parts === null) return null;
    splices.push(...parts);
  }
  return splices;
}

/** A text in the style of the one before it; null where that one takes several lines. */
function scalarText(style: string | null | undefined, value: string): string | null {
  if (style === 'QUOTE_DOUBLE') return JSON.stringify(value);
  if (style === 'QUOTE_SINGLE') return `'${value.replaceAll("'", "''")}'`;
  if (style !== 'PLAIN') return null;
  const text = yamlText(value);
  return text.includes('\n') ? null : text;
}

type Ranged = Node & { readonly range: readonly [start: number, value: number, end: number] };

const isRanged = (node: unknown): node is Ranged =>
  (isScalar(node) || isCollection(node) || isAlias(node)) && Array.isArray(node.range);

function startOf(node: unknown): number {
  if (isRanged(node)) return node.range[0];
  throw new Error('it is written in a way that cannot be changed');
}

/** Where what a node says ends; blanks and comments behind it are not its own. */
function endOf(node: unknown): number {
  if (isPair(node)) return endOf(isRanged(node.value) ? node.value : node.key);
  if (isCollection(node) && node.flow !== true && node.items.length > 0)
    return endOf(node.items.at(-1));
  if (isRanged(node)) return node.range[1];
  throw new Error('it is written in a way that cannot be changed');
}

/** Answers PromQL over series that are functions of time. */
import type { PromSource, PromSources } from '../prometheus.ts';
import {
  PromqlError,
  type Aggregation,
  type Expression,
  type Operator,
  type Selection,
} from './syntax.ts';

/** A value, and what it is of. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

type Value = number | string | readonly Sample[];

/** Samples are this far apart (ms). */
const SCRAPE = 30_000;
/** What a counter had counted is reckoned in steps of this length (ms). */
const BLOCK = 300_000;

/** One question, asked for one or many moments; counts what it goes through. */
export class Evaluation {
  /** Samples that were gone through. */
  samples = 0;
  readonly #sources: PromSources;
  readonly #selected = new Map<Selection, readonly PromSource[]>();

  constructor(sources: PromSources) {
    this.#sources = sources;
  }

  /**
   * The answer for a moment (ms).
   * @throws {PromqlError} where it has none, or it is none of series
   */
  at(expression: Expression, at: number): readonly Sample[] {
    const value = this.#value(expression, at);
    if (typeof value === 'number') return [{ name: '', labels: {}, value }];
    if (typeof value === 'string') throw new PromqlError('invalid expression type "string"');
    return value;
  }

  #value(expression: Expression, at: number): Value {
    switch (expression.is) {
      case 'number':
      case 'text':
        return expression.value;
      case 'selection':
        return this.#instant(expression, at);
      case 'call':
        return this.#call(expression.name, expression.args, at);
      case 'aggregate':
        return aggregated(expression.name, expression.by, vectorOf(this.#value(expression.of, at)));
      case 'binary':
        return combined(
          expression.operator,
          this.#value(expression.left, at),
          this.#value(expression.right, at),
        );
    }
  }

  #select(selection: Selection): readonly PromSource[] {
    const known = this.#selected.get(selection);
    if (known !== undefined) return known;
    const { name, matches } = selection;
    const found = this.#sources(name).filter(({ labels }) =>
      matches.every(({ label, fits }) => fits(labels[label] ?? '')),
    );
    this.#selected.set(selection, found);
    return found;
  }

  #instant(selection: Selection, at: number): readonly Sample[] {
    if (selection.range !== null) throw new PromqlError('a range vector is no answer by itself');
    const moment = Math.floor(at / SCRAPE) * SCRAPE;
    return this.#select(selection).flatMap((source): Sample[] => {
      const value = source.since > moment ? null : levelOf(source, moment);
      if (value === null) return [];
      this.samples++;
      return [{ name: selection.name, labels: source.labels, value }];
    });
  }

  #call(name: string, args: readonly Expression[], at: number): readonly Sample[] {
    const [first, ...rest] = args;
    if (first === undefined) throw new PromqlError(`expected arguments in call to "${name}"`);
    if (name === 'label_replace') return this.#replaced(first, rest, at);
    if (first.is !== 'selection' || first.range === null) {
      throw new PromqlError(`expected type range vector in call to function "${name}"`);
    }
    const { range } = first;
    const seconds = name === 'increase' ? range / 1000 : 1;
    return this.#select(first).flatMap((source): Sample[] => {
      const rate = rateOf(source, at - range, at);
      if (rate === null) return [];
      this.samples += Math.floor(range / SCRAPE);
      return [{ name: '', labels: source.labels, value: rate * seconds }];
    });
  }

  #replaced(of: Expression, args: readonly Expression[], at: number): readonly Sample[] {
    const [label, text, source, pattern] = args.map((each) =>
      each.is === 'text' ? each.value : null,
    );
    if (label == null || text == null || source == null || pattern == null) {
      throw new PromqlError('expected 5 argument(s) in call to "label_replace"');
    }
    const test = new RegExp(`^(?:${pattern})$`, 's');
    return vectorOf(this.#value(of, at)).map((sample) => {
      const own = sample.labels[source] ?? '';
      if (!test.test(own)) return sample;
      return { ...sample, labels: { ...sample.labels, [label]: own.replace(test, text) } };
    });
  }
}

function vectorOf(value: Value): readonly Sample[] {
  if (typeof value === 'object') return value;
  throw new PromqlError('expected type instant vector');
}

/** By how much a counter grew in each second of a stretch; null: it was not there. */
function rateOf({ kind, since, read }: PromSource, from: number, to: number): number | null {
  if (since > from + SCRAPE) return null;
  // What it grows by is told as it was in the middle.
  if (kind === 'flow') return read((from + to) / 2);
  const [first, last] = [read(Math.max(from, since)), read(to)];
  return first === null || last === null ? null : ((last - first) * 1000) / (to - from);
}

/** What a series says at a moment; of a counter, all that it had grown by then. */
function levelOf({ kind, since, read }: PromSource, at: number): number | null {
  if (kind !== 'flow') return read(at);
  let sum = 0;
  // Steps begin at round times: the same moment has the same value whenever it is asked about.
  for (let from = since; from < at;) {
    const block = Math.floor(from / BLOCK) * BLOCK;
    const to = Math.min(at, block + BLOCK);
    sum += ((read(block + BLOCK / 2) ?? 0) * (to - from)) / 1000;
    from = to;
  }
  return sum;
}

function aggregated(
  name: Aggregation,
  by: readonly string[],
  samples: readonly Sample[],
): readonly Sample[] {
  const keyOf = ({ labels }: Sample): string => by.map((label) => labels[label] ?? '').join('\0');
  const groups = by.length === 0 ? [samples] : [...Map.groupBy(samples, keyOf).values()];
  return groups.flatMap((group): Sample[] => {
    const [first] = group;
    if (first === undefined) return [];
    const own = by.flatMap((label) => {
      const value = first.labels[label] ?? '';
      return value === '' ? [] : [[label, value] as const];
    });
    const values = group.map(({ value }) => value);
    return [{ name: '', labels: Object.fromEntries(own), value: made(name, values) }];
  });
}

function made(name: Aggregation, values: readonly number[]): number {
  const sum = values.reduce((total, value) => total + value, 0);
  switch (name) {
    case 'sum':
      return sum;
    case 'avg':
      return sum / values.length;
    case 'min':
      return values.reduce((least, value) => Math.min(least, value));
    case 'max':
      return values.reduce((most, value) => Math.max(most, value));
    case 'count':
      return values.length;
  }
}

const labelsKey = ({ labels }: Sample): string => JSON.stringify(Object.entries(labels).sort());

function combined(operator: Operator, left: Value, right: Value): Value {
  if (operator === 'or') {
    const [own, other] = [vectorOf(left), vectorOf(right)];
    const there = new Set(own.map(labelsKey));
    return [...own, ...other.filter((each) => !there.has(labelsKey(each)))];
  }
  const of = CALCULATIONS[operator];
  if (typeof left === 'number' && typeof right === 'number') return of(left, right);
  if (typeof right === 'number') {
    return vectorOf(left).map((each) => ({ ...each, name: '', value: of(each.value, right) }));
  }
  if (typeof left === 'number') {
    return vectorOf(right).map((each) => ({ ...each, name: '', value: of(left, each.value) }));
  }
  const others = new Map(vectorOf(right).map((each) => [labelsKey(each), each.value]));
  return vectorOf(left).flatMap((each): Sample[] => {
    const other = others.get(labelsKey(each));
    return other === undefined ? [] : [{ ...each, name: '', value: of(each.value, other) }];
  });
}

const CALCULATIONS: Readonly<Record<Exclude<Operator, 'or'>, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
};

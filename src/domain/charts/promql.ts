/** Questions in PromQL, put together so that names of others stay names. */

/** What a question depends on that is not known before it is asked. */
export interface PromScope {
  /** Which of a label's values are those of the cluster; absent: all that is there is its own. */
  readonly own: LabelValue | null;
  /** Over how long rates are told (s). */
  readonly range: number;
}

/** A label and its value. */
export interface LabelValue {
  readonly label: string;
  readonly value: string;
}

/** A question in PromQL, whose answer has one series at most. */
export type PromQuery = (scope: PromScope) => string;

/** What a label is compared with: a text is its value, a pattern (RE2) has to fit all of it. */
export type LabelTest =
  string | { readonly like: string } | { readonly not: string } | { readonly unlike: string };

/**
 * A selector of series: `name{pod="api-0",cluster="shop"}`.
 *
 * @param name of the metric, ours
 * @param labels by name, ours; values may hold anything
 */
export function selector(
  name: string,
  labels: Readonly<Record<string, LabelTest>>,
  { own }: PromScope,
): string {
  const tests = Object.entries(labels).map(([label, test]) => `${label}${testText(test)}`);
  if (own !== null) tests.push(`${own.label}${testText(own.value)}`);
  return tests.length === 0 ? name : `${name}{${tests.join(',')}}`;
}

/** A selector of what series have done in the last while: `name{…}[300s]`. */
export const ranged = (
  name: string,
  labels: Readonly<Record<string, LabelTest>>,
  scope: PromScope,
): string => `${selector(name, labels, scope)}[${scope.range}s]`;

function testText(test: LabelTest): string {
  if (typeof test === 'string') return `=${quoted(test)}`;
  if ('like' in test) return `=~${quoted(test.like)}`;
  if ('not' in test) return `!=${quoted(test.not)}`;
  return `!~${quoted(test.unlike)}`;
}

/**
 * A text as PromQL writes it, whatever it holds: its escapes are those of Go, of which JSON has a part.
 *
 * @see https://prometheus.io/docs/prometheus/latest/querying/basics/#string-literals
 */
export const quoted = (text: string): string => JSON.stringify(text);

/** A pattern (RE2) that fits this text alone. */
export const literally = (text: string): string => text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');

/**
 * How rates are told: over five minutes, in which what is scraped once a minute has a few points, or
 * over the whole of a longer period, so that nothing falls between two points.
 *
 * @param step s
 */
export const rangeOf = (step: number): number => Math.max(300, step);

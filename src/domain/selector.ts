import { parseSelector } from '../core/label-selector.ts';

/** A label selector as workloads carry it. */
export interface LabelSelector {
  readonly matchLabels: Readonly<Record<string, string>>;
  readonly matchExpressions: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values: readonly string[];
  }[];
}

/**
 * The selector as kubectl prints and accepts it: `app=api,tier in (back,front),!legacy`, sorted
 * by key; empty where it selects everything.
 */
export function selectorText({ matchLabels, matchExpressions }: LabelSelector): string {
  const terms: [key: string, text: string][] = [
    ...Object.entries(matchLabels).map(([key, value]): [string, string] => [
      key,
      `${key}=${value}`,
    ]),
    ...matchExpressions.map((expression): [string, string] => [
      expression.key,
      expressionText(expression),
    ]),
  ];
  return terms
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, text]) => text)
    .join(',');
}

function expressionText({ key, operator, values }: LabelSelector['matchExpressions'][number]) {
  const list = `(${[...values].sort().join(',')})`;
  switch (operator) {
    case 'In':
      return `${key} in ${list}`;
    case 'NotIn':
      return `${key} notin ${list}`;
    case 'Exists':
      return key;
    case 'DoesNotExist':
      return `!${key}`;
    default:
      return `${key} ${operator} ${list}`;
  }
}

/** Which labels a selector in its text form takes; an empty one takes all. */
export function selecting(selector: string): (labels: Readonly<Record<string, string>>) => boolean {
  if (selector === '') return () => true;
  const parsed = parseSelector(selector);
  return parsed.ok ? parsed.matches : () => false;
}

const termsOf = (selector: string): readonly string[] =>
  selector.match(/[^,(]+(?:\([^)]*\))?/g) ?? [];

/**
 * Whether a selector in its text form takes no more than another: it asks for all that the other
 * asks for. That it does not say so does not mean that it takes more.
 */
export function selectsWithin(selector: string, other: string): boolean {
  const asked = new Set(termsOf(selector));
  return termsOf(other).every((term) => asked.has(term));
}

import { ApiError } from '../api-error.ts';

/** Whether an event's message is meant. */
export type MessageTest = (message: string) => boolean;

/**
 * A filter pattern of CloudWatch Logs, as far as it is served: terms that all have to be there, those
 * behind `?` of which one has to, those behind `-` that must not, texts in quotes; or comparisons
 * of the fields of a JSON message, `{ $.a.b = "x*" && $.c != "y" }`.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 * @throws {ApiError} for any other
 */
export function messageTest(pattern: string): MessageTest {
  const text = pattern.trim();
  if (text === '') return () => true;
  return text.startsWith('{') ? fieldTest(text) : termTest(text);
}

const invalid = (): ApiError =>
  new ApiError('InvalidParameterException', 400, 'Invalid filter pattern');

function termTest(text: string): MessageTest {
  const terms = [...text.matchAll(/([?-]?)(?:"((?:[^"\\]|\\.)*)"|([\w.:/@*-]+))/g)].map(
    ([, sign = '', quoted, word = '']) => ({ sign, word: quoted ?? word }),
  );
  if (terms.length === 0) throw invalid();
  const of = (sign: string): readonly string[] =>
    terms.filter((each) => each.sign === sign).map(({ word }) => word);
  const [all, any, none] = [of(''), of('?'), of('-')];
  return (message) =>
    all.every((word) => message.includes(word)) &&
    (any.length === 0 || any.some((word) => message.includes(word))) &&
    none.every((word) => !message.includes(word));
}

interface Comparison {
  readonly path: readonly string[];
  readonly equal: boolean;
  readonly wanted: RegExp;
}

function fieldTest(text: string): MessageTest {
  const inner = /^\{(.*)\}$/s.exec(text)?.[1];
  if (inner === undefined) throw invalid();
  const comparisons = inner.split('&&').map(comparison);
  return (message) => {
    let given: unknown;
    try {
      given = JSON.parse(message);
    } catch {
      return false;
    }
    return comparisons.every(({ path, equal, wanted }) => {
      const value = path.reduce<unknown>(member, given);
      return typeof value === 'string' && wanted.test(value) === equal;
    });
  };
}

function comparison(text: string): Comparison {
  const found = /^\s*\$\.([\w.-]+)\s*(!?=)\s*"([^"]*)"\s*$/.exec(text);
  if (found === null) throw invalid();
  const [, path = '', operator, wanted = ''] = found;
  const source = wanted.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'));
  return {
    path: path.split('.'),
    equal: operator === '=',
    wanted: new RegExp(`^${source.join('.*')}$`, 's'),
  };
}

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;

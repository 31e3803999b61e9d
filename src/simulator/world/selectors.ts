import type { LabelSelector, Labels } from './objects.ts';

/**
 * Whether labels satisfy a selector of an object's spec: an empty one takes everything, none at all
 * takes nothing.
 */
export function matches(selector: LabelSelector | undefined, labels: Labels = {}): boolean {
  if (selector === undefined) return false;
  const wanted = selector.matchLabels;
  for (const key in wanted) if (labels[key] !== wanted[key]) return false;
  return (selector.matchExpressions ?? []).every(({ key, operator, values = [] }) =>
    satisfies(labels[key], operator, values),
  );
}

function satisfies(
  value: string | undefined,
  operator: string,
  values: readonly string[],
): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    default:
      return value === undefined;
  }
}

/** The text form of a selector as `kubectl get -o wide` prints it. */
export function selectorText(selector: LabelSelector | undefined): string {
  const parts = Object.entries(selector?.matchLabels ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${value}`);
  for (const { key, operator, values = [] } of selector?.matchExpressions ?? []) {
    if (operator === 'Exists') parts.push(key);
    else if (operator === 'DoesNotExist') parts.push(`!${key}`);
    else parts.push(`${key} ${operator === 'In' ? 'in' : 'notin'} (${values.join(',')})`);
  }
  return parts.join(',') || '<none>';
}

/**
 * A selector of a query (`a=b,c!=d,e in (f,g),!h`) as a predicate.
 *
 * @throws {Error} with the server's words where it cannot be read
 */
export function parseLabelSelector(text: string): (labels: Labels | undefined) => boolean {
  const tests = splitRequirements(text).map((requirement) => {
    const set = /^([^\s!=]+)\s+(in|notin)\s+\(([^)]*)\)$/.exec(requirement);
    if (set) {
      const [, key = '', operator, list = ''] = set;
      const values = list.split(',').map((value) => value.trim());
      return (labels: Labels) => satisfies(labels[key], operator === 'in' ? 'In' : 'NotIn', values);
    }
    const equality = /^([^\s!=]+)\s*(==|!=|=)\s*([^\s=!]*)$/.exec(requirement);
    if (equality) {
      const [, key = '', operator, value = ''] = equality;
      return (labels: Labels) =>
        satisfies(labels[key], operator === '!=' ? 'NotIn' : 'In', [value]);
    }
    const presence = /^(!?)\s*([^\s!=]+)$/.exec(requirement);
    if (!presence) throw new Error(`unable to parse requirement: found '${requirement}'`);
    const [, negated, key = ''] = presence;
    return (labels: Labels) => satisfies(labels[key], negated ? 'DoesNotExist' : 'Exists', []);
  });
  return (labels = {}) => tests.every((test) => test(labels));
}

function splitRequirements(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i <= text.length; i++) {
    const char = text[i];
    if (char === '(') depth++;
    else if (char === ')') depth--;
    else if (i === text.length || (char === ',' && depth === 0)) {
      parts.push(text.slice(start, i).trim());
      start = i + 1;
    }
  }
  return parts.filter(Boolean);
}

/**
 * A field selector of a query (`spec.nodeName=a,status.phase!=Running`) as a predicate.
 *
 * @throws {Error} with the server's words where it cannot be read
 */
export function parseFieldSelector(text: string): (object: object) => boolean {
  const tests = text
    .split(',')
    .filter(Boolean)
    .map((term) => {
      const parts = /^([^=!]+)(==|!=|=)(.*)$/.exec(term);
      if (!parts) throw new Error(`invalid selector: '${text}'; can't understand '${term}'`);
      const [, path = '', operator, value = ''] = parts;
      const steps = path.split('.');
      return (object: object) => (fieldAt(object, steps) === value) === (operator !== '!=');
    });
  return (object) => tests.every((test) => test(object));
}

function fieldAt(object: object, steps: readonly string[]): string {
  let value: unknown = object;
  for (const step of steps) {
    if (typeof value !== 'object' || value === null) return '';
    value = (value as Record<string, unknown>)[step];
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : '';
}

/**
 * Label selectors as kubectl takes them: `app=api,tier!=back,env in (a,b),!canary,team`. The
 * grammar is that of apimachinery's `labels.Parse`.
 */

type Labels = Readonly<Record<string, string>>;

/** A parsed selector, or what is wrong with it. `end` is where reading stopped. */
export type ParsedSelector =
  | { readonly ok: true; readonly matches: (labels: Labels) => boolean; readonly end: number }
  | { readonly ok: false; readonly error: string; readonly end: number };

const KEY = /\s*(!?)\s*([\w./-]+)/y;
const SET = /\s+(in|notin)\s*\(([^()]*)\)/y;
const OPEN_SET = /\s+(?:in|notin)\s*\(/y;
const EQUALS = /\s*(==|=|!=)\s*([\w./-]*)/y;
const COMMA = /\s*,/y;

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** Reads a selector that begins at `from` and goes on as far as it is one. */
export function parseSelector(text: string, from = 0): ParsedSelector {
  const tests: ((labels: Labels) => boolean)[] = [];
  let end = from;
  for (;;) {
    const key = match(KEY, text, end);
    if (key === null) return { ok: false, error: 'a label is missing', end };
    const [whole, not, name = ''] = key;
    end += whole.length;
    const set = match(SET, text, end);
    const equals = match(EQUALS, text, end);
    if (not === '!') {
      tests.push((labels) => labels[name] === undefined);
    } else if (set !== null) {
      end += set[0].length;
      tests.push(inSet(name, set[1] === 'in', set[2] ?? ''));
    } else if (match(OPEN_SET, text, end) !== null) {
      return { ok: false, error: `the list of ${name} is not closed`, end };
    } else if (equals !== null) {
      end += equals[0].length;
      tests.push(inSet(name, equals[1] !== '!=', equals[2] ?? ''));
    } else {
      tests.push((labels) => labels[name] !== undefined);
    }
    const comma = match(COMMA, text, end);
    if (comma === null) break;
    end += comma[0].length;
  }
  return { ok: true, matches: (labels) => tests.every((test) => test(labels)), end };
}

/** What is not labelled at all is not in a set, as for the API server. */
function inSet(name: string, wanted: boolean, list: string): (labels: Labels) => boolean {
  const values = new Set(list.split(',').map((value) => value.trim()));
  return (labels) => {
    const value = labels[name];
    return (value !== undefined && values.has(value)) === wanted;
  };
}

/** YAML as Kubernetes' own programs read and write it. */
import {
  isScalar,
  LineCounter,
  parseDocument,
  stringify,
  type Document,
  type DocumentOptions,
  type ParseOptions,
  type SchemaOptions,
  visit,
} from 'yaml';
import { isEqual } from './equal.ts';
import type { Json } from './json.ts';

/** Tags of YAML 1.1 that kubectl's reader does not know: it keeps such values as text. */
const NOT_READ = /:(merge|binary|omap|pairs|set|timestamp)$/;

/** As kubectl reads: YAML 1.1 (`yes` is a boolean, `010` is eight). */
export const KUBE_YAML = {
  version: '1.1',
  logLevel: 'silent',
  customTags: (tags) => tags.filter(isRead),
} satisfies ParseOptions & DocumentOptions & SchemaOptions;

function isRead(tag: unknown): boolean {
  const { tag: name = '', format = '' } = tag as { tag?: string; format?: string };
  return !NOT_READ.test(name) && format !== 'TIME';
}

/** A text that refers to the same anchors more often than that wants to fill the memory. */
const MOST_ALIASES = 100;
/** For each alias all that stands before it is searched: so many nodes in all take a moment. */
const MOST_SEARCHED = 20_000_000;
const UNFOLDS = 'its aliases (*) unfold to more than is taken';

/**
 * Reads one document of YAML or JSON. A key that stands twice in a mapping is an error.
 * @throws Error with one line that says what is wrong and where
 */
export function readKubeYaml(text: string): unknown {
  if (isDeep(text)) throw new Error(TOO_DEEP);
  const lines = new LineCounter();
  // Silent, it would read the first of several documents and tell nobody; its own search for keys
  // that stand twice takes time with the square of their number.
  const options = { ...KUBE_YAML, logLevel: 'error', merge: true, uniqueKeys: false } as const;
  try {
    return valueOf(parseDocument(text, { ...options, lineCounter: lines }), lines);
  } catch (error) {
    if (error instanceof RangeError) throw new Error(TOO_DEEP, { cause: error });
    throw error;
  }
}

/** What nests deeper than any object; to find that out by reading takes long. */
function isDeep(text: string): boolean {
  let open = 0;
  for (const sign of text.matchAll(/[[\]{}]/g)) {
    open += sign[0] === '[' || sign[0] === '{' ? 1 : -1;
    if (open > DEEPEST) return true;
  }
  return /^[ \t]*(?:[-?:][ \t]+){100}/m.test(text);
}

const DEEPEST = 1000;
const TOO_DEEP = 'it nests too deep';

function valueOf(document: Document, lines: LineCounter): unknown {
  const [error] = document.errors;
  if (error !== undefined) throw new Error(firstLine(error.message));
  let nodes = 0;
  let searched = 0;
  visit(document, {
    Node: () => {
      nodes++;
    },
    Alias: () => {
      searched += nodes;
      if (searched > MOST_SEARCHED) throw new Error(UNFOLDS);
    },
    Map: (_key, { items }) => {
      nodes++;
      const known = new Set<unknown>();
      for (const { key } of items) {
        const name = isScalar(key) ? key.value : key;
        if (known.has(name) && isScalar(key)) {
          const { line, col } = lines.linePos(key.range?.[0] ?? 0);
          throw new Error(`the key ${String(name)} stands twice at line ${line}, column ${col}`);
        }
        known.add(name);
      }
    },
  });
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES }) as unknown;
  } catch (error) {
    if (error instanceof ReferenceError) throw new Error(UNFOLDS, { cause: error });
    throw error;
  }
}

const firstLine = (message: string): string => (message.split('\n', 1)[0] ?? '').replace(/:$/, '');

/** An object as YAML that reads back as the same: what looks like another type is quoted. */
export function writeKubeYaml(value: unknown): string {
  return stringify(value, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false });
}

/**
 * The text with some of its values replaced, so that it reads as `to`; what else stands in it
 * (comments, order, style) stays.
 * @param from what it reads as now
 */
export function rewriteKubeYaml(text: string, from: unknown, to: unknown): string {
  const document = parseDocument(text, KUBE_YAML);
  rewrite(document, [], from, to);
  return document.toString({ lineWidth: 0 });
}

function rewrite(document: Document, path: readonly unknown[], from: unknown, to: unknown): void {
  if (isEqual(from, to)) return;
  if (!isMapping(from) || !isMapping(to)) {
    document.setIn(path, document.createNode(to, { aliasDuplicateObjects: false }));
    return;
  }
  for (const key of new Set([...Object.keys(from), ...Object.keys(to)])) {
    const inner = [...path, key];
    if (!Object.hasOwn(to, key)) document.deleteIn(inner);
    else if (!Object.hasOwn(from, key))
      document.setIn(inner, document.createNode(to[key], { aliasDuplicateObjects: false }));
    else rewrite(document, inner, from[key], to[key]);
  }
}

const isMapping = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

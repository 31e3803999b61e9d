import { isAlias, isMap, isScalar, isSeq, parseAllDocuments, type Document } from 'yaml';
import { KUBE_YAML } from './kube-yaml.ts';
import { oneLine } from './words.ts';

/**
 * Reads the first document of a YAML or JSON text as kubectl does: YAML 1.1 (`yes` is a boolean,
 * `010` is eight), the last of several equal keys counts, and merge keys take effect in the order
 * in which they stand. Objects have no prototype.
 * @throws Error with one line that says what is wrong and where
 */
export function readYaml(text: string): unknown {
  const document = firstDocument(text);
  return document === null ? null : new Reader().value(document.contents);
}

/**
 * The first document of a text as the parser has it; null where there is none.
 * @throws Error with one line that says what is wrong and where
 */
export function firstDocument(text: string): Document | null {
  const documents: readonly Document[] = parseAllDocuments(text, {
    ...KUBE_YAML,
    uniqueKeys: false,
  });
  const [document] = documents;
  if (document === undefined) return null;
  const [error] = document.errors;
  if (error !== undefined) throw new Error(oneLine(error.message.split('\n')[0] ?? ''));
  return document;
}

/** Turns nodes into values, each anchored one once. */
class Reader {
  readonly #anchors = new Map<string, unknown>();
  readonly #values = new Map<unknown, unknown>();
  readonly #reading = new Set<unknown>();

  value(node: unknown): unknown {
    if (isAlias(node)) {
      const target = this.#anchors.get(node.source);
      if (target === undefined) throw new Error(`unknown anchor "${oneLine(node.source)}"`);
      if (this.#reading.has(target)) {
        throw new Error(`the anchor "${oneLine(node.source)}" contains itself`);
      }
      return this.#values.get(target);
    }
    this.#reading.add(node);
    if ((isMap(node) || isSeq(node) || isScalar(node)) && node.anchor !== undefined) {
      this.#anchors.set(node.anchor, node);
    }
    const value = this.#content(node);
    this.#values.set(node, value);
    this.#reading.delete(node);
    return value;
  }

  #content(node: unknown): unknown {
    if (isScalar(node)) return node.value;
    if (isSeq(node)) return node.items.map((item) => this.value(item));
    if (!isMap(node)) return null;
    const fields = Object.create(null) as Record<string, unknown>;
    for (const { key, value } of node.items) {
      if (isScalar(key) && key.type === 'PLAIN' && key.value === '<<') {
        merge(fields, this.value(value));
      } else {
        fields[String(this.value(key))] = this.value(value);
      }
    }
    return fields;
  }
}

/** Of a list of mappings the first to name something wins. */
function merge(into: Record<string, unknown>, from: unknown): void {
  const all = Array.isArray(from) ? [...(from as unknown[])].reverse() : [from];
  for (const one of all) {
    if (typeof one !== 'object' || one === null || Array.isArray(one)) {
      throw new Error('a merge key (<<) needs a mapping or a list of mappings');
    }
    Object.assign(into, one);
  }
}

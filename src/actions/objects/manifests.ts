/** The objects that files describe. */
import { setImmediate as turn } from 'node:timers/promises';
import { isEqual } from '../../core/equal.ts';
import { at, object, type Json } from '../../core/json.ts';
import { readKubeYaml } from '../../core/kube-yaml.ts';
import { sanitize } from '../../core/text.ts';
import { reasonOf } from '../../core/words.ts';
import type { NewObject } from '../../ports/kube.ts';
import type { ManifestFile } from '../../ports/local.ts';

/** An object as a file describes it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** Empty where it says none. */
  readonly namespace: string;
  readonly object: NewObject;
  /** Where it stands: `deploy.yaml`, `deploy.yaml, document 2`. */
  readonly from: string;
}

/** More objects than these are not taken at once. */
const MOST = 1000;
/** Characters of one document: no API server takes an object of as many. */
const LARGEST = 2 ** 21;
/** What is wrong is told of so many documents. */
const TOLD = 3;

/** What others need comes first; all else in the order in which it stands. */
const FIRST = [
  'Namespace',
  'CustomResourceDefinition',
  'ServiceAccount',
  'ClusterRole',
  'ClusterRoleBinding',
  'Role',
  'RoleBinding',
  'ConfigMap',
  'Secret',
  'PersistentVolumeClaim',
];

/**
 * Reads the objects of files, in the order in which they are to be applied. What is wrong with any
 * of them is an error: half of what was meant is not what was meant.
 * @throws Error with a sentence
 */
export async function objectsOf(files: readonly ManifestFile[]): Promise<readonly Manifest[]> {
  const found: Manifest[] = [];
  const wrong: string[] = [];
  for (const { path, text } of files) {
    const documents = documentsOf(text);
    if (documents.length > MOST)
      throw new Error(`${sanitize(path)}: more than ${MOST} documents: apply a part of them`);
    for (const [i, document] of documents.entries()) {
      const from = documents.length === 1 ? path : `${path}, document ${i + 1}`;
      try {
        found.push(...manifestsOf(read(document), from));
      } catch (error) {
        wrong.push(`${sanitize(from)}: ${sanitize(reasonOf(error))}`);
      }
      if (found.length > MOST) throw new Error(`more than ${MOST} objects: apply a part of them`);
      // Reading takes its time: keys are taken in between.
      await turn();
    }
  }
  wrong.push(...twice(found));
  if (wrong.length > 0) {
    const more = wrong.length > TOLD ? `; and ${wrong.length - TOLD} more` : '';
    throw new Error(wrong.slice(0, TOLD).join('; ') + more);
  }
  if (found.length === 0)
    throw new Error(
      `${files.map(({ path }) => sanitize(path)).join(', ')}: there is no object in it`,
    );
  return found.sort((a, b) => rank(a) - rank(b));
}

function rank({ kind }: Manifest): number {
  const at = FIRST.indexOf(kind);
  return at < 0 ? FIRST.length : at;
}

/** The documents of a text that hold anything, parted as kubectl parts them. */
function documentsOf(text: string): readonly string[] {
  return text
    .split(/^---(?:[ \t].*)?\r?$/m)
    .filter((part) => part.replaceAll(/^\s*(#.*)?$/gm, '').trim() !== '');
}

function read(text: string): unknown {
  if (text.length > LARGEST) throw new Error('it is larger than any object can be');
  if (text.trimStart().startsWith('{')) {
    try {
      return JSON.parse(text);
    } catch {
      // A mapping of YAML may begin so as well; what is wrong with it is told by its reader.
    }
  }
  return readKubeYaml(text);
}

function manifestsOf(value: unknown, from: string, depth = 0): readonly Manifest[] {
  const whole = object(value);
  const { apiVersion, kind, items } = whole;
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('this is no object: keys and their values are expected');
  if (typeof apiVersion !== 'string' || apiVersion === '') throw new Error('apiVersion is missing');
  if (typeof kind !== 'string' || kind === '') throw new Error('kind is missing');
  if (kind.endsWith('List') && Array.isArray(items) && depth === 0)
    return items.flatMap((item: unknown, i) => {
      try {
        return manifestsOf(withKind(item, whole), from, 1);
      } catch (error) {
        throw new Error(`item ${i + 1}: ${reasonOf(error)}`, { cause: error });
      }
    });
  const name = at(whole, 'metadata', 'name');
  const namespace = at(whole, 'metadata', 'namespace') ?? '';
  if (typeof name !== 'string' || name === '')
    throw new Error(`${kind}: metadata.name is missing: what is applied needs a name`);
  if (typeof namespace !== 'string') throw new Error(`${kind} ${name}: its namespace is no text`);
  for (const part of [apiVersion, kind, name, namespace]) {
    const problem = segmentProblem(part);
    if (problem !== '' && !(part === apiVersion && /^[^/]+\/[^/]+$/.test(part)))
      throw new Error(`${kind} ${name}: ${JSON.stringify(part)} ${problem}`);
  }
  return [{ apiVersion, kind, name, namespace, object: whole as unknown as NewObject, from }];
}

/** Items of a list may leave out what the list says of all. */
function withKind(item: unknown, { apiVersion, kind }: Json): unknown {
  const known = object(item);
  if (Object.keys(known).length === 0 || known['kind'] !== undefined || kind === 'List')
    return item;
  return { apiVersion, kind: String(kind).slice(0, -'List'.length), ...known };
}

/** Why a text cannot be a part of a path in the API; it would lead elsewhere, or nowhere. */
function segmentProblem(part: string): string {
  if (part === '.' || part === '..') return 'is not a name';
  if (/[/%]/.test(part)) return 'has a / or % in it';
  if (/[\p{Cc}\p{Cf}\s]/u.test(part)) return 'has blanks or control characters in it';
  return part.length > 253 ? 'is too long' : '';
}

/** What stands there more than once. */
function twice(all: readonly Manifest[]): readonly string[] {
  const key = ({ apiVersion, kind, namespace, name }: Manifest): string =>
    [apiVersion.split('/')[0], kind, namespace, name].join(' ');
  const known = new Map<string, Manifest>();
  return all.flatMap((each) => {
    const other = known.get(key(each));
    known.set(key(each), each);
    return other === undefined || isEqual(other.object, each.object)
      ? []
      : [
          `${each.kind} ${each.name} stands in ${sanitize(other.from)} and in ${sanitize(each.from)}`,
        ];
  });
}

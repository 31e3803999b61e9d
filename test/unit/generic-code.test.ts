/** Generic code names no kind: what is particular about one is said where it is declared. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { KUBE_TABLES, TABLES } from '../../src/domain/tables/index.ts';
import { RESOURCES } from '../../src/resources/index.ts';

const SRC = fileURLToPath(new URL('../../src', import.meta.url));
const GENERIC = ['ui', 'cli', 'session', 'store', 'keys', 'config', 'docs'];

/**
 * Ids of tables, of resources and of parts, and kinds as the API names them. The table of what kinds
 * a server offers is of none.
 */
const NAMES: ReadonlySet<string> = new Set([
  ...Object.entries(TABLES).flatMap(([id, { source }]) => (source === 'discovery' ? [] : id)),
  ...Object.values(KUBE_TABLES).map(({ kind }) => kind.kind),
  ...RESOURCES.filter(({ table }) => table !== 'kinds').flatMap(({ id, enter }) =>
    enter?.is === 'parts' ? [id, enter.parts.id] : [id],
  ),
]);

/** Where a word that is also a kind's may stand, and why. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'ui/logs/logged.ts': 'logs are written by the containers of pods, whatever they are opened from',
  'session/log-follower.ts': 'the same, where they are followed',
  'ui/detail/describe-pane.ts': 'the events about an object belong to its description',
  'session/investigation.ts': 'events are what is written about objects of any kind',
  'cli/completion/lookup.ts': 'the flag --namespace takes the name of one',
  'cli/flags.ts': 'the same, where the flag is declared',
  'cli/demo.ts': 'flags of the demo, for how much of it there is',
  'cli/info.ts': 'one table is read to tell how tables are fetched: there are few nodes',
  'cli/permissions.ts': 'events about what is described, which every description reads',
  'cli/policy.ts': 'the object that is printed is a role of RBAC',
  'config/paths.ts': 'the name of a folder',
  // The fleet is made of the rows of one table, and counts two for the columns of its own.
  'session/index.ts': 'the fleet',
  'session/fleet-core.ts': 'the fleet',
  'session/fleet.ts': 'the fleet',
  'session/own-cluster.ts': 'the fleet: the row of the cluster itself',
};

/** `Pick<Row, 'nodes'>` names a field. */
const isPick = (node: ts.Node): boolean =>
  ts.isTypeReferenceNode(node) && /^(Pick|Omit)$/.test(node.typeName.getText());

/** The string literals of a file but for the paths of imports, as `line: text`. */
function named(path: string): readonly string[] {
  const text = readFileSync(join(SRC, path), 'utf8');
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isPick(node)) return;
    if (ts.isStringLiteralLike(node) && NAMES.has(node.text)) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart());
      found.push(`${path}:${line + 1}: '${node.text}'`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

const files = GENERIC.flatMap((folder) =>
  readdirSync(join(SRC, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`),
);

it('names no kind', () => {
  expect(files.filter((file) => !(file in EXCEPTIONS)).flatMap(named)).toEqual([]);
});

it('has no exception that is none any more', () => {
  expect(Object.keys(EXCEPTIONS).filter((file) => named(file).length === 0)).toEqual([]);
});

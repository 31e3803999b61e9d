import type { NormalizedSchema } from '@smithy/core/schema';
import { scalar } from './scalar.ts';

/** How the keys of a form are named: by the rules of awsQuery, or of ec2Query. */
export type FormDialect = 'query' | 'ec2';

/** A form as a tree: `Filter.1.Value.2=x` is Filter → 1 → Value → 2 → x. */
type FormTree = Map<string, FormTree | string>;

/** Reads the input of an operation out of a form. */
export function readForm(
  schema: NormalizedSchema,
  form: URLSearchParams,
  dialect: FormDialect,
): unknown {
  return schema.isUnitSchema() ? {} : read(schema, treeOf(form), dialect);
}

function treeOf(form: URLSearchParams): FormTree {
  const root: FormTree = new Map();
  for (const [key, value] of form) {
    const path = key.split('.');
    const last = path.pop() ?? '';
    let node = root;
    for (const step of path) {
      const child = subtree(node.get(step));
      node.set(step, child);
      node = child;
    }
    node.set(last, value);
  }
  return root;
}

function read(schema: NormalizedSchema, node: FormTree | string, dialect: FormDialect): unknown {
  if (schema.isStructSchema()) return readStruct(schema, subtree(node), dialect);
  if (schema.isListSchema()) return readList(schema, subtree(node), dialect);
  return typeof node === 'string' ? scalar(schema, node) : undefined;
}

/** The traits that rename a member. */
interface Names {
  readonly xmlName?: string;
  readonly ec2QueryName?: string;
}

function readStruct(schema: NormalizedSchema, tree: FormTree, dialect: FormDialect): unknown {
  const found: Record<string, unknown> = {};
  for (const [member, memberSchema] of schema.structIterator()) {
    const { xmlName, ec2QueryName } = memberSchema.getMergedTraits() as Names;
    const name = xmlName ?? member;
    // ec2Query writes the first letter large where no name of its own is given.
    const key =
      dialect === 'ec2'
        ? (ec2QueryName ?? `${name.charAt(0).toUpperCase()}${name.slice(1)}`)
        : name;
    const child = tree.get(key);
    if (child !== undefined) found[member] = read(memberSchema, child, dialect);
  }
  return found;
}

function readList(schema: NormalizedSchema, tree: FormTree, dialect: FormDialect): unknown {
  const item = schema.getValueSchema();
  const flat = dialect === 'ec2' || Boolean(schema.getMergedTraits().xmlFlattened);
  const items = flat ? tree : subtree(tree.get(item.getMergedTraits().xmlName ?? 'member'));
  return [...items]
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, node]) => read(item, node, dialect));
}

const subtree = (node: FormTree | string | undefined): FormTree =>
  node === undefined || typeof node === 'string' ? new Map<string, never>() : node;

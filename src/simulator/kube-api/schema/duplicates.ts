const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],]/gs;

/** What is being read: an object with the keys that it has had, or a list with where it stands. */
interface Open {
  readonly path: string;
  readonly keys: Set<string> | null;
  /** The key or the index that is read now; null where a key comes next. */
  at: string | number | null;
}

/** The paths of the keys that an object of a JSON text has twice, such as `spec.replicas`. */
export function duplicateKeys(json: string): readonly string[] {
  const found = new Set<string>();
  const open: Open[] = [];
  for (const [token] of json.matchAll(TOKEN)) {
    const inside = open.at(-1);
    if (token === '{' || token === '[') {
      const path = inside === undefined ? '' : pathOf(inside);
      open.push({ path, keys: token === '{' ? new Set() : null, at: token === '{' ? null : 0 });
    } else if (token === '}' || token === ']') open.pop();
    else if (inside === undefined) continue;
    else if (token === ',') inside.at = inside.keys === null ? Number(inside.at) + 1 : null;
    else if (inside.keys !== null && inside.at === null) {
      inside.at = JSON.parse(token) as string;
      if (inside.keys.has(inside.at)) found.add(pathOf(inside));
      inside.keys.add(inside.at);
    }
  }
  return [...found];
}

function pathOf({ path, at }: Open): string {
  if (typeof at === 'number') return `${path}[${at}]`;
  return path === '' ? String(at) : `${path}.${at}`;
}

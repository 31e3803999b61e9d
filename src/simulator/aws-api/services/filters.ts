/** A filter of a Describe call: passes where one of the values fits. */
export interface Filter {
  readonly Name?: string | undefined;
  readonly Values?: readonly string[] | undefined;
}

/** What of an object the filters may look at; a list where any of them may fit. */
export type Attributes = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Does an object pass all filters: by attribute, `tag:KEY`, `tag-key` or `tag-value`. Values may
 * hold `*` and `?`. Null: a filter names what cannot be filtered by.
 */
export function passes(
  filters: readonly Filter[] | undefined,
  attributes: Attributes,
  tags: Readonly<Record<string, string>>,
): boolean | null {
  let passed = true;
  for (const { Name = '', Values = [] } of filters ?? []) {
    const found = lookUp(Name, attributes, tags);
    if (found === null) return null;
    passed &&= found.some((value) => Values.some((pattern) => wildcard(pattern).test(value)));
  }
  return passed;
}

function lookUp(
  name: string,
  attributes: Attributes,
  tags: Readonly<Record<string, string>>,
): readonly string[] | null {
  if (name === 'tag-key') return Object.keys(tags);
  if (name === 'tag-value') return Object.values(tags);
  if (name.startsWith('tag:')) return [tags[name.slice('tag:'.length)] ?? []].flat();
  if (!(name in attributes)) return null;
  return [attributes[name] ?? []].flat();
}

function wildcard(pattern: string): RegExp {
  const source = pattern
    .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's');
}

/** Tags as EC2 and Auto Scaling list them. */
export function tagList(tags: Readonly<Record<string, string>>): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

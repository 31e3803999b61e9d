/** The part of kubectl's JSONPath that printer columns are written in. */

type Step =
  | { readonly is: 'field'; readonly name: string }
  | { readonly is: 'every' }
  | { readonly is: 'index'; readonly at: number }
  | { readonly is: 'where'; readonly path: readonly Step[]; readonly value: string };

const STEP = new RegExp(
  [
    String.raw`\.?\[\?\(@(?<path>[^=\s]+)\s*==\s*(?<quote>["']?)(?<value>.*?)\k<quote>\)\]`,
    String.raw`\.?\[(?<index>-?\d+)\]`,
    String.raw`\.?\[(?<every>\*)\]`,
    String.raw`\.?\[["'](?<quoted>[^"']*)["']\]`,
    String.raw`\.(?<field>(?:\\.|[^.[\\])+)`,
  ].join('|'),
  'y',
);

/** The values that a path such as `.status.conditions[?(@.type=="Ready")].status` finds. */
export function valuesAt(root: unknown, path: string): readonly unknown[] {
  const first = path.startsWith('.') || path.startsWith('[') ? path : `.${path}`;
  return follow([root], stepsOf(first));
}

function stepsOf(path: string): readonly Step[] {
  const steps: Step[] = [];
  STEP.lastIndex = 0;
  while (STEP.lastIndex < path.length) {
    const groups = STEP.exec(path)?.groups;
    // What is not understood finds nothing.
    if (groups === undefined) return [{ is: 'index', at: Infinity }];
    const { path: inner, value = '', index, every, quoted, field } = groups;
    if (inner !== undefined) {
      const at = STEP.lastIndex;
      steps.push({ is: 'where', path: stepsOf(inner), value });
      STEP.lastIndex = at;
    } else if (index !== undefined) steps.push({ is: 'index', at: Number(index) });
    else if (every !== undefined) steps.push({ is: 'every' });
    else steps.push({ is: 'field', name: (quoted ?? field ?? '').replaceAll('\\', '') });
  }
  return steps;
}

function follow(values: readonly unknown[], steps: readonly Step[]): readonly unknown[] {
  return steps.reduce<readonly unknown[]>(
    (found, step) => found.flatMap((value) => stepInto(value, step)),
    values,
  );
}

function stepInto(value: unknown, step: Step): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  switch (step.is) {
    case 'field': {
      const next = (value as Readonly<Record<string, unknown>>)[step.name];
      return next === undefined ? [] : [next];
    }
    case 'every':
      return Object.values(value);
    case 'index':
      return Array.isArray(value) && step.at < value.length ? [value.at(step.at) as unknown] : [];
    case 'where':
      return Object.values(value).filter((each) =>
        follow([each], step.path).some((found) => String(found) === step.value),
      );
  }
}

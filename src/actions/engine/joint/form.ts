/** One form of the forms that an action has on several clusters: each field is asked once. */
import type { Cell } from '../../../core/styled.ts';
import type { FormStand } from '../form-asking.ts';
import type { ChoiceField, Field, FormLine, Option } from '../form.ts';
import type { NamedPart } from './view.ts';

/** A cluster, and the form that the action has there. */
export interface FormPart extends Pick<NamedPart, 'name' | 'tone'> {
  readonly stand: FormStand;
}

/** A field as it is on one of the clusters, with its value there. */
interface Own {
  readonly name: string;
  readonly field: Field;
  readonly value: string;
}

/**
 * The forms as one. Where the clusters have other values a field is empty, and what is typed goes to
 * each; a field that only some of them have says so.
 */
export function jointStand(parts: readonly FormPart[]): FormStand {
  const lines = new Map<string, FormLine>();
  const values: Record<string, string> = {};
  for (const { stand } of parts) {
    for (const line of stand.lines) {
      if (lines.has(keyOf(line))) continue;
      if (line.type === 'more') lines.set(keyOf(line), line);
      else {
        const owns = ownsOf(parts, line.id);
        lines.set(keyOf(line), fieldOf(line, owns, parts.length));
        values[line.id] = common(owns.map(({ value }) => value)) ?? '';
      }
    }
  }
  const troubles = parts.map(({ name, stand }) => [name, stand.trouble] as const);
  return {
    lines: [...lines.values()],
    values,
    preview: previewOf(parts),
    busy: parts.some(({ stand }) => stand.busy),
    trouble: said(troubles, ' · '),
  };
}

/**
 * What becomes of a field of one cluster when it is changed in the form of all: emptied where the
 * clusters began with other values, each has its own again.
 */
export function changeOf(
  parts: readonly FormPart[],
  of: FormPart,
  id: string,
  value: string,
): string | undefined {
  const own = fieldIn(of, id);
  if (own === undefined) return undefined;
  const initials = ownsOf(parts, id).map(({ field }) => field.initial);
  return value === '' && common(initials) === undefined ? own.initial : value;
}

const keyOf = ({ type, id }: FormLine): string => `${type === 'more'} ${id}`;

function fieldIn({ stand }: FormPart, id: string): Field | undefined {
  return stand.lines.find((line): line is Field => line.type !== 'more' && line.id === id);
}

function ownsOf(parts: readonly FormPart[], id: string): readonly Own[] {
  return parts.flatMap((part) => {
    const field = fieldIn(part, id);
    const value = part.stand.values[id] ?? '';
    return field === undefined ? [] : [{ name: part.name, field, value }];
  });
}

/** What all have, undefined where they differ. */
function common(values: readonly string[]): string | undefined {
  const [first, another] = new Set(values);
  return another === undefined ? first : undefined;
}

function fieldOf(first: Field, owns: readonly Own[], clusters: number): Field {
  const differ = common(owns.map(({ value }) => value)) === undefined;
  const now = owns.map(({ name, value }) => `${value === '' ? 'none' : value} in ${name}`);
  const hint = said(
    owns.map(({ name, field }) => [name, field.hint]),
    ' · ',
  );
  const names = owns.map(({ name }) => name).join(', ');
  const field = {
    ...first,
    label: owns.length === clusters ? first.label : `${names}: ${first.label}`,
    hint: [differ ? `${now.join(', ')}; empty leaves them` : '', hint].filter(Boolean).join(' · '),
    initial: common(owns.map(({ field: { initial } }) => initial)) ?? '',
    check: (value: string) => {
      const wrong = owns.map((own): Said => {
        const meant = value === '' && differ ? own.value : value;
        return [own.name, own.field.check(meant)];
      });
      return said(wrong, '; ');
    },
  };
  return field.type === 'choice' ? { ...field, options: optionsOf(owns) } : field;
}

/** Every option that one of them has; what another does not have cannot be chosen. */
function optionsOf(owns: readonly Own[]): readonly Option[] {
  const choices = owns.flatMap(({ name, field }) =>
    field.type === 'choice' ? [{ name, options: field.options }] : [],
  );
  const ids = new Set(choices.flatMap(({ options }) => options.map(({ id }) => id)));
  return [...ids].flatMap((id) => optionOf(id, choices) ?? []);
}

function optionOf(
  id: string,
  choices: readonly (Pick<ChoiceField, 'options'> & { readonly name: string })[],
): Option | undefined {
  const found = choices.map(
    ({ name, options }) => [name, options.find((each) => each.id === id)] as const,
  );
  const [first] = found.flatMap(([, option]) => option ?? []);
  const why = found.map(([name, option]): Said => [name, option?.disabled ?? 'does not have it']);
  return first && { ...first, disabled: said(why, '; ') };
}

/** The name of a cluster, and what is said of it; may be empty. */
type Said = readonly [name: string, text: string];

/** What all say, once; else what each has to say, with its name. */
function said(each: readonly Said[], separator: string): string {
  const all = common(each.map(([, text]) => text));
  if (all !== undefined) return all;
  const spoken = each.filter(([, text]) => text !== '');
  return spoken.map(([name, text]) => `${name}: ${text}`).join(separator);
}

/** The previews below one another, each with the name of its cluster; null: there is none. */
function previewOf(parts: readonly FormPart[]): readonly Cell[] | null {
  const previews = parts.flatMap(({ name, tone, stand: { preview } }): readonly Cell[] =>
    preview === null || preview.length === 0 ? [] : [[[name, tone]], ...preview],
  );
  return previews.length === 0 ? null : previews;
}

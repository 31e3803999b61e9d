/**
 * What an action asks before it plans. A form is a list of fields, made anew whenever a value
 * changes: options, checks and labels may follow what was typed in other fields.
 */

import type { Draft } from '../../ports/local.ts';

/** Form values by field id; several chosen options are one value, an id a line. */
export type FormValues = Readonly<Record<string, string>>;

interface FieldBase {
  /** The key of its value. */
  readonly id: string;
  readonly label: string;
  /** A remark while the field has the keys; may be empty. */
  readonly hint: string;
  readonly initial: string;
  /** What is wrong with this value, or empty. */
  readonly check: (value: string) => string;
}

/** A whole number; arrow keys count. */
export interface NumberField extends FieldBase {
  readonly type: 'number';
}

/** A line of text. */
export interface TextField extends FieldBase {
  readonly type: 'text';
}

/** One of a choice field's options. */
export interface Option {
  readonly id: string;
  readonly title: string;
  /** What tells it from the others; may be empty. */
  readonly detail: string;
  /** Why it cannot be chosen; empty: it can. */
  readonly disabled: string;
}

/** One of several options, or some of them; typing narrows them. */
export interface ChoiceField extends FieldBase {
  readonly type: 'choice';
  readonly options: readonly Option[];
  readonly several: boolean;
}

/**
 * A text that is written in the user's own editor. Its value is the path of the file that keeps it,
 * empty while nothing was written; the editor then opens by itself.
 */
export interface DocumentField extends FieldBase {
  readonly type: 'document';
  /** What a new file for it is called, e.g. `deployment-api.yaml`. */
  readonly file: string;
  /**
   * What the editor opens with.
   * @param said what is wrong with what was written before; empty: nothing
   */
  readonly draft: (said: string) => Draft;
}

/** A field that stands for itself. */
export type Field = NumberField | TextField | ChoiceField | DocumentField;

/** Fields that may be given several times: their ids are `<group>.<index>.<field>`. */
export interface FieldGroup {
  readonly type: 'group';
  /** The key of how many there are. */
  readonly id: string;
  /** What one more is called: `selector`. */
  readonly title: string;
  readonly min: number;
  readonly max: number;
  readonly fields: (index: number) => readonly Field[];
}

/** The line of a group that adds one more when it is entered. */
export interface MoreField {
  readonly type: 'more';
  readonly id: string;
  readonly label: string;
  /** How many there are then. */
  readonly next: string;
}

/** A line of a form. */
export type FormLine = Field | MoreField;

/** All that is asked. */
export type Form = readonly (Field | FieldGroup)[];

/** The lines of a form with these values: groups as often as they are there. */
export function formLines(form: Form, values: FormValues): readonly FormLine[] {
  return form.flatMap((field): readonly FormLine[] => {
    if (field.type !== 'group') return [field];
    const count = groupSize(field, values);
    const lines: FormLine[] = [];
    for (let index = 0; index < count; index++) {
      for (const each of field.fields(index))
        lines.push({ ...each, id: `${field.id}.${index}.${each.id}` });
    }
    if (count < field.max) {
      const label = `+ another ${field.title}`;
      lines.push({ type: 'more', id: field.id, label, next: String(count + 1) });
    }
    return lines;
  });
}

/** The first line whose value is wrong; -1: none is. */
export const firstWrong = (lines: readonly FormLine[], values: FormValues): number =>
  lines.findIndex((line) => line.type !== 'more' && line.check(values[line.id] ?? '') !== '');

/** How many of a group there are. */
function groupSize({ id, min, max }: FieldGroup, values: FormValues): number {
  const wanted = Number(values[id] ?? min);
  return Math.min(max, Math.max(min, Number.isInteger(wanted) ? wanted : min));
}

/** The values of a group, one after the other, by the ids of its fields. */
export function groupValues(id: string, values: FormValues): readonly FormValues[] {
  const found = new Map<number, FormValues>();
  for (const [key, value] of Object.entries(values)) {
    const [group, index = '', field] = key.split('.');
    if (group !== id || field === undefined) continue;
    const values = found.get(Number(index)) ?? {};
    found.set(Number(index), { ...values, [field]: value });
  }
  return [...found].sort(([a], [b]) => a - b).map(([, each]) => each);
}

/** The options that are chosen, by id. */
export const chosen = (value: string | undefined): readonly string[] =>
  (value ?? '').split('\n').filter((id) => id !== '');

/** A field with a whole number from `min` to `max`. */
export function numberField(
  field: Pick<FieldBase, 'id' | 'label' | 'initial'> & {
    readonly min: number;
    readonly max: number;
    readonly hint?: string;
    readonly check?: (value: number) => string;
  },
): NumberField {
  const { id, label, initial, min, max, hint = '', check = () => '' } = field;
  return {
    type: 'number',
    id,
    label,
    initial,
    hint,
    check: (value) => {
      const text = value.trim();
      if (text === '') return 'a number is missing';
      if (!/^\d+$/.test(text)) return `a whole number, ${min} or more`;
      const number = Number(text);
      if (number > max) return `at most ${max}`;
      return number < min ? `at least ${min}` : check(number);
    },
  };
}

/** A field with a line of text. */
export function textField(
  field: Pick<FieldBase, 'id' | 'label'> & Partial<Pick<FieldBase, 'initial' | 'hint' | 'check'>>,
): TextField {
  return { type: 'text', initial: '', hint: '', check: () => '', ...field };
}

/** A field with options: one of them has to be chosen, or with `several` any number. */
export function choiceField(
  field: Pick<ChoiceField, 'id' | 'label' | 'options'> &
    Partial<Pick<ChoiceField, 'initial' | 'hint' | 'check' | 'several'>>,
): ChoiceField {
  const { options, several = false, check = () => '' } = field;
  const byId = new Map(options.map((option) => [option.id, option]));
  const first = options.find(({ disabled }) => disabled === '')?.id ?? '';
  return {
    hint: '',
    ...field,
    type: 'choice',
    several,
    initial: field.initial ?? (several ? '' : first),
    check: (value) => {
      const ids = chosen(value);
      if (!several && ids.length === 0) return 'nothing is chosen';
      for (const id of ids) {
        const option = byId.get(id);
        if (option === undefined) return 'what was chosen is not there any more';
        if (option.disabled !== '') return option.disabled;
      }
      return check(value);
    },
  };
}

/** A choice of yes and no, each with what it comes to. */
export function yesNoField(
  field: Pick<ChoiceField, 'id' | 'label' | 'initial'> &
    Partial<Pick<ChoiceField, 'hint'>> & { readonly yes: string; readonly no: string },
): ChoiceField {
  const { yes, no, ...rest } = field;
  return choiceField({
    ...rest,
    options: [
      { id: 'yes', title: 'yes', detail: yes, disabled: '' },
      { id: 'no', title: 'no', detail: no, disabled: '' },
    ],
  });
}

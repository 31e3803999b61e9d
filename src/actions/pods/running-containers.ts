/** Which container of a pod is meant by what goes on in one. */
import type { PodRow } from '../../domain/rows.ts';
import type { ActionTarget } from '../engine/define.ts';
import { choiceField, type Form, type FormValues } from '../engine/form.ts';

/** A pod, or a container of it. */
export type PodTarget = ActionTarget<PodRow>;

/** Containers that run now, those that serve first. */
const running = ({ containers }: PodRow): readonly string[] =>
  containers
    .filter(({ state }) => state === 'running')
    .sort((a, b) => Number(b.role === 'main') - Number(a.role === 'main'))
    .map(({ name }) => name);

/** The container that is meant; empty where none runs. */
export const containerOf = ({ row, part }: PodTarget, values: FormValues): string =>
  part ?? values['container'] ?? running(row)[0] ?? '';

/** Why there is no process to go to, or empty. */
export function noProcess({ row, part }: PodTarget): string {
  if (row.gone > 0) return `${row.name} is gone`;
  const names = running(row);
  if (part !== undefined) return names.includes(part) ? '' : `container ${part} does not run`;
  return names.length === 0 ? `no container of ${row.name} runs` : '';
}

/** The question which container, where there is one. */
export function containerForm({ row, part }: PodTarget): Form {
  const names = running(row);
  if (part !== undefined || names.length < 2) return [];
  return [
    choiceField({
      id: 'container',
      label: 'Container',
      options: names.map((name) => ({ id: name, title: name, detail: '', disabled: '' })),
    }),
  ];
}

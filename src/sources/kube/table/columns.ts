import { at, objects, text } from '../../../core/json.ts';
import type { FoundColumn } from '../../../domain/kinds.ts';

/** Columns beyond this number are not read. */
const MOST = 100;
/** What is kept of a name and of a description (characters). */
const NAME = 100;
const DESCRIPTION = 1_000;

/** The columns of a `Table`, from its definitions; what is malformed reads as absent. */
export function columnsOf(definitions: readonly unknown[]): readonly FoundColumn[] {
  return objects(definitions.slice(0, MOST)).map((column) => {
    const priority = column['priority'];
    return {
      name: text(at(column, 'name')).slice(0, NAME),
      type: text(at(column, 'type')).slice(0, NAME),
      format: text(at(column, 'format')).slice(0, NAME),
      description: text(at(column, 'description')).slice(0, DESCRIPTION),
      priority: typeof priority === 'number' ? priority : 0,
    };
  });
}

const plain = (name: string, type: string, format: string): FoundColumn => ({
  name,
  type,
  format,
  description: '',
  priority: 0,
});

/** What can be said of an object that the server does not print. */
export const PLAIN_COLUMNS: readonly FoundColumn[] = [
  plain('Name', 'string', 'name'),
  plain('Age', 'date', ''),
];

/** What an IAM policy says, a line a statement, as far as a reader wants to know at a glance. */
import { object } from '../core/json.ts';
import { texts } from './iam-condition.ts';

/** A statement of a policy. */
export interface PolicyStatement {
  readonly allows: boolean;
  /** Actions, or with `not` those that are not meant. */
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly not: boolean;
  /** Keys that its condition looks at; none: it holds always. */
  readonly conditions: readonly string[];
}

/** The statements of a document. Null where it is none. */
export function policyStatements(document: string): readonly PolicyStatement[] | null {
  let read: unknown;
  try {
    read = JSON.parse(document);
  } catch {
    return null;
  }
  const given = object(read)['Statement'];
  if (given === undefined) return null;
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  return list.map((each) => {
    const statement = object(each);
    const conditions = Object.values(object(statement['Condition'])).flatMap((keys) =>
      Object.keys(object(keys)),
    );
    return {
      allows: statement['Effect'] === 'Allow',
      actions: texts(statement['Action'] ?? statement['NotAction']),
      resources: texts(statement['Resource'] ?? statement['NotResource']),
      not: statement['NotAction'] !== undefined,
      conditions: [...new Set(conditions)],
    };
  });
}

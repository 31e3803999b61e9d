import type { NormalizedSchema } from '@smithy/core/schema';

/** A simple value from its text in a query string or form. */
export function scalar(schema: NormalizedSchema, text: string): unknown {
  if (schema.isNumericSchema()) return Number(text);
  if (schema.isBooleanSchema()) return text === 'true';
  if (schema.isTimestampSchema()) return new Date(text);
  return text;
}

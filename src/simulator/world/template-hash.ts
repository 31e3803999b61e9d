import { Random } from '../random.ts';
import { canonicalJson } from './canonical.ts';

const known = new WeakMap<object, string>();

/** The suffix that follows from a template, as pod-template-hash does: ten letters. */
export function templateHash(template: object): string {
  const found = known.get(template);
  if (found !== undefined) return found;
  const suffix = new Random(canonicalJson(template)).suffix(10);
  known.set(template, suffix);
  return suffix;
}

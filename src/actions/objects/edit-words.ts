/** What an edit comes to, in sentences; secrets are masked. */
import type { Json } from '../../core/json.ts';
import { masked } from '../../core/mask.ts';
import { differences, patchedPart, type Difference } from '../../core/merge-objects.ts';
import { sanitize } from '../../core/text.ts';
import type { KubeObject } from '../../ports/kube.ts';
import { editable } from './edit-text.ts';

/** Paths named in a sentence. */
const NAMED = 3;

/** The paths of what differs, the first few. */
export const pathsText = (all: readonly Difference[]): string => {
  const paths = all.map(({ path }) => sanitize(path));
  const more = paths.length > NAMED ? ` and ${paths.length - NAMED} more` : '';
  return paths.slice(0, NAMED).join(', ') + more;
};

/** A value for a sentence; what is long is in the difference. */
function shortText(value: unknown): string {
  const text = value === undefined ? 'not there' : JSON.stringify(value);
  return text.length > 40 ? '…' : sanitize(text);
}

/** What others changed since: secrets masked. */
export function meanwhileText(all: readonly Difference[]): string {
  if (all.length === 0) return '';
  const changes = all.slice(0, NAMED).map(({ path, before, after }) => {
    const [was, is] = [before, after].map((value) => shortText(shown(path, value)));
    return `${sanitize(path)} (${was} → ${is})`;
  });
  const more = all.length > NAMED ? ` and ${all.length - NAMED} more` : '';
  return `changed by somebody else since you began, and left so: ${changes.join(', ')}${more}`;
}

/** A value as it may be shown: by the name that it stands behind. */
function shown(path: string, value: unknown): unknown {
  if (value === undefined) return undefined;
  const name = /(?<![^.[\]"])([^.[\]"]+)["\]]*$/.exec(path)?.[1] ?? '';
  return /^\.(data|stringData)\b/.test(path) ? '•••' : masked({ [name]: value })[name];
}

/** What a patch changes, as it is in an object. */
export const partOf = (found: KubeObject, patch: Json): unknown =>
  patchedPart(editable(found, { managedFields: true }), patch);

/** What the server makes of it in another way than it was written. */
export function otherwise(wanted: Json, made: KubeObject | null, patch: Json): string {
  if (made === null) return '';
  const differing = differences(patchedPart(wanted, patch), partOf(made, patch));
  return differing.length === 0
    ? ''
    : `the server takes this in another way than you wrote it, or not at all: ${pathsText(differing)}`;
}

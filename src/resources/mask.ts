/** Secrets never reach the screen, a file or the clipboard: what is shown of them is their size. */
import type { KubeObject } from '../ports/kube.ts';

const APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
/** Names of variables whose plain values are secrets more often than not. */
const SECRET_NAME = /pass(?:word|wd|phrase)?|secret|token|credential|(?:api|access|private)_?key/i;

/** What stands for a secret of that many bytes. */
export function maskOf(bytes: number): string {
  return `••• (${bytes} bytes)`;
}

/** Is the value of a variable of this name to be masked? */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/** The object without the values of secrets: data of a Secret, literal variables named like one. */
export function masked(object: KubeObject): KubeObject {
  const safe = maskValue(object) as KubeObject;
  const annotations = safe.metadata.annotations;
  const applied = annotations?.[APPLIED];
  const visible =
    object.kind === 'Secret'
      ? {
          ...safe,
          ...maskData(object, 'data', sizeOfBase64),
          ...maskData(object, 'stringData', sizeOf),
        }
      : safe;
  if (applied === undefined) return visible;
  // What was applied last holds everything once more, as a text.
  const metadata = {
    ...visible.metadata,
    annotations: { ...annotations, [APPLIED]: maskApplied(applied, object.kind) },
  };
  return { ...visible, metadata };
}

function maskApplied(applied: string, kind: string | undefined): string {
  try {
    const object = JSON.parse(applied) as KubeObject;
    return JSON.stringify(masked(kind === undefined ? object : { ...object, kind }));
  } catch {
    return maskOf(applied.length);
  }
}

function maskData(
  object: KubeObject,
  field: 'data' | 'stringData',
  size: (value: string) => number,
): Readonly<Record<string, unknown>> {
  const data = object[field];
  if (typeof data !== 'object' || data === null) return {};
  return {
    [field]: Object.fromEntries(
      Object.entries(data).map(([key, value]) => [key, maskOf(size(String(value)))]),
    ),
  };
}

function sizeOf(value: string): number {
  return Buffer.byteLength(value);
}

function sizeOfBase64(value: string): number {
  return Buffer.from(value, 'base64').length;
}

/** Masks literal variables (`{name, value}` in a list called env) wherever they stand. */
function maskValue(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) {
    return value.map((item: unknown) =>
      key === 'env' && isSecretVariable(item)
        ? { ...item, value: maskOf(sizeOf(item.value)) }
        : maskValue(item),
    );
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, maskValue(inner, name)]),
  );
}

function isSecretVariable(
  item: unknown,
): item is { readonly name: string; readonly value: string } {
  if (typeof item !== 'object' || item === null) return false;
  const { name, value } = item as { name?: unknown; value?: unknown };
  return (
    typeof name === 'string' && typeof value === 'string' && value !== '' && isSecretName(name)
  );
}

/** An object as YAML, as people read it: without bookkeeping, without secrets, in tones. */
import { stringify } from 'yaml';
import type { Cell, Segment } from '../../core/styled.ts';
import { sanitize } from '../../core/text.ts';
import type { KubeObject } from '../../ports/kube.ts';

const MASK = '••••••';

/** Lines of YAML. `managedFields`: with who set which field. Values of secrets are masked, always. */
export function yamlLines(object: KubeObject, managedFields: boolean): readonly Cell[] {
  const { managedFields: fields, ...metadata } = object.metadata;
  const kept = managedFields ? { ...metadata, managedFields: fields } : metadata;
  const shown = masked({ ...object, metadata: kept });
  // No folding: a long line is scrolled or wrapped by the pane.
  return stringify(shown, { lineWidth: 0 }).trimEnd().split('\n').map(toned);
}

function masked(object: KubeObject): KubeObject {
  if (object.kind !== 'Secret') return object;
  const mask = (map: unknown): unknown =>
    typeof map === 'object' && map !== null
      ? Object.fromEntries(Object.keys(map).map((key) => [key, MASK]))
      : map;
  const { annotations, ...metadata } = object.metadata;
  // What kubectl applied last holds the values once more.
  const { 'kubectl.kubernetes.io/last-applied-configuration': applied, ...others } =
    annotations ?? {};
  const safe = applied === undefined ? others : { ...others, 'last-applied-configuration': MASK };
  return {
    ...object,
    metadata: { ...metadata, annotations: safe },
    data: mask(object['data']),
    stringData: mask(object['stringData']),
  };
}

/** `  - name: value`: the key stands back, the value is what one reads. */
const ENTRY = /^(\s*(?:- )*)([^\s:#"'][^:]*|"[^"]*"):( .*)?$/;

function toned(line: string): Cell {
  const text = sanitize(line);
  const match = ENTRY.exec(text);
  if (!match) return text;
  const [, indent = '', key = '', value = ''] = match;
  const segments: Segment[] = [
    [indent, 'muted'],
    [key, 'accent'],
    [':', 'muted'],
  ];
  return value === '' ? segments : [...segments, [value, 'text']];
}

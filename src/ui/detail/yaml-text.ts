/** An object as YAML, as people read it: without bookkeeping, without secrets, in tones. */
import type { Cell, Segment } from '../../core/styled.ts';
import { sanitize } from '../../core/text.ts';
import type { KubeObject } from '../../ports/kube.ts';
import { yamlOf } from '../../resources/yaml.ts';

/** Lines of YAML. `managedFields`: with who set which field; `reveal`: with the values of secrets. */
export function yamlLines(
  object: KubeObject,
  options: { readonly managedFields: boolean; readonly reveal: boolean },
): readonly Cell[] {
  return yamlOf(object, options).split('\n').map(toned);
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

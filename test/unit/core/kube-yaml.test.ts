import { expect, it } from 'vitest';
import { readKubeYaml } from '../../../src/core/kube-yaml.ts';

/** A mapping of that many anchors, each with an alias. */
const anchored = (count: number): string =>
  Array.from({ length: count }, (_, i) => `a${i}: &a${i} ${i}\nb${i}: *a${i}\n`).join('');

it('aliases are read, and not those that take time with the square of their number', () => {
  expect(readKubeYaml(anchored(500))).toMatchObject({ a0: 0, b0: 0, a499: 499, b499: 499 });
  expect(() => readKubeYaml(anchored(5000))).toThrow(
    'its aliases (*) unfold to more than is taken',
  );
});

import { expect, it } from 'vitest';
import { pathsIn } from '../../../src/cli/demo.ts';
import { pathsOf } from '../../../src/config/paths.ts';

it("keeps the audit log of a simulated region with the region, apart from the user's own", () => {
  const paths = pathsOf({}, '/home/me');
  const exports = { KUBECONFIG: '/run/region-1/kubeconfig' };
  expect(pathsIn({ exports }, paths)).toEqual({ ...paths, audit: '/run/region-1/audit.jsonl' });
});

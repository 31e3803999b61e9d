import { expect, it } from 'vitest';
import { plain, type Cell } from '../../../src/core/styled.ts';
import { AwsFault } from '../../../src/domain/aws-fault.ts';
import type { NodeRow } from '../../../src/domain/rows.ts';
import type { Asking } from '../../../src/resources/define.ts';
import { clusterQuestions } from '../../../src/resources/describe/cluster-skew.ts';
import { clusterRow, nodeRow } from '../../support/rows.ts';

const denied = new AwsFault('denied', 'needs eks:ListNodegroups');

async function told(
  groups: Readonly<Record<string, string>> | AwsFault,
  nodes: readonly NodeRow[] = [],
  caller: AwsFault | string = 'arn:aws:iam::1:role/me',
): Promise<string> {
  const ask = {
    eks: { name: 'prod', arn: 'arn:aws:eks:eu-central-1:1:cluster/prod', profile: '', region: '' },
    query: { status: () => ({ synced: nodes.length > 0 }), rows: () => nodes },
    call: (action: string, input: { readonly nodegroupName?: string }) => {
      if (action === 'sts:GetCallerIdentity')
        return caller instanceof AwsFault
          ? Promise.reject(caller)
          : Promise.resolve({ Arn: caller });
      if (groups instanceof AwsFault) return Promise.reject(groups);
      if (action === 'eks:ListNodegroups')
        return Promise.resolve({ nodegroups: Object.keys(groups) });
      const version = groups[input.nodegroupName ?? ''];
      if (action === 'eks:DescribeNodegroup') return Promise.resolve({ nodegroup: { version } });
      return Promise.resolve({ accessEntries: [], ClientIDList: [] });
    },
  } as unknown as Asking;
  const sections = await clusterQuestions.sections(
    clusterRow({ name: 'prod', version: '1.36' }),
    ask,
  );
  return sections
    .filter(({ title }) => title === 'Versions of its nodes')
    .flatMap(({ lines }) => lines as readonly (readonly [string, Cell] | Cell)[])
    .map((line) =>
      line.length === 2 && typeof line[0] === 'string'
        ? `${line[0]}: ${plain(line[1] as Cell)}`
        : plain(line as Cell),
    )
    .join('\n');
}

const kubelet = (group: string, version: string, compute: NodeRow['compute'] = 'managed') =>
  nodeRow({ name: `${group}-${version}`, group, version: `v${version}.1-eks-1`, compute });

it('tells how far groups are behind the control plane, and what their nodes still are', async () => {
  const nodes = [
    kubelet('web', '1.35'),
    kubelet('web', '1.36'),
    kubelet('burst', '1.34', 'karpenter'),
  ];
  expect(await told({ web: '1.36', old: '1.33' }, nodes)).toBe(
    [
      'Control plane: 1.36',
      'web: 1.36, nodes of 1.35 still  1 behind',
      'old: 1.33  3 behind: the control plane cannot go on before it does',
      'burst: 1.34  2 behind',
    ].join('\n'),
  );
});

it('knows groups by EKS alone where nothing is connected, and says what is wrong', async () => {
  expect(await told({ web: '1.36', next: '1.37' })).toBe(
    'Control plane: 1.36\nweb: 1.36\nnext: 1.37: ahead of the control plane, which is not supported',
  );
  expect(await told({})).toBe('');
});

it('fails alone, in either direction', async () => {
  expect(await told(denied)).toBe('? needs eks:ListNodegroups');
  expect(await told({ web: '1.36' }, [], new AwsFault('denied', 'needs sts'))).toContain(
    'web: 1.36',
  );
  await expect(told(denied, [], new AwsFault('denied', 'needs sts'))).rejects.toThrow('needs sts');
});

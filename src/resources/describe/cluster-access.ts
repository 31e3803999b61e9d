/** Who the caller is to a cluster, and whether its service accounts can be roles: what a 401 comes from. */
import { shellLine, shellWord } from '../../core/shell.ts';
import type { Cell, Tone } from '../../core/styled.ts';
import { hintOf, reasonOf } from '../../core/words.ts';
import type { AwsFault } from '../../domain/aws-fault.ts';
import { isCaller, sessionRole } from '../../domain/caller.ts';
import { STS_AUDIENCE } from '../../domain/identity.ts';
import type { ClusterRow } from '../../domain/rows.ts';
import { providerArn } from '../../domain/trust-policy.ts';
import type { Asking, Questions } from '../define.ts';
import type { Line } from './common.ts';

/** Asks who calls, which entry lets it in, and whether the issuer has a provider. */
export const clusterAccess: Questions<ClusterRow> = {
  title: 'You and this cluster',
  iam: [
    'sts:GetCallerIdentity',
    'eks:ListAccessEntries',
    'eks:ListAssociatedAccessPolicies',
    'iam:GetOpenIDConnectProvider',
  ],
  sections: async (row, ask) => {
    const { Arn: caller } = await ask.call('sts:GetCallerIdentity', {});
    const [entry, provider] = await Promise.all([
      entryLines(row, caller, ask).catch(unread),
      providerLines(row, ask).catch(unread),
    ]);
    return [
      {
        title: 'You and this cluster',
        lines: [
          ['You are', caller],
          ['Comes in by', MODES.get(row.authenticationMode) ?? '?'],
          ...labelled('Access', entry),
          ...labelled('OIDC provider', provider),
        ],
      },
    ];
  },
};

/** What counts in each authentication mode. */
const MODES: ReadonlyMap<string, string> = new Map([
  ['API', 'access entries alone (mode API); aws-auth does not count'],
  ['API_AND_CONFIG_MAP', 'access entries, then the config map aws-auth (API_AND_CONFIG_MAP)'],
  ['CONFIG_MAP', 'the config map aws-auth alone (CONFIG_MAP); access entries do not count'],
]);

async function entryLines(
  { name, region, authenticationMode: mode }: ClusterRow,
  caller: string,
  { eks, call }: Asking,
): Promise<readonly Cell[]> {
  if (mode === 'CONFIG_MAP') {
    return [
      look('warn', 'only aws-auth says who may come in, and whoever may not cannot read it'),
      fix('who can, maps it: kubectl -n kube-system edit configmap aws-auth'),
    ];
  }
  const clusterName = eks.name;
  const { accessEntries } = await call('eks:ListAccessEntries', { clusterName });
  const principalArn = accessEntries.find((each) => isCaller(each, caller));
  if (principalArn === undefined) {
    const own = sessionRole(caller);
    const arn =
      own === null
        ? shellWord(caller)
        : `"$(aws iam get-role --role-name ${shellWord(own.name)} --query Role.Arn --output text)"`;
    const place = shellLine(['--cluster-name', name, '--region', region]);
    const about = `${place} --principal-arn ${arn}`;
    const mapped = mode === 'API' ? 'without one' : 'where aws-auth does not name you either';
    return [
      look('bad', `no access entry is yours: ${mapped}, the API server answers 401`),
      fix(`aws eks create-access-entry ${about}`),
      fix(
        `aws eks associate-access-policy ${about} --access-scope type=cluster --policy-arn arn:${partitionOf(eks.arn)}:eks::aws:cluster-access-policy/AmazonEKSViewPolicy`,
      ),
    ];
  }
  const asked = { clusterName, principalArn };
  const { associatedAccessPolicies } = await call('eks:ListAssociatedAccessPolicies', asked);
  const policies = associatedAccessPolicies.map(({ policyArn }) => policyArn.replace(/^.*\//, ''));
  return [
    look('good', `the access entry of ${principalArn} lets you in`),
    policies.length > 0
      ? look('good', `with ${policies.join(', ')}`)
      : look('warn', 'it has no policy: what you may do comes from bindings of its groups'),
  ];
}

async function providerLines(
  { id, issuer }: ClusterRow,
  { call }: Asking,
): Promise<readonly Cell[]> {
  if (issuer === '') return [look('warn', 'the cluster has no issuer')];
  const [, partition = 'aws', , , account = ''] = id.split(':');
  const OpenIDConnectProviderArn = providerArn(partition, account, issuer);
  const audiences = await call('iam:GetOpenIDConnectProvider', { OpenIDConnectProviderArn }).then(
    ({ ClientIDList }) => ClientIDList,
    (error: unknown) => {
      if ((error as Partial<AwsFault>).code === 'NoSuchEntity') return null;
      throw error;
    },
  );
  if (audiences === null) {
    return [
      look('warn', 'IAM has none for the issuer: service accounts cannot be roles by IRSA'),
      fix(
        `aws iam create-open-id-connect-provider --url ${issuer} --client-id-list ${STS_AUDIENCE}`,
      ),
    ];
  }
  return audiences.includes(STS_AUDIENCE)
    ? [look('good', OpenIDConnectProviderArn)]
    : [
        look('bad', `it is there without the audience ${STS_AUDIENCE}`),
        fix(
          `aws iam add-client-id-to-open-id-connect-provider --open-id-connect-provider-arn ${OpenIDConnectProviderArn} --client-id ${STS_AUDIENCE}`,
        ),
      ];
}

/** `aws-us-gov` of an ARN. */
const partitionOf = (arn: string): string => arn.split(':')[1] || 'aws';

const GLYPHS = { good: '✓', warn: '!', bad: '✗' } as const;

const look = (tone: keyof typeof GLYPHS, text: string): Cell => [
  [`${GLYPHS[tone]} `, tone satisfies Tone],
  [text, 'text'],
];

const fix = (command: string): Cell => [[`  ${command}`, 'accent']];

const unread = (error: unknown): readonly Cell[] => [
  [
    ['? ', 'warn'],
    [[reasonOf(error), hintOf(error)].filter(Boolean).join(' · '), 'text'],
  ],
];

const labelled = (label: string, cells: readonly Cell[]): readonly Line[] =>
  cells.map((cell, i) => [i === 0 ? label : '', cell]);

import { object, text as asText, type Json } from '../../core/json.ts';
import type { Cell } from '../../core/styled.ts';
import { reasonOf } from '../../core/words.ts';
import {
  droppedFields,
  entryNamed,
  hasCluster,
  kubeconfigEntries,
  readKubeconfig,
  withEntries,
  type KubeconfigEntries,
} from '../../domain/eks-kubeconfig.ts';
import type { BaseRow, ClusterRow } from '../../domain/rows.ts';
import type { LocalFile } from '../../ports/local-files.ts';
import { awsOf, NO_AWS } from '../targets/aws.ts';
import { defineAction, type ActionContext } from '../engine/define.ts';
import { textField, yesNoField, type Form, type FormValues } from '../engine/form.ts';
import { kubeconfigDiff } from './kubeconfig-diff.ts';
import type { Plan, Step } from '../engine/plan.ts';

/** Kubeconfigs are read up to this size (bytes): thousands of contexts have a few MB. */
const MOST = 2 ** 24;
/** The value by which it is taken back: the file that was written. */
const RESTORE = 'restore';

/** What of a cluster can be written down at all, as the aws CLI has it. */
const READY: ReadonlySet<string> = new Set(['ACTIVE', 'UPDATING']);

interface Kubeconfig {
  readonly file: LocalFile;
  readonly text: string;
  readonly data: Json | null;
}

async function read(path: string, ctx: ActionContext): Promise<Kubeconfig> {
  const file = await ctx.local.files.read(path, MOST);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      file.bytes ?? new Uint8Array(),
    );
  } catch (error) {
    throw new Error(`${path}: it is not UTF-8 text`, { cause: error });
  }
  return { file, text, data: about(path, () => readKubeconfig(text)) };
}

/** Says which file a clause is about. */
function about<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new Error(`${path}: ${reasonOf(error)}`, { cause: error });
  }
}

/** The file that the aws CLI would choose: the first that has the cluster, else the first. */
async function chosenFile(
  arn: string,
  ctx: ActionContext,
): Promise<Kubeconfig & { readonly notes: readonly string[] }> {
  const notes: string[] = [];
  let first: Kubeconfig | Error | null = null;
  for (const path of ctx.local.kubeconfig.paths) {
    try {
      const found = await read(path, ctx);
      if (hasCluster(found.data, arn)) return { ...found, notes };
      first ??= found;
    } catch (error) {
      first ??= error as Error;
      notes.push(`passed over: ${reasonOf(error)}`);
    }
  }
  if (first === null || first instanceof Error) throw first ?? new Error('there is no kubeconfig');
  return { ...first, notes };
}

async function entriesOf(values: FormValues, ctx: ActionContext): Promise<KubeconfigEntries> {
  const { door, eks } = awsOf(ctx);
  const { cluster } = await door.call('eks:DescribeCluster', { name: eks.name });
  // Its entries would take the place of another cluster's.
  if (cluster.arn !== eks.arn)
    throw new Error(`AWS describes ${cluster.arn} where ${eks.arn} was asked for`);
  if (!READY.has(cluster.status))
    throw new Error(`${eks.name} is ${cluster.status}: it can be connected to once it is ACTIVE`);
  const { [0]: outpost } = cluster.outpostConfig.outpostArns;
  const wish = {
    name: eks.name,
    arn: cluster.arn,
    caData: cluster.certificateAuthority.data,
    endpoint: cluster.endpoint,
    outpostId: outpost === undefined ? '' : cluster.id,
    profile: eks.profile || ctx.local.kubeconfig.profile,
    role: values['role']?.trim() ?? '',
    alias: values['alias']?.trim() ?? '',
    userAlias: values['userAlias']?.trim() ?? '',
  };
  for (const text of Object.values(wish))
    if (hasControls(text)) throw new Error('AWS describes the cluster with control characters');
  return kubeconfigEntries(wish);
}

const hasControls = (text: string): boolean => /[\p{Cc}\p{Cs}\u2028\u2029]/u.test(text);

const pathCell = (path: string, word: string): Cell => [
  [path, 'accent'],
  [` ${word}`, 'muted'],
];

/** Who loses what: another cluster's context of that name, another way to sign in. */
function victimsOf({ context, user }: KubeconfigEntries, data: Json | null): readonly string[] {
  const led = object(entryNamed(data, 'contexts', context.name)?.['context'])['cluster'];
  const signsIn = Object.keys(object(entryNamed(data, 'users', user.name)?.['user']));
  const elsewhere = led !== undefined && led !== object(context['context'])['cluster'];
  const others = signsIn.filter((key) => key !== 'exec');
  return [
    ...(elsewhere ? [`context ${context.name}: it leads to ${asText(led)} so far`] : []),
    ...(others.length > 0 ? [`user ${user.name}: loses ${others.join(', ')}`] : []),
  ];
}

function command(path: string, values: FormValues, ctx: ActionContext): string {
  const flag = (name: string, value = ''): readonly string[] =>
    value.trim() === '' ? [] : [name, value.trim()];
  return ctx.awsCli([
    ...['eks', 'update-kubeconfig', '--name', awsOf(ctx).eks.name, '--kubeconfig', path],
    ...flag('--alias', values['alias']),
    ...flag('--user-alias', values['userAlias']),
    ...flag('--role-arn', values['role']),
  ]);
}

const step = (title: string, run: Step['run']): Step => ({
  ...{ title, uid: '', command: '', access: [], already: '', run },
});

async function plan(values: FormValues, ctx: ActionContext): Promise<Plan> {
  const entries = await entriesOf(values, ctx);
  const { file, text, data, notes } = await chosenFile(entries.cluster.name, ctx);
  const setCurrent = values['current'] !== 'no';
  const after = about(file.path, () => withEntries(text, entries, setCurrent));
  if (after !== text && file.locked !== '') throw new Error(`${file.path}: ${file.locked}`);
  const current = data?.['current-context'] ?? '';
  const { name } = entries.context;
  const title = `Write context ${name} into ${file.path}`;
  return {
    title,
    subject: awsOf(ctx).eks.name,
    changes: [
      pathCell(
        file.path,
        file.bytes === null ? 'is made, for you alone to read' : 'keeps all else as it is',
      ),
      setCurrent && current !== name
        ? [
            ['current-context ', 'muted'],
            [`${asText(current) || 'none'} → ${name}`, 'text'],
          ]
        : [['current-context stays', 'muted']],
    ],
    victims: victimsOf(entries, data),
    warnings: [
      ...notes,
      ...droppedFields(data, entries).map((field) => `${field} goes, as with the aws CLI`),
    ],
    refusals: [],
    diff: kubeconfigDiff(text, after, entries),
    changed: async () => ((await isAsRead(file, ctx)) ? '' : `${file.path} has changed since`),
    steps: [
      {
        ...step(title, async (_signal, report) => {
          await ctx.local.files.replace(file, Buffer.from(after));
          report({ state: 'done', text: `context ${name} stands in ${file.path}` });
        }),
        // The aws CLI has no way to leave the current context alone.
        command: setCurrent || current === '' ? command(file.path, values, ctx) : '',
        already: after === text ? `${file.path} has it already` : '',
      },
    ],
    chain: true,
    inverse: { action: 'write-kubeconfig', values: { [RESTORE]: file.path } },
  };
}

async function isAsRead({ path, bytes }: LocalFile, ctx: ActionContext): Promise<boolean> {
  const now = await ctx.local.files.read(path, MOST);
  if (bytes === null || now.bytes === null) return bytes === now.bytes;
  return now.path === path && Buffer.compare(bytes, now.bytes) === 0;
}

/** Takes it back: what stood in the file before, where nobody else wrote it since. */
async function restoring(path: string, ctx: ActionContext): Promise<Plan> {
  const { file, text } = await read(path, ctx);
  const former = ctx.local.files.former(file);
  if (former === undefined)
    throw new Error(`${path} was changed since by something else: it is left as it is`);
  const before = former === null ? '' : new TextDecoder().decode(former);
  const title = former === null ? `Remove ${path} again` : `Put ${path} back as it was`;
  return {
    ...{ title, subject: path, victims: [], warnings: [], refusals: [], chain: true },
    changes: [pathCell(path, former === null ? 'was not there before' : 'as it was, byte by byte')],
    diff: kubeconfigDiff(text, before, null),
    changed: async () => ((await isAsRead(file, ctx)) ? '' : `${path} has changed since`),
    steps: [step(title, () => ctx.local.files.replace(file, former))],
    inverse: null,
  };
}

const ROLE = /^arn:[\w-]+:iam::\d{12}:role\/\S+$/;
const noControls = (value: string): string =>
  hasControls(value) ? 'no line breaks or control characters' : '';

function form(): Form {
  return [
    textField({
      id: 'alias',
      label: 'Context',
      hint: "its name (--alias); empty: the user's name",
      check: noControls,
    }),
    textField({
      id: 'userAlias',
      label: 'User',
      hint: "its name (--user-alias); empty: the cluster's ARN",
      check: noControls,
    }),
    textField({
      id: 'role',
      label: 'Role to assume',
      hint: 'its ARN (--role-arn); empty: none',
      check: (value) =>
        value.trim() === '' || ROLE.test(value.trim())
          ? ''
          : 'the ARN of a role: arn:aws:iam::123456789012:role/name',
    }),
    yesNoField({
      id: 'current',
      label: 'Current context',
      initial: 'yes',
      yes: 'kubectl uses it from now on, as the aws CLI does',
      no: 'the current context stays',
    }),
  ];
}

/** Why a row of the fleet is no cluster that an entry can be written for; empty where it is one. */
function noCluster({ name, source, error }: ClusterRow): string {
  if (source === 'context')
    return `${name} is a context of the kubeconfig, and no cluster that AWS told of`;
  return `AWS did not describe ${name}${error === '' ? '' : `: ${error}`}`;
}

export const writeKubeconfig = defineAction<BaseRow>({
  id: 'write-kubeconfig',
  title: 'Kubeconfig',
  description:
    'Writes what `aws eks update-kubeconfig` writes, and keeps the rest of the file byte by byte.',
  key: 'K',
  appliesTo: ['clusters'],
  danger: 1,
  many: false,
  anywhere: true,
  touches: 'machine',
  needs: [],
  state: () => '',
  access: () => [],
  iam: ['eks:DescribeCluster'],
  guard: ([target], { aws, eks }) => {
    if (target !== undefined && eks === null) return noCluster(target.row as ClusterRow);
    return aws === null || eks === null ? NO_AWS : '';
  },
  form: () => form(),
  plan: (_targets, values, ctx) => {
    const { [RESTORE]: path } = values;
    return path === undefined ? plan(values, ctx) : restoring(path, ctx);
  },
});

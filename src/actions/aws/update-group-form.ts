/** What is asked before a managed node group is updated, and what of it is wanted. */
import { CUSTOM_AMI } from '../../domain/ami-release.ts';
import type { NodeGroupRow } from '../../domain/rows.ts';
import type { ActionContext, ActionTarget } from '../engine/define.ts';
import { choiceField, textField, yesNoField, type Form, type FormValues } from '../engine/form.ts';
import { awsOf } from '../targets/aws.ts';
import { FOLLOW_FORM } from './follow-update.ts';

/** Whether EKS is at it already. */
export const isRunning = ({ update }: Pick<NodeGroupRow, 'update'>): boolean =>
  update.startsWith('VersionUpdate');

/** The version of the cluster: a group's may not be newer. */
const clusterVersion = (ctx: ActionContext): Promise<string> =>
  ctx.once('version', async () => {
    const { door, eks } = awsOf(ctx);
    return (await door.call('eks:DescribeCluster', { name: eks.name })).cluster.version;
  });

/** `1.34`, `1.35` … from a group's version to the cluster's, the newest first. */
function versionsBetween(from: string, to: string): readonly string[] {
  const [major = '1', first = ''] = from.split('.');
  const last = to.split('.')[1] ?? first;
  const count = Math.max(0, Number(last) - Number(first));
  return Array.from({ length: count + 1 }, (_, i) => `${major}.${Number(first) + count - i}`);
}

/** The form; of a group that EKS is at already, only that it is followed. */
export async function updateForm(
  [target]: readonly ActionTarget<NodeGroupRow>[],
  _: FormValues,
  ctx: ActionContext,
): Promise<Form> {
  if (target === undefined) return [];
  const { row } = target;
  if (isRunning(row)) return FOLLOW_FORM;
  const force = yesNoField({
    ...{ id: 'force', label: 'Force', initial: 'no' },
    yes: 'pods that a disruption budget keeps for 15 minutes are ended all the same',
    no: 'the update fails where a budget keeps a pod for 15 minutes',
  });
  const template =
    row.templateId === ''
      ? []
      : [
          textField({
            ...{ id: 'template', label: 'Launch template', initial: row.templateVersion },
            hint: `version of ${row.templateName || row.templateId}, now ${row.templateVersion}`,
            check: (value) => (/^\d+$/.test(value.trim()) ? '' : 'the number of a version'),
          }),
        ];
  if (row.amiType === CUSTOM_AMI) return [...template, force];
  const newest = await clusterVersion(ctx);
  return [
    choiceField({
      id: 'version',
      label: 'Version',
      options: versionsBetween(row.version, newest).map((version) => ({
        id: version,
        title: version,
        detail: [
          version === row.version && 'it has this one',
          version === newest && "the cluster's",
        ]
          .filter((note) => note !== false)
          .join(', '),
        disabled: '',
      })),
      hint: `now ${row.version} (${row.release})`,
    }),
    textField({
      id: 'release',
      label: 'AMI release',
      hint: 'empty: the newest that EKS has for this version',
      check: (value) =>
        /^$|^\d+\.\d+\.\d+-\w+$/.test(value.trim()) ? '' : 'as in 1.35.4-20261124, or empty',
    }),
    ...template,
    force,
  ];
}

/** What is asked for. */
export interface Wanted {
  readonly version: string;
  readonly release: string;
  /** Of the launch template; empty: as it is. */
  readonly template: string;
  readonly force: boolean;
}

/** What the values of the form come to. */
export function wantedOf(row: NodeGroupRow, values: FormValues): Wanted {
  const template = values['template']?.trim() ?? '';
  return {
    version: values['version'] ?? '',
    release: values['release']?.trim() ?? '',
    template: template === row.templateVersion ? '' : template,
    force: values['force'] === 'yes',
  };
}

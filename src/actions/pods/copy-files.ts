import { posix } from 'node:path';
import { byteWords } from '../../core/bytes.ts';
import type { Cell } from '../../core/styled.ts';
import { sanitize } from '../../core/text.ts';
import { refOf } from '../../domain/ref.ts';
import type { PodRow } from '../../domain/rows.ts';
import type { LocalPlace } from '../../ports/local-files.ts';
import { receiveCopy, sendCopy } from './copying.ts';
import { defineAction, type ActionContext } from '../engine/define.ts';
import { choiceField, textField, type Form, type FormValues } from '../engine/form.ts';
import type { Plan, Step } from '../engine/plan.ts';
import { containerForm, containerOf, noProcess, type PodTarget } from './running-containers.ts';
import {
  lookAt,
  remotePath,
  remoteProblem,
  type Container,
  type RemoteFile,
} from './remote-tar.ts';

/** What is asked, as it was answered. */
interface Wish {
  readonly row: PodRow;
  readonly at: Container;
  readonly remote: string;
  readonly local: string;
}

function wishOf(target: PodTarget, values: FormValues): Wish {
  const { row } = target;
  return {
    row,
    at: { pod: refOf('pods', row), container: containerOf(target, values) },
    remote: remotePath(values['remote'] ?? ''),
    local: values['local'] ?? '',
  };
}

function form(target: PodTarget, values: FormValues): Form {
  const isFrom = values['direction'] !== 'to';
  const option = { disabled: '' };
  return [
    choiceField({
      id: 'direction',
      label: 'Direction',
      options: [
        { ...option, id: 'from', title: 'from the container', detail: 'to this machine' },
        { ...option, id: 'to', title: 'to the container', detail: 'from this machine' },
      ],
    }),
    ...containerForm(target),
    textField({
      id: 'remote',
      label: 'In the container',
      hint: isFrom ? 'a file or folder: /app/config.yaml' : 'a file, or the folder to put it into',
      check: remoteProblem,
    }),
    textField({
      id: 'local',
      label: 'On this machine',
      hint: isFrom ? 'empty: under its own name in the working folder' : 'a file or folder',
      check: (value) => {
        if (value.includes('\0')) return 'no path';
        return value.trim() === '' && !isFrom ? 'a path of this machine' : '';
      },
    }),
  ];
}

const words = (size: number, kind: RemoteFile['kind']): string =>
  kind === 'folder' ? 'folder' : byteWords(size);

/** Both ends, and what is between them. */
const cells = (from: string, detail: string, to: string): readonly Cell[] => [
  [
    [from, 'accent'],
    [` (${detail}) → `, 'muted'],
    [to, 'accent'],
  ],
];

/** The line for kubectl; empty where that would take the path of this machine for one of a pod. */
const commandOf = (local: string, from: string, to: string, at: Container, ctx: ActionContext) =>
  local.includes(':') ? '' : ctx.kubectl(['cp', from, to, '-c', at.container]);

function step(title: string, row: PodRow, command: string, run: Step['run']): Step {
  return { title, uid: row.uid, command, access: [], already: '', stoppable: true, run };
}

const common = { warnings: [], refusals: [], chain: true, inverse: null, passing: true } as const;

/** Where something of that name is put: into a folder that is there, or as what is not there yet. */
async function placeFor(path: string, name: string, ctx: ActionContext): Promise<LocalPlace> {
  const place = await ctx.local.copies.look(path === '' ? name : path);
  return place.kind === 'folder' ? ctx.local.copies.look(posix.join(place.path, name)) : place;
}

async function fromContainer(wish: Wish, ctx: ActionContext): Promise<Plan> {
  const { row, at, remote } = wish;
  const found = await lookAt(at, remote, ctx.kube);
  if (found === null) throw new Error(`there is no ${remote} in container ${at.container}`);
  if (found.kind === 'link') {
    const target = posix.resolve(posix.dirname(remote), found.target);
    throw new Error(`${remote} is a link to ${sanitize(target)}: copy that`);
  }
  if (found.kind === 'other') throw new Error(`${remote} is a device or a pipe: it is not copied`);
  const place = await placeFor(wish.local, posix.basename(remote), ctx);
  if (place.kind !== 'none' && (place.kind !== 'file' || found.kind === 'folder')) {
    const what = { file: 'a file', folder: 'a folder', link: 'a link', other: 'a device' };
    throw new Error(
      `${place.path} is there already, ${what[place.kind]}: choose a path where nothing is`,
    );
  }
  if (found.size > place.free)
    throw new Error(
      `${remote} has ${byteWords(found.size)}, the disk has room for ${byteWords(place.free)}`,
    );
  const title = `Copy ${remote} from pod/${row.name} to ${place.path}`;
  const source = `${row.namespace}/${row.name}:${remote}`;
  const command = commandOf(place.path, source, place.path, at, ctx);
  return {
    ...common,
    title,
    changes: cells(`${at.container}:${remote}`, words(found.size, found.kind), place.path),
    victims:
      place.kind === 'file' ? [`${place.path}: its ${byteWords(place.size)} are replaced`] : [],
    ...(place.kind === 'file' && { danger: 2 }),
    steps: [
      step(title, row, command, (signal, report) =>
        receiveCopy({ at, found, place, ctx, signal, report }),
      ),
    ],
  };
}

async function toContainer(wish: Wish, ctx: ActionContext): Promise<Plan> {
  const { row, at } = wish;
  const { path } = await ctx.local.copies.look(wish.local);
  const tree = await ctx.local.copies.tree(wish.local);
  const [top] = tree.entries;
  if (top === undefined) throw new Error(`${path} is neither a file nor a folder`);
  let remote = wish.remote;
  let found = await lookAt(at, remote, ctx.kube);
  if (found?.kind === 'folder') {
    remote = posix.join(remote, posix.basename(path));
    found = await lookAt(at, remote, ctx.kube);
  } else if (found === null) {
    const above = posix.dirname(remote);
    if (above !== '/' && (await lookAt(at, above, ctx.kube)) === null)
      throw new Error(`there is no folder ${above} in container ${at.container}`);
  }
  if (found !== null && found.kind !== top.kind)
    throw new Error(`${remote} is there already, and no ${top.kind}: choose another path`);
  const size = tree.entries.reduce((sum, each) => sum + each.size, 0);
  const files = tree.entries.filter(({ kind }) => kind === 'file').length;
  const detail =
    top.kind === 'file' ? byteWords(size) : `folder with ${files} files, ${byteWords(size)}`;
  const title = `Copy ${path} to ${remote} in pod/${row.name}`;
  // kubectl puts what it copies into a folder that is there.
  const into = found?.kind === 'folder' ? posix.dirname(remote) : remote;
  const command = commandOf(path, path, `${row.namespace}/${row.name}:${into}`, at, ctx);
  const victim =
    found?.kind === 'folder'
      ? 'files of the same names in it'
      : `its ${byteWords(found?.size ?? 0)}`;
  return {
    ...common,
    title,
    changes: cells(path, detail, `${at.container}:${remote}`),
    victims: found === null ? [] : [`${remote}: ${victim} are replaced`],
    ...(found !== null && { danger: 2 }),
    warnings:
      tree.leftOut.length === 0
        ? []
        : [
            `links and devices are left out (${tree.leftOut.length}): ${sanitize(tree.leftOut[0] ?? '')} …`,
          ],
    steps: [
      step(title, row, command, (signal, report) =>
        sendCopy({ at, entries: tree.entries, size, remote, ctx, signal, report }),
      ),
    ],
  };
}

export const copyFiles = defineAction<PodRow>({
  id: 'copy-files',
  title: 'Transfer',
  description: 'Copies a file or folder from a container to this machine, or the other way.',
  key: 'ctrl-t',
  appliesTo: ['pods', 'containers'],
  danger: 1,
  many: false,
  needs: [],
  state: () => '',
  access: ({ row: { namespace, name } }) => [
    { verb: 'create', group: '', resource: 'pods', subresource: 'exec', namespace, name },
  ],
  iam: [],
  guard: ([target]) => (target === undefined ? '' : noProcess(target)),
  form: ([target], values) => (target === undefined ? [] : form(target, values)),
  plan: ([target], values, ctx) => {
    if (target === undefined) return Promise.reject(new Error('nothing is selected'));
    const wish = wishOf(target, values);
    return values['direction'] === 'to' ? toContainer(wish, ctx) : fromContainer(wish, ctx);
  },
});

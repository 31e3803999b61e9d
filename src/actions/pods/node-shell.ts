import { at, objects, text } from '../../core/json.ts';
import { sanitize } from '../../core/text.ts';
import { reasonOf } from '../../core/words.ts';
import { type ObjectRef, placeIn } from '../../domain/ref.ts';
import type { NodeRow } from '../../domain/rows.ts';
import type { AccessRequest, KubeError, KubeObject, NewObject } from '../../ports/kube.ts';
import { defineAction, type ActionContext } from '../engine/define.ts';
import { refusalsOf } from '../targets/dry-run.ts';
import { choiceField, textField, type Form, type FormValues } from '../engine/form.ts';
import { nameOf, type ObjectTarget } from '../targets/object-target.ts';
import type { Progress } from '../engine/plan.ts';
import { LEFT, session, type Join } from './process-session.ts';

type Target = ObjectTarget<NodeRow>;

/** Small, with the usual tools, and from where no login is needed. */
const IMAGE = 'public.ecr.aws/docker/library/busybox:stable';
const CONTAINER = 'debugger';
/** How long (ms) the pod may take to start, and how often it is looked at. */
const PATIENCE = 2 * 60_000;
const EVERY = 1000;
/** Reasons of a waiting container that do not pass by themselves. */
const STUCK = /ErrImage|ImagePullBackOff|InvalidImage|CreateContainer\w*Error|RunContainerError/;
const ENTER = Uint8Array.of(0x0d);

const PROFILES = [
  { id: 'general', title: 'general', detail: 'root of the container', disabled: '' },
  { id: 'sysadmin', title: 'sysadmin', detail: 'privileged: all that root may', disabled: '' },
] as const;

function form({ query }: ActionContext): Form {
  const namespaces = [...query.rows('namespaces')]
    .filter(({ gone, phase }) => gone === 0 && phase !== 'Terminating')
    .map(({ name }) => name)
    .sort();
  const first = namespaces.includes('default') ? { initial: 'default' } : {};
  return [
    textField({
      id: 'image',
      label: 'Image',
      initial: IMAGE,
      hint: 'one that the node can pull, whose command is a shell',
      check: (value) => (/^\S+$/.test(value.trim()) ? '' : 'the name of an image'),
    }),
    choiceField({
      id: 'namespace',
      label: 'Namespace',
      ...first,
      hint: 'one whose pod security lets pods use the node',
      options: namespaces.map((id) => ({ id, title: id, detail: '', disabled: '' })),
    }),
    choiceField({ id: 'profile', label: 'Profile', options: PROFILES }),
  ];
}

/** Five letters of the moment, as unlikely to meet again as kubectl's. */
const suffix = (now: number): string => now.toString(36).slice(-5);

/** The pod that kubectl debug makes of a node, by its profiles. */
function podOf({ row }: Target, values: FormValues, now: number): Debugger {
  const { image = IMAGE, profile } = values;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `node-debugger-${row.name}-${suffix(now)}`,
      labels: { 'app.kubernetes.io/managed-by': 'ekscope' },
    },
    spec: {
      containers: [
        {
          name: CONTAINER,
          image: image.trim(),
          stdin: true,
          // A session that is lost leaves no shell behind.
          stdinOnce: true,
          tty: true,
          terminationMessagePolicy: 'File',
          volumeMounts: [{ name: 'host-root', mountPath: '/host' }],
          ...(profile === 'sysadmin' && { securityContext: { privileged: true } }),
        },
      ],
      nodeName: row.name,
      hostNetwork: true,
      hostPID: true,
      hostIPC: true,
      restartPolicy: 'Never',
      tolerations: [{ operator: 'Exists' }],
      volumes: [{ name: 'host-root', hostPath: { path: '/' } }],
    },
  };
}

type Debugger = NewObject & { readonly metadata: { readonly name: string } };

/**
 * Whether the shell of a pod runs by now.
 * @param waiting is told what it waits for
 * @throws Error where it will not
 */
function hasStarted(pod: KubeObject, waiting: (reason: string) => void): boolean {
  const name = `pod/${pod.metadata.name}`;
  const state = objects(at(pod, 'status', 'containerStatuses')).map((each) => each['state'])[0];
  if (at(state, 'running') !== undefined) return true;
  const phase = text(at(pod, 'status', 'phase'));
  if (phase === 'Failed' || phase === 'Succeeded') {
    const why = text(at(state, 'terminated', 'message')) || text(at(pod, 'status', 'message'));
    throw new Error(
      `${name} ended at once${why === '' ? ': is its command a shell?' : `: ${why}`}`,
    );
  }
  const reason = text(at(state, 'waiting', 'reason'));
  const message = text(at(state, 'waiting', 'message'));
  const said = message === '' ? reason : `${reason}: ${message}`;
  if (STUCK.test(reason)) throw new Error(`${name}: ${said}`);
  waiting(said);
  return false;
}

/** Waits until the shell of a pod runs. @throws Error where it will not */
async function started(
  ref: ObjectRef,
  ctx: ActionContext,
  signal: AbortSignal,
  report: (progress: Progress) => void,
): Promise<void> {
  const until = ctx.now() + PATIENCE;
  let last = '';
  const waiting = (reason: string): void => {
    last = reason;
    report({ state: 'working', text: `pod/${ref.name} is starting: ${reason || 'sent'}` });
  };
  for (;;) {
    if (hasStarted(await ctx.kube.get(ref), waiting)) return;
    if (signal.aborted) throw new Error('called off');
    if (ctx.now() >= until)
      throw new Error(
        `pod/${ref.name} did not start within 2 minutes: ${last || 'nothing is said of it'}`,
      );
    await ctx.sleep(EVERY, signal);
  }
}

/** Our terminal at the shell of the pod. */
async function atShell(ref: ObjectRef, node: string, ctx: ActionContext, signal: AbortSignal) {
  const join: Join = async (sink, terminal) => {
    const options = { container: CONTAINER, tty: true, stdin: true };
    const process = await ctx.kube.attach(ref, options, sink);
    process.resize(terminal.columns, terminal.rows);
    // What it said before we came is not said again: a new prompt is.
    process.write(ENTER);
    return process;
  };
  const { code, reason } = await ctx.lend((terminal) => {
    const words = 'its files are at /host (chroot /host); exit leaves it and deletes its pod';
    terminal.write(`shell on ${sanitize(node)}: ${words}, ctrl-] twice where it hangs\r\n`);
    return session(terminal, join, 'terminal', signal);
  });
  if (code === null && reason !== LEFT) throw new Error(reason);
}

/** Takes the pod away again, whatever came of it. @throws Error where it is left */
async function cleanUp(ref: ObjectRef, pod: KubeObject, { kube }: ActionContext): Promise<void> {
  const { uid } = pod.metadata;
  try {
    await kube.delete(ref, { ...(uid !== undefined && { uid }), graceSeconds: 0 });
  } catch (error) {
    if ((error as Partial<KubeError>).code === 404) return;
    throw new Error(
      `pod/${ref.name} could not be deleted, and has the node in its hands: delete it in ${ref.namespace} (${reasonOf(error)})`,
      { cause: error },
    );
  }
}

async function run(
  target: Target,
  { pod, namespace }: { readonly pod: Debugger; readonly namespace: string },
  { ctx, signal, report }: Running,
): Promise<void> {
  const place = placeIn('pods', ctx.cluster, namespace);
  const ref = { ...place, name: pod.metadata.name };
  const made = await ctx.kube.create(place, pod);
  try {
    await started(ref, ctx, signal, report);
    await atShell(ref, target.row.name, ctx, signal);
  } finally {
    await cleanUp(ref, made, ctx);
  }
  const text = `the shell on ${target.row.name} has ended, and its pod is deleted`;
  report({ state: 'working', text });
}

interface Running {
  readonly ctx: ActionContext;
  readonly signal: AbortSignal;
  readonly report: (progress: Progress) => void;
}

/** The rights to the pod of a shell. */
function rights(namespace: string): readonly AccessRequest[] {
  const pods = { group: '', resource: 'pods', namespace };
  return [
    { ...pods, verb: 'create' },
    { ...pods, verb: 'create', subresource: 'attach' },
    { ...pods, verb: 'delete' },
  ];
}

function noShell({ row }: Target): string {
  if (row.gone > 0) return `${row.name} is gone`;
  return row.compute === 'fargate'
    ? `${row.name} is a Fargate node: AWS lets only the pod it was made for run there, so there is no shell on it`
    : '';
}

/** A shell on a node, in a pod that has the node's files, processes and network. */
export const nodeShell = defineAction<NodeRow>({
  id: 'node-shell',
  title: 'Shell',
  description:
    'A shell on a node, in a pod made for it as kubectl debug does; it goes when it ends.',
  key: 's',
  appliesTo: ['nodes'],
  danger: 1,
  many: false,
  needs: ['namespaces'],
  state: () => '',
  access: () => [],
  iam: [],
  guard: ([target]) => (target === undefined ? '' : noShell(target)),
  form: (_targets, _values, ctx) => form(ctx),
  plan: async ([target], values, ctx) => {
    if (target === undefined) throw new Error('nothing is selected');
    const { row } = target;
    const { namespace = 'default', image = IMAGE, profile = 'general' } = values;
    const pod = podOf(target, values, ctx.now());
    const options = ['-it', `--image=${image.trim()}`, `--profile=${profile}`, '-n', namespace];
    return {
      title: `Shell on ${nameOf(target)}`,
      changes: [
        [
          [`pod/${pod.metadata.name}`, 'strong'],
          [`  in ${namespace}, ${image.trim()}; deleted when the shell ends`, 'text'],
        ],
      ],
      victims: [],
      warnings: [
        `the pod has the files of the node at /host, its processes and its network${profile === 'sysadmin' ? ', and is privileged' : ''}: what is done there is done to the node and all its pods`,
        row.isReady ? '' : `${row.name} is not ready: its kubelet may start nothing`,
      ].filter((warning) => warning !== ''),
      refusals: await refusalsOf(
        [pod],
        () => nameOf(target),
        async () => {
          await ctx.kube.create(placeIn('pods', ctx.cluster, namespace), pod, { dryRun: true });
        },
      ),
      steps: [
        {
          title: `Shell on ${nameOf(target)}`,
          uid: row.uid,
          command: ctx.kubectl(['debug', nameOf(target), ...options]),
          access: rights(namespace).map((kube) => ({ kube })),
          already: '',
          run: (signal, report) => run(target, { pod, namespace }, { ctx, signal, report }),
          stoppable: true,
        },
      ],
      chain: false,
      inverse: null,
      passing: true,
    };
  },
});

import type { ObjectRow, PodRow, ServiceRow } from '../../domain/rows.ts';
import { refOf } from '../../domain/ref.ts';
import type { AccessRequest, PortForwardState } from '../../ports/kube.ts';
import type { Stop } from '../../ports/sink.ts';
import { defineAction, type ActionContext } from '../engine/define.ts';
import { choiceField, numberField, type Form, type FormValues } from '../engine/form.ts';
import { MOST_PORT, podPort, podsBehind, portsOf } from './forward-ports.ts';
import {
  departed,
  firstReason,
  inNamespace,
  nameOf,
  type ObjectTarget,
} from '../targets/object-target.ts';
import type { Progress, Step } from '../engine/plan.ts';
import { reasonOf } from '../../core/words.ts';

/** The choice of a port that the object does not name. */
const OTHER = 'other';
/** Ports below are not for everyone. */
const FIRST_FREE = 1024;

/** The port of the target that is chosen or typed; 0 where none is yet. */
function remoteOf(values: FormValues): number {
  const { port = OTHER } = values;
  return Number(port === OTHER ? (values['number'] ?? 0) : port);
}

function form(target: ObjectTarget, values: FormValues, { query }: ActionContext): Form {
  readyPod(target, query);
  const ports = portsOf(target, query);
  const option = { disabled: '' };
  const port = choiceField({
    id: 'port',
    label: `Port of ${nameOf(target)}`,
    options: [
      ...ports.map((each) => ({
        ...option,
        id: String(each.port),
        title: `${each.port}${each.name === '' ? '' : ` ${each.name}`}`,
        detail: each.detail,
      })),
      { ...option, id: OTHER, title: 'another', detail: 'a number' },
    ],
  });
  const number = numberField({
    id: 'number',
    label: 'Its number',
    initial: '',
    min: 1,
    max: MOST_PORT,
  });
  const isOther = (values['port'] ?? port.initial) === OTHER;
  const remote = remoteOf({ ...values, port: values['port'] ?? port.initial });
  const local = numberField({
    id: 'local',
    label: 'Port of this machine',
    initial: String(remote < FIRST_FREE ? 0 : remote),
    min: 0,
    max: MOST_PORT,
    hint: '0: any that is free',
  });
  return [...(ports.length > 0 ? [port] : []), ...(isOther ? [number] : []), local];
}

/**
 * A pod that can be forwarded to now.
 * @throws Error where there is none
 */
function readyPod(target: ObjectTarget, query: ActionContext['query']): PodRow {
  const [pod] = podsBehind(target, query);
  if (pod === undefined)
    throw new Error(
      target.table === 'pods'
        ? `${nameOf(target)} does not run: there is nothing to forward to`
        : `no pod of ${nameOf(target)} runs: there is nothing to forward to`,
    );
  return pod;
}

/**
 * Listens, and leads to a pod of the target: to the same one as long as it runs, then to another,
 * on the same port of this machine.
 */
class Forwarding {
  readonly #target: ObjectTarget;
  readonly #remote: number;
  readonly #ctx: ActionContext;
  readonly #signal: AbortSignal;
  #local: number;
  #pod: PodRow | null = null;
  #state: PortForwardState = { port: 0, open: 0, total: 0, problem: null };
  /** Connections through earlier pods. */
  #before = 0;
  #stop: Stop = () => undefined;
  /** Another pod is being turned to. */
  #turning = false;
  #trouble = '';

  constructor(target: ObjectTarget, values: FormValues, ctx: ActionContext, signal: AbortSignal) {
    this.#target = target;
    this.#remote = remoteOf(values);
    this.#local = Number(values['local'] ?? 0);
    this.#ctx = ctx;
    this.#signal = signal;
  }

  async begin(): Promise<void> {
    await this.#turnTo(readyPod(this.#target, this.#ctx.query));
    this.#signal.addEventListener('abort', () => this.#stop(), { once: true });
  }

  /** How it is; turns to another pod where the one so far is gone. */
  look(): Progress {
    const name = nameOf(this.#target);
    const from = `127.0.0.1:${this.#local}`;
    if (this.#signal.aborted)
      return { state: 'done', text: `${from} → ${name}: no longer forwarded`, lines: [] };
    if (this.#pod !== null && this.#state.port === 0 && !this.#turning)
      return { state: 'done', text: `${from} → ${name}: ended with the connection`, lines: [] };
    const pods = podsBehind(this.#target, this.#ctx.query);
    if (!pods.some(({ uid }) => uid === this.#pod?.uid)) this.#turn(pods[0]);
    const { open, total, problem } = this.#state;
    const why = this.#trouble || (problem?.message ?? '');
    const to = this.#pod === null ? name : `pod/${this.#pod.name}:${this.#portOf(this.#pod)}`;
    return {
      state: 'working',
      text: `${from} → ${to}${why === '' ? '' : `: ${why}`}`,
      lines: [[[`${open} open, ${this.#before + total} so far`, 'muted']]],
    };
  }

  #portOf(pod: PodRow): number {
    return podPort(this.#target, this.#remote, pod);
  }

  #turn(pod: PodRow | undefined): void {
    if (this.#turning) return;
    if (pod === undefined) {
      // It goes on listening: what connects is told by the API server that the pod is gone.
      this.#trouble = 'its pod is gone, another one is waited for';
      return;
    }
    this.#turning = true;
    this.#turnTo(pod)
      .catch((error: unknown) => {
        this.#trouble = reasonOf(error);
      })
      .finally(() => {
        this.#turning = false;
      });
  }

  async #turnTo(pod: PodRow): Promise<void> {
    const remote = this.#portOf(pod);
    this.#before += this.#state.total;
    this.#stop();
    this.#pod = null;
    this.#state = { port: 0, open: 0, total: 0, problem: null };
    const stop = await this.#ctx.kube.portForward(
      refOf('pods', pod),
      { local: this.#local, remote },
      (state) => {
        this.#state = state;
        if (state.port !== 0) this.#local = state.port;
      },
    );
    this.#stop = stop;
    this.#pod = pod;
    this.#trouble = '';
    if (this.#signal.aborted) stop();
  }
}

function stepOf(target: ObjectTarget, values: FormValues, ctx: ActionContext): Step {
  const remote = remoteOf(values);
  const local = values['local'] ?? '0';
  let forwarding: Forwarding | null = null;
  return {
    title: `Forward to port ${remote} of ${nameOf(target)}`,
    uid: '',
    command: ctx.kubectl([
      ...['port-forward', nameOf(target), `${local === '0' ? '' : local}:${remote}`],
      ...inNamespace(target),
    ]),
    access: [],
    already: '',
    stoppable: true,
    run: async (signal) => {
      forwarding = new Forwarding(target, values, ctx, signal);
      await forwarding.begin();
    },
    // It has no end of its own, and wants to know of each pod that comes and goes.
    follow: {
      tables: ['pods'],
      limit: Infinity,
      look: () => forwarding?.look() ?? { state: 'working', text: '' },
    },
  };
}

function access({ row: { namespace } }: ObjectTarget): readonly AccessRequest[] {
  return [{ verb: 'create', group: '', resource: 'pods', subresource: 'portforward', namespace }];
}

/** Why nothing can be behind it, or empty. */
function pointless({ table, row }: ObjectTarget): string {
  return table === 'services' && Object.keys((row as ServiceRow).selector).length === 0
    ? `service ${row.name} selects no pods: there is nothing to forward to`
    : '';
}

export const portForward = defineAction<ObjectRow>({
  id: 'port-forward',
  title: 'Forward',
  description:
    'Forwards a port of this machine to a pod, or to one behind a service or workload, until stopped.',
  key: 'F',
  appliesTo: [
    ...['pods', 'containers', 'services'],
    ...['deployments', 'statefulsets', 'daemonsets', 'replicasets'],
  ],
  danger: 1,
  many: false,
  needs: ['pods'],
  state: () => '',
  access,
  iam: [],
  guard: (targets) => firstReason(targets, departed) || firstReason(targets, pointless),
  form: ([target], values, ctx) => (target === undefined ? [] : form(target, values, ctx)),
  plan: async ([target], values, ctx) => {
    await Promise.resolve();
    if (target === undefined) throw new Error('nothing is selected');
    const pod = readyPod(target, ctx.query);
    const own = podPort(target, remoteOf(values), pod);
    const { local = '0' } = values;
    return {
      title: `Forward to port ${remoteOf(values)} of ${nameOf(target)}`,
      changes: [
        [
          [`127.0.0.1:${local === '0' ? 'any free port' : local}`, 'accent'],
          [' → ', 'muted'],
          [`pod/${pod.name}:${own}`, 'text'],
        ],
        [['listens on 127.0.0.1 only, until it is stopped (@) or the program ends', 'muted']],
        ...(target.table === 'pods'
          ? []
          : [[['leads to another pod when this one goes', 'muted'] as const]]),
      ],
      victims: [],
      warnings: pod.isReady ? [] : [`pod/${pod.name} is not ready: it may not answer`],
      refusals: [],
      steps: [stepOf(target, values, ctx)],
      chain: false,
      inverse: null,
      passing: true,
    };
  },
});

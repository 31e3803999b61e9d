import type { Labels, PodSpec } from './objects.ts';

const UNITS: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
  Ti: 1024 ** 4,
};

/** A Kubernetes quantity as a number: cores or bytes. Unreadable text is 0. */
export function parseQuantity(text: string | undefined): number {
  const parts = /^([0-9.]+)([a-zA-Z]*)$/.exec(text ?? '');
  if (!parts) return 0;
  return Number(parts[1]) * (parts[2] ? (UNITS[parts[2]] ?? 0) : 1);
}

/** Cores or bytes as the API server writes sums of them: `38`, `1500m`; `1536Mi`, `4Gi`. */
export function quantityText(amount: number, unit: 'cores' | 'bytes'): string {
  if (unit === 'cores') {
    const milli = Math.round(amount * 1000);
    return milli % 1000 === 0 ? String(milli / 1000) : `${milli}m`;
  }
  const whole = Object.entries(UNITS)
    .filter(([name, size]) => name.endsWith('i') && amount !== 0 && amount % size === 0)
    .at(-1);
  return whole === undefined ? String(amount) : `${amount / whole[1]}${whole[0]}`;
}

/** Cores as metrics-server writes them: `12345678n`. */
export function nanoCores(cores: number): string {
  return `${Math.round(cores * 1e9)}n`;
}

/** Bytes in Ki, as metrics-server writes them. */
export function kibibytes(bytes: number): string {
  return `${Math.round(bytes / 1024)}Ki`;
}

/** What a pod asks for in cores and bytes, as the scheduler counts it. */
export interface Request {
  readonly cpu: number;
  readonly memory: number;
}

const cache = new WeakMap<readonly object[], Request>();

/**
 * The sum over containers, or the largest of the init containers where that is more; sidecars
 * (init containers that restart) count with the containers.
 */
export function requestOf(spec: PodSpec): Request {
  const known = cache.get(spec.containers);
  if (known) return known;
  let cpu = 0;
  let memory = 0;
  let initCpu = 0;
  let initMemory = 0;
  const add = (requests: Labels | undefined): void => {
    cpu += parseQuantity(requests?.['cpu']);
    memory += parseQuantity(requests?.['memory']);
  };
  for (const container of spec.containers) add(container.resources?.requests);
  for (const container of spec.initContainers ?? []) {
    const requests = container.resources?.requests;
    if (container.restartPolicy === 'Always') add(requests);
    else {
      initCpu = Math.max(initCpu, parseQuantity(requests?.['cpu']));
      initMemory = Math.max(initMemory, parseQuantity(requests?.['memory']));
    }
  }
  const request = { cpu: Math.max(cpu, initCpu), memory: Math.max(memory, initMemory) };
  cache.set(spec.containers, request);
  return request;
}

/** A number or percentage of a total, rounded up or down. */
export function scaled(value: number | string | undefined, total: number, up: boolean): number {
  if (typeof value === 'number') return value;
  const share = (Number.parseFloat(value ?? '0') / 100) * total;
  return up ? Math.ceil(share) : Math.floor(share);
}

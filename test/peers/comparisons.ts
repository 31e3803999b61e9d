/** What kubectl prints of each kind, out of the rows of our panes. */
import { type Asked, type Comparison, since, type Words } from './agreement.ts';
import type { Values } from './peer.ts';

const OBJECT = ['NAMESPACE', 'NAME'];

/** What every namespaced table of kubectl begins with. */
const object = (row: Values): Readonly<Record<string, Words>> => ({
  NAMESPACE: text(row['namespace']),
  NAME: text(row['name']),
});

const text = (value: Values[string] | undefined): string => String(value ?? '');
const orNone = (value: Values[string] | undefined): string => text(value) || '<none>';
const [ready, desired] = [0, 1].map(
  (part) => (row: Values) => text(row['ready']).split('/')[part] ?? '',
) as [(row: Values) => string, (row: Values) => string];

/** `3` or `3 (2m ago)`. */
function restarts(row: Values, asked: Asked): Words {
  const count = text(row['restarts']);
  if (row['lastRestart'] === null || count === '0') return count;
  return since(row['lastRestart'], asked).map((age) => `${count} (${age} ago)`);
}

/** kubectl names resources but no other metrics, and counts those after the second. */
function targets(row: Values): string {
  const all = text(row['targets'])
    .split(', ')
    .map((metric) => metric.replace(/^(?!cpu: |memory: )\S+: /, ''));
  if (text(row['targets']) === '') return '<none>';
  const more = all.length > 2 ? ` + ${all.length - 2} more...` : '';
  return `${all.slice(0, 2).join(', ')}${more}`;
}

/** Cores and bytes as `kubectl top` rounds them. */
const millis = (value: Values[string] | undefined): string =>
  `${Math.ceil(Number((Number(value) * 1000).toFixed(6)))}m`;
const mebibytes = (value: Values[string] | undefined): string =>
  `${Math.trunc(Number(value) / 2 ** 20)}Mi`;

/** `kubectl get`. */
export const OBJECTS: Readonly<Record<string, Comparison>> = {
  pods: {
    kubectl: 'get pods -A -o wide',
    pane: 'pods -A',
    key: OBJECT,
    ages: ['AGE', 'RESTARTS'],
    words: (row, asked) => ({
      ...object(row),
      READY: text(row['ready']),
      STATUS: text(row['status']),
      RESTARTS: restarts(row, asked),
      AGE: since(row['created'], asked),
      IP: orNone(row['ip']),
      NODE: orNone(row['node']),
    }),
  },
  nodes: {
    kubectl: 'get nodes -o wide',
    pane: 'nodes',
    key: ['NAME'],
    ages: ['AGE'],
    words: (row, asked) => ({
      NAME: text(row['name']),
      STATUS: text(row['status']),
      ROLES: orNone(row['roles']),
      AGE: since(row['created'], asked),
      VERSION: text(row['version']),
      'INTERNAL-IP': orNone(row['internalIP']),
      'EXTERNAL-IP': orNone(row['externalIP']),
      'OS-IMAGE': text(row['os']) || '<unknown>',
      // Servers from 1.36 on tell the architecture too.
      'KERNEL-VERSION': [
        text(row['kernel']) || '<unknown>',
        `${text(row['kernel'])} (${text(row['arch'])})`,
      ],
      'CONTAINER-RUNTIME': text(row['runtime']) || '<unknown>',
    }),
  },
  deployments: {
    kubectl: 'get deployments -A -o wide',
    pane: 'deployments -A',
    key: OBJECT,
    ages: ['AGE'],
    words: (row, asked) => ({
      ...object(row),
      READY: text(row['ready']),
      'UP-TO-DATE': text(row['updated']),
      AVAILABLE: text(row['available']),
      AGE: since(row['created'], asked),
      CONTAINERS: text(row['containers']),
      IMAGES: text(row['images']),
      SELECTOR: text(row['selector']),
    }),
  },
  'stateful sets': {
    kubectl: 'get statefulsets -A -o wide',
    pane: 'statefulsets -A',
    key: OBJECT,
    ages: ['AGE'],
    words: (row, asked) => ({
      ...object(row),
      READY: text(row['ready']),
      AGE: since(row['created'], asked),
      CONTAINERS: text(row['containers']),
      IMAGES: text(row['images']),
    }),
  },
  'daemon sets': {
    kubectl: 'get daemonsets -A -o wide',
    pane: 'daemonsets -A',
    key: OBJECT,
    ages: ['AGE'],
    words: (row, asked) => ({
      ...object(row),
      DESIRED: desired(row),
      READY: ready(row),
      'UP-TO-DATE': text(row['updated']),
      AVAILABLE: text(row['available']),
      AGE: since(row['created'], asked),
      CONTAINERS: text(row['containers']),
      IMAGES: text(row['images']),
      SELECTOR: text(row['selector']),
    }),
  },
  'replica sets': {
    kubectl: 'get replicasets -A -o wide',
    pane: 'replicasets -A',
    key: OBJECT,
    ages: ['AGE'],
    words: (row, asked) => ({
      ...object(row),
      DESIRED: text(row['desired']),
      CURRENT: text(row['current']),
      READY: ready(row),
      AGE: since(row['created'], asked),
      CONTAINERS: text(row['containers']),
      IMAGES: text(row['images']),
      SELECTOR: text(row['selector']),
    }),
  },
  jobs: {
    kubectl: 'get jobs -A -o wide',
    pane: 'jobs -A',
    key: OBJECT,
    // The time of a failed job goes on for kubectl.
    ages: ['DURATION', 'AGE'],
    words: (row, asked) => ({
      ...object(row),
      STATUS: text(row['status']),
      COMPLETIONS: text(row['completions']),
      AGE: since(row['created'], asked),
      CONTAINERS: text(row['containers']),
      IMAGES: text(row['images']),
      SELECTOR: text(row['selector']),
    }),
  },
  'cron jobs': {
    kubectl: 'get cronjobs -A -o wide',
    pane: 'cronjobs -A',
    key: OBJECT,
    ages: ['LAST SCHEDULE', 'AGE'],
    words: (row, asked) => ({
      ...object(row),
      SCHEDULE: text(row['schedule']),
      TIMEZONE: orNone(row['timeZone']),
      SUSPEND: row['suspended'] === true ? 'True' : 'False',
      ACTIVE: text(row['active']),
      'LAST SCHEDULE': row['lastSchedule'] === null ? '<none>' : since(row['lastSchedule'], asked),
      AGE: since(row['created'], asked),
      CONTAINERS: text(row['containers']),
      IMAGES: text(row['images']),
    }),
  },
  services: {
    kubectl: 'get services -A -o wide',
    pane: 'services -A',
    key: OBJECT,
    ages: ['AGE'],
    words: (row, asked) => ({
      ...object(row),
      TYPE: text(row['type']),
      'CLUSTER-IP': orNone(row['clusterIP']),
      'EXTERNAL-IP': orNone(row['external']),
      'PORT(S)': orNone(row['ports']),
      AGE: since(row['created'], asked),
      SELECTOR: orNone(row['selector']),
    }),
  },
  autoscalers: {
    kubectl: 'get hpa -A',
    pane: 'hpas -A',
    key: OBJECT,
    ages: ['AGE'],
    words: (row, asked) => ({
      ...object(row),
      REFERENCE: text(row['reference']),
      TARGETS: targets(row),
      MINPODS: text(row['min']),
      MAXPODS: text(row['max']),
      REPLICAS: text(row['current']),
      AGE: since(row['created'], asked),
    }),
  },
  events: {
    kubectl: 'get events -A -o wide',
    pane: 'events -A',
    key: OBJECT,
    ages: ['LAST SEEN', 'FIRST SEEN'],
    words: (row) => ({
      ...object(row),
      TYPE: text(row['type']),
      REASON: text(row['reason']),
      OBJECT: text(row['object']).replace(/^[^/]+/, (kind) => kind.toLowerCase()),
      SOURCE: text(row['source']),
      MESSAGE: text(row['message']),
      COUNT: text(row['count']),
    }),
  },
};

/** `kubectl top`. */
export const USAGE: Readonly<Record<string, Comparison>> = {
  pods: {
    kubectl: 'top pods -A',
    pane: 'pods -A',
    key: OBJECT,
    only: (row) => row['cpu'] !== null,
    words: (row) => ({
      ...object(row),
      'CPU(cores)': millis(row['cpu']),
      'MEMORY(bytes)': mebibytes(row['memory']),
    }),
  },
  nodes: {
    kubectl: 'top nodes',
    pane: 'nodes',
    key: ['NAME'],
    only: (row) => row['cpu'] !== null,
    words: (row) => ({
      NAME: text(row['name']),
      'CPU(cores)': millis(row['cpu']),
      // kubectl rounds up to millicores before it divides.
      'CPU(%)': [0, 1].map((more) => `${Number(row['cpuPercent']) + more}%`),
      'MEMORY(bytes)': mebibytes(row['memory']),
      'MEMORY(%)': `${text(row['memoryPercent'])}%`,
    }),
  },
};

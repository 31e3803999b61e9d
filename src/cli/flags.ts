/** Commands and flags, as data: parsing, the usage text, completion and the docs come from here. */
import { configSchema } from '../config/schema.ts';
import { ALL_REGIONS, REGION_PLACES } from '../domain/aws-regions.ts';
import { VERBS } from '../resources/access-question.ts';
import { SCENARIO_NAMES } from '../simulator/scenarios/names.ts';
import { THEME_NAMES } from '../theme/index.ts';
import { SHELLS } from './completion/shells.ts';
import { LOG_LEVELS } from './log/levels.ts';
import { FORMATS } from './table.ts';

/** Names that completion looks up: in the kubeconfig, in AWS's files, or at the API server. */
export type Lookup = 'contexts' | 'namespaces' | 'profiles' | 'kinds';

/** What a flag's value may be, for completion: words, names to look up, a file, a column of the resource, a `:` command. */
export type Choices =
  readonly string[] | { readonly of: Lookup | 'files' | 'columns' | 'commands' };

interface Flag {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  readonly multiple?: boolean;
  /** Placeholder of its value in the usage text. */
  readonly value?: string;
  readonly help: string;
  /** Commands it belongs to; absent: all of them. */
  readonly of?: readonly CommandName[];
  /** Absent: nothing is known about it. */
  readonly choices?: Choices;
}

interface Command {
  /** What follows its name. */
  readonly args: string;
  readonly help: string;
  /** Words that may follow, the first of them one of these; absent: as the command reads them. */
  readonly words?: { readonly most: number; readonly first?: readonly string[] };
}

/** Every command, in the order of the usage text. `ui` is the one without a name. */
export const COMMANDS = {
  ui: { args: '[flags]', help: 'the cockpit, on the current kubeconfig context or on AWS' },
  demo: { args: '[flags]', help: 'the cockpit on a simulated EKS region' },
  get: {
    args: 'RESOURCE [NAME]',
    help: "print a pane's rows; get pulse: 1 if something is broken",
    words: { most: 2 },
  },
  'who-can': {
    args: 'VERB RESOURCE [NAME]',
    help: 'who may, by roles and bindings',
    words: { most: 3, first: VERBS },
  },
  'can-i': {
    args: 'VERB RESOURCE [NAME]',
    help: 'whether you may, by the API server',
    words: { most: 3, first: VERBS },
  },
  why: {
    args: 'RESOURCE/NAME',
    help: 'why it does not run, gets no traffic or does not come further',
    words: { most: 2 },
  },
  charts: {
    args: 'RESOURCE/NAME',
    help: 'what CloudWatch and Prometheus measure of it; cost: stderr',
    words: { most: 2 },
  },
  logs: {
    args: '[RESOURCE/]NAME',
    help: 'what its containers write, folded, in order of time',
    words: { most: 2 },
  },
  doctor: { args: '', help: 'checks of a cluster, each with what mends it' },
  policy: {
    args: '[RESOURCE …]',
    help: 'the IAM policy and the RBAC role that panes need',
    words: { most: 64 },
  },
  info: { args: '', help: 'version, paths, identity, endpoints, encodings, terminal' },
  completion: {
    args: 'SHELL',
    help: `what ${SHELLS.slice(0, -1).join(', ')} or ${SHELLS.at(-1) ?? ''} needs to complete`,
    words: { most: 1, first: SHELLS },
  },
} as const satisfies Record<string, Command>;

export type CommandName = keyof typeof COMMANDS;

/** Every flag, in the order of the usage text. */
export const FLAGS = {
  kubeconfig: {
    type: 'string',
    value: 'PATH',
    help: 'kubeconfig file(s), as in KUBECONFIG',
    choices: { of: 'files' },
  },
  context: {
    type: 'string',
    value: 'NAME',
    help: 'kubeconfig context',
    choices: { of: 'contexts' },
  },
  namespace: {
    type: 'string',
    short: 'n',
    value: 'NAME',
    help: 'watch one namespace',
    choices: { of: 'namespaces' },
  },
  'all-namespaces': { type: 'boolean', short: 'A', help: 'watch all namespaces (the default)' },
  command: {
    type: 'string',
    short: 'c',
    value: 'CMD',
    help: "start with a command, e.g. ':pods shop'",
    of: ['ui', 'demo'],
    choices: { of: 'commands' },
  },
  cluster: {
    type: 'string',
    value: 'NAME',
    help: 'connect to this EKS cluster, without a kubeconfig',
  },
  profile: {
    type: 'string',
    multiple: true,
    value: 'NAME',
    help: 'AWS profile, or all of them; may be repeated',
    choices: { of: 'profiles' },
  },
  region: {
    type: 'string',
    multiple: true,
    value: 'NAME',
    help: 'AWS region, or all that are enabled; may be repeated',
    choices: [ALL_REGIONS, ...REGION_PLACES.keys()],
  },
  readonly: { type: 'boolean', help: 'refuse every change' },
  write: { type: 'boolean', help: 'allow changes although the configuration says readonly' },
  theme: {
    type: 'string',
    value: 'NAME',
    help: 'dark, light, mono, or one of yours',
    choices: THEME_NAMES,
  },
  color: {
    type: 'string',
    value: 'DEPTH',
    help: 'auto, none, 16, 256 or truecolor',
    choices: configSchema.shape.color.unwrap().options,
  },
  fps: { type: 'string', value: 'N', help: 'most repaints a second that data may cause' },
  as: { type: 'string', value: 'USER', help: 'impersonate a user' },
  'as-group': { type: 'string', multiple: true, value: 'GROUP', help: 'impersonate a group' },
  'request-timeout': { type: 'string', value: 'SECONDS', help: 'how long one request may take' },
  config: {
    type: 'string',
    value: 'PATH',
    help: 'configuration file',
    choices: { of: 'files' },
  },
  'log-level': {
    type: 'string',
    value: 'LEVEL',
    help: 'write a log for bug reports: error, warn, info or debug',
    choices: LOG_LEVELS,
  },
  'log-file': {
    type: 'string',
    value: 'PATH',
    help: 'where that log goes; ekscope info names the usual place',
    choices: { of: 'files' },
  },
  output: {
    type: 'string',
    short: 'o',
    value: 'FORMAT',
    help: 'json, text and others',
    of: ['get', 'why', 'charts', 'logs', 'doctor', 'policy'],
    choices: FORMATS,
  },
  actions: {
    type: 'boolean',
    help: 'with what actions on these panes need',
    of: ['policy'],
  },
  selector: {
    type: 'string',
    short: 'l',
    value: 'LABELS',
    help: 'only objects with these labels',
    of: ['get', 'logs'],
  },
  container: {
    type: 'string',
    short: 'c',
    value: 'NAME',
    help: 'only this container of each pod',
    of: ['logs'],
  },
  since: {
    type: 'string',
    value: 'TIME',
    help: 'since 90s, 5m, 1h30m; charts: 1h, 3h, 12h, 1d, 7d',
    of: ['logs', 'charts'],
  },
  tail: {
    type: 'string',
    value: 'N',
    help: 'only the last lines of each container',
    of: ['logs'],
  },
  follow: { type: 'boolean', short: 'f', help: 'go on until it is stopped', of: ['logs'] },
  previous: { type: 'boolean', short: 'p', help: 'before the last restart', of: ['logs'] },
  filter: {
    type: 'string',
    value: 'EXPR',
    help: 'as after /: a regular expression, level:error, field:value',
    of: ['logs'],
  },
  'sort-by': {
    type: 'string',
    value: 'COLUMN',
    help: 'sort by a column; -COLUMN reverses',
    of: ['get'],
    choices: { of: 'columns' },
  },
  watch: {
    type: 'boolean',
    short: 'w',
    help: 'then print every row that changes, until it is stopped',
    of: ['get'],
  },
  subresource: {
    type: 'string',
    value: 'NAME',
    help: 'of the resource that is asked about, e.g. log',
    of: ['who-can', 'can-i'],
  },
  serve: { type: 'boolean', help: 'only the servers: prints what a shell can eval', of: ['demo'] },
  seed: { type: 'string', value: 'N', help: 'another region by the same rules', of: ['demo'] },
  scenario: {
    type: 'string',
    value: 'NAME',
    help: SCENARIO_NAMES.join(' '),
    of: ['demo'],
    choices: SCENARIO_NAMES,
  },
  nodes: { type: 'string', value: 'N', help: 'nodes of the large cluster', of: ['demo'] },
  pods: { type: 'string', value: 'N', help: 'pods of the large cluster', of: ['demo'] },
  speed: { type: 'string', value: 'X', help: 'how fast its time runs', of: ['demo'] },
  latency: { type: 'string', value: 'MS', help: 'delay of every answer', of: ['demo'] },
  help: { type: 'boolean', short: 'h', help: 'show this text' },
  version: { type: 'boolean', short: 'V', help: 'show the version' },
} as const satisfies Record<string, Flag>;

export type FlagName = keyof typeof FLAGS;

/** Flags as given: strings, lists or true; absent where not given. */
export type Flags = {
  readonly [F in FlagName]?: (typeof FLAGS)[F] extends { multiple: true }
    ? readonly string[]
    : (typeof FLAGS)[F]['type'] extends 'boolean'
      ? boolean
      : string;
};

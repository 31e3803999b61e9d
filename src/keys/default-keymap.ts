/**
 * The default keys. k9s's words and keys wherever they are safe. Keys of actions and links are not
 * here: they come from their declarations (ui/bindings.ts).
 */
import { layer, type Entry } from './entry.ts';
import type { Binding } from './keymap.ts';
import { CHARTS } from './chart-keys.ts';
import { LOGS } from './log-keys.ts';

/** Before everything else, even dialogs. */
const ALWAYS: readonly Entry[] = [
  ['quit', ['ctrl-c'], 'Quit', 'Program'],
  ['suspend', ['ctrl-z'], 'Suspend; `fg` comes back', 'Program'],
  ['redraw', ['ctrl-l'], 'Draw the screen anew', 'Program'],
];

const DIGITS = [1, 2, 3, 4, 5, 6, 7, 8, 9];

const GLOBAL: readonly Entry[] = [
  ['command', [':'], 'Type a command: a resource, a namespace, a cluster', 'Go', 'cmd', 90],
  ['help', ['?'], 'Help for this pane', 'Program', 'help', 100],
  ['back', ['esc', 'q'], 'Back: clear the filter, then leave the pane', 'Go', 'back', 15],
  ['history.back', ['['], 'Back in the history of panes', 'Go'],
  ['history.forward', [']'], 'Forward in the history of panes', 'Go'],
  ['history.toggle', ['-'], 'To the pane before this one, and back again', 'Go'],
  ['bookmarks', ["'"], 'Bookmarks: go to one by its digit, keep this place with +', 'Go'],
  ...DIGITS.map((digit): Entry => [
    `bookmark.${digit}`,
    [`ctrl-${digit}`],
    `To bookmark ${digit}, or keep this place as it`,
    'Go',
  ]),
  ['palette', ['ctrl-p'], 'All commands that can be used now', 'Program', 'palette', 12],
  [
    'timeline',
    ['~'],
    'What changed lately: rollouts, scalings, restarts, nodes',
    'Go',
    'what changed',
    13,
  ],
  ['header', ['ctrl-e'], 'Show or hide the header', 'Look'],
  ['time', ['t'], 'Times as age, local time or UTC', 'Look'],
  ['refresh', ['ctrl-r'], 'Try again now whatever is waiting to', 'Program'],
  ['operations', ['@'], 'What actions do and did, and what was left unfinished', 'Act'],
  ['undo', ['U'], 'Take back the last action, where that is offered', 'Act'],
  ['scopes', ['ctrl-o'], 'Choose the AWS profiles and regions whose clusters are listed', 'Go'],
  [
    'login',
    ['L'],
    'Sign in to AWS (SSO): an address and a code to confirm in a browser',
    'Program',
  ],
];

const NAMESPACES: readonly Entry[] = [
  ['namespace.0', ['0'], 'All namespaces', 'Go'],
  ...DIGITS.map((digit): Entry => [
    `namespace.${digit}`,
    [String(digit)],
    `Namespace number ${digit} of the header`,
    'Go',
  ]),
];

/** What is looked at of one row: in tables, and where a text is about one. */
const ROW: readonly Entry[] = [
  ['describe', ['d'], 'Describe', 'Look', 'describe', 80],
  ['why', ['W'], 'Why it does not run, or gets no traffic', 'Look', 'why', 79],
  ['yaml', ['y'], 'YAML', 'Look', 'yaml', 62],
  ['logs', ['l'], 'Logs', 'Look', 'logs', 82],
  ['logs.previous', ['p'], 'Logs of the containers before their last restart', 'Look'],
  ['logs.history', ['H'], 'Logs of all runs in order of time: init containers, restarts', 'Look'],
  [
    'logs.kept',
    ['V'],
    'Logs that CloudWatch keeps: of the control plane, of pods that are gone',
    'Look',
  ],
  ['charts', ['%'], 'Charts of what CloudWatch measures', 'Look', 'charts', 17],
  [
    'logs.compare',
    ['='],
    'Compare logs: of the marked pods, of a workload, of a pod with its siblings or its run before',
    'Look',
  ],
];

const TABLE: readonly Entry[] = [
  ['cursor.down', ['j', 'down'], 'Down', 'Move'],
  ['cursor.up', ['k', 'up'], 'Up', 'Move'],
  ['cursor.pageDown', ['ctrl-f', 'pgdn'], 'Page down', 'Move'],
  ['cursor.pageUp', ['ctrl-b', 'pgup'], 'Page up', 'Move'],
  ['cursor.top', ['g', 'home'], 'To the top', 'Move'],
  ['cursor.bottom', ['G', 'end'], 'To the bottom', 'Move'],
  ['columns.left', ['left'], 'Columns to the left', 'Move'],
  ['columns.right', ['right'], 'Columns to the right', 'Move'],
  ['enter', ['enter'], 'Open what is under the cursor', 'Go', 'open', 60],
  ['filter', ['/'], 'Filter the rows as you type', 'Find and sort', 'filter', 92],
  ['problems', ['!'], 'Only rows with a problem', 'Find and sort', 'problems', 40],
  ['gone', ['X'], 'Show rows that are gone for more than a minute, or no longer', 'Find and sort'],
  ['wide', ['ctrl-w'], 'Show all columns, or those that fit', 'Look', 'wide', 20],
  ['sort.previous', ['shift-left'], 'Column cursor to the left', 'Find and sort'],
  ['sort.next', ['shift-right'], 'Column cursor to the right', 'Find and sort'],
  ['sort.column', ['O'], 'Sort by the column under the column cursor', 'Find and sort'],
  ['mark', ['space'], 'Mark the row', 'Mark and copy', 'mark', 18],
  ['mark.range', ['ctrl-space'], 'Mark all rows since the last mark', 'Mark and copy'],
  ['mark.clear', ['ctrl-\\'], 'Clear all marks', 'Mark and copy'],
  ['copy', ['c'], 'Copy the name, or something else of the row', 'Mark and copy', 'copy', 22],
  ['copy.namespace', ['n'], 'Copy the namespace', 'Mark and copy'],
  ['save', ['ctrl-s'], 'Save the rows as CSV', 'Mark and copy'],
  ['disconnect', ['ctrl-x'], 'Disconnect from this cluster, or from the marked ones', 'Go'],
  ['namespace.row', ['w'], "Only this row's namespace", 'Go'],
  ['freeze', ['z'], 'Freeze what is shown, and let it live again', 'Look'],
  ['compare', ['D'], 'Compare the two marked rows: what differs first', 'Look'],
  ...ROW,
  ...NAMESPACES,
];

/** Panes whose fields lead to other panes. */
const BOARD: readonly Entry[] = [
  ['board.down', ['j', 'down'], 'To the field below', 'Move'],
  ['board.up', ['k', 'up'], 'To the field above', 'Move'],
  ['board.right', ['l', 'right'], 'To the field on the right', 'Move'],
  ['board.left', ['h', 'left'], 'To the field on the left', 'Move'],
  ['board.next', ['tab'], 'To the next field', 'Move', 'next field', 40],
  ['board.previous', ['shift-tab'], 'To the field before', 'Move'],
  ['board.first', ['g', 'home'], 'To the first field', 'Move'],
  ['board.last', ['G', 'end'], 'To the last field', 'Move'],
  ['enter', ['enter'], 'Open what the field stands for', 'Go', 'open', 60],
  ['why', ['W'], 'Why the first of what it stands for is so', 'Go', 'why', 59],
  ['copy', ['c'], 'Copy what is said', 'Mark and copy', 'copy', 22],
  ...NAMESPACES,
];

/** Describe, YAML and help. */
const TEXT: readonly Entry[] = [
  ['scroll.down', ['j', 'down'], 'Down', 'Move'],
  ['scroll.up', ['k', 'up'], 'Up', 'Move'],
  ['scroll.pageDown', ['ctrl-f', 'pgdn', 'space'], 'Page down', 'Move'],
  ['scroll.pageUp', ['ctrl-b', 'pgup'], 'Page up', 'Move'],
  ['scroll.top', ['g', 'home'], 'To the top', 'Move'],
  ['scroll.bottom', ['G', 'end'], 'To the bottom', 'Move'],
  ['scroll.left', ['h', 'left'], 'To the left', 'Move'],
  ['scroll.right', ['l', 'right'], 'To the right', 'Move'],
  ['filter', ['/'], 'Search', 'Find and sort', 'search', 92],
  ['match.next', ['n'], 'Next match', 'Find and sort', 'next', 50],
  ['match.previous', ['N'], 'Previous match', 'Find and sort'],
  ['wrap', ['w'], 'Wrap long lines', 'Look', 'wrap', 40],
  ['copy', ['c'], 'Copy the text', 'Mark and copy', 'copy', 22],
  ['save', ['ctrl-s'], 'Save to a file', 'Mark and copy', 'save', 21],
];

const YAML: readonly Entry[] = [
  ['managedFields', ['m'], 'Show or hide managedFields', 'Look', 'managedFields', 30],
  ['action:edit', ['e'], 'Edit: in your editor, as it is shown here', 'Act', 'edit', 60],
];

/** Two rows side by side. */
const COMPARE: readonly Entry[] = [
  ['equal', ['e'], 'Show or hide what is equal', 'Look', 'equal', 60],
];

/** Texts of objects, in which secrets are masked. */
const MASKED: readonly Entry[] = [
  [
    'reveal',
    ['x'],
    'Show what is masked, until the view is left, or mask it',
    'Look',
    'reveal',
    28,
  ],
];

/** Texts of which lines lead elsewhere. */
const PLACES: readonly Entry[] = [
  ['place.open', ['enter'], 'Open what the marked line is about', 'Go', 'open', 94],
  ['place.next', ['tab'], 'To the next line that is about something', 'Move', 'next', 70],
  ['place.previous', ['shift-tab'], 'To the one before', 'Move'],
];

/** The list of what actions do and did. */
const OPERATIONS: readonly Entry[] = [
  [
    'operations.choose',
    ['enter'],
    'Go on, stop or undo one of them',
    'Act',
    'go on, stop, undo',
    60,
  ],
];

/** Signing in. */
const SIGN_IN: readonly Entry[] = [
  ['signin.again', ['r'], 'Begin again, with a new code', 'Act', 'again', 60],
  ['signin.stop', ['x'], 'Call it off', 'Act', 'call off', 58],
];

const PROMPT: readonly Entry[] = [
  ['prompt.accept', ['enter'], 'Do it', 'Act'],
  ['prompt.cancel', ['esc'], 'Leave it', 'Act'],
  ['prompt.complete', ['tab', 'right', 'ctrl-f'], 'Take the suggestion', 'Act'],
  ['prompt.next', ['down'], 'Next suggestion or input', 'Act'],
  ['prompt.previous', ['up'], 'Previous suggestion or input', 'Act'],
];

const DIALOG: readonly Entry[] = [
  ['dialog.accept', ['enter'], 'Press the button, take the entry', 'Act'],
  ['dialog.cancel', ['esc'], 'Leave it', 'Act'],
  ['dialog.next', ['tab', 'right'], 'Next button', 'Act'],
  ['dialog.previous', ['shift-tab', 'left'], 'Previous button', 'Act'],
  ['dialog.clear', ['ctrl-u'], 'Clear the field', 'Act'],
  ['dialog.down', ['down'], 'Down, or one less', 'Act'],
  ['dialog.up', ['up'], 'Up, or one more', 'Act'],
  ['dialog.pageDown', ['pgdn', 'ctrl-f'], 'Scroll a plan or a preview down', 'Act'],
  ['dialog.pageUp', ['pgup', 'ctrl-b'], 'Scroll a plan or a preview up', 'Act'],
];

/**
 * What k9s has under a key and this program has not: a word for it, and the arguments with which
 * kubectl does it. `{object}` stands for kind and name. They are looked up last, so that a key that
 * gets a meaning of its own needs nothing here to be taken away.
 */
export type Elsewhere = readonly [key: string, word: string, args: string];

const ELSEWHERE: readonly Elsewhere[] = [['ctrl-k', 'kill', 'delete {object} --grace-period=1']];

/** The bindings of a layer of such keys; that of a pane is `elsewhere:` and its resource. */
export const elsewhere = (name: string, entries: readonly Elsewhere[]): readonly Binding[] =>
  entries.map(([key, word, args]) => ({
    layer: name,
    command: `instead:${word}:${args}`,
    keys: [key],
    title: `${word}: the kubectl line that does it`,
    group: 'Act',
  }));

/** All default bindings but those that actions and links declare. */
export const DEFAULT_BINDINGS: readonly Binding[] = [
  ...layer('always', ALWAYS),
  ...layer('dialog', DIALOG),
  ...layer('prompt', PROMPT),
  ...layer('table', TABLE),
  ...layer('row', ROW),
  ...layer('board', BOARD),
  ...layer('text', TEXT),
  ...layer('yaml', YAML),
  ...layer('compare', COMPARE),
  ...layer('operations', OPERATIONS),
  ...layer('signin', SIGN_IN),
  ...layer('masked', MASKED),
  ...layer('places', PLACES),
  ...layer('logs', LOGS),
  ...layer('charts', CHARTS),
  ...layer('global', GLOBAL),
  ...elsewhere('elsewhere', ELSEWHERE),
];

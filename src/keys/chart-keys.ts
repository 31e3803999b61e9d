/** The keys of charts. */
import type { Entry } from './entry.ts';

export const CHARTS: readonly Entry[] = [
  ['charts.down', ['j', 'down', 'tab'], 'To the next chart', 'Move'],
  ['charts.up', ['k', 'up', 'shift-tab'], 'To the chart before', 'Move'],
  ['charts.pageDown', ['ctrl-f', 'pgdn', 'space'], 'To the charts below the screen', 'Move'],
  ['charts.pageUp', ['ctrl-b', 'pgup'], 'To the charts above the screen', 'Move'],
  ['charts.top', ['g', 'home'], 'To the first chart', 'Move'],
  ['charts.bottom', ['G', 'end'], 'To the last chart', 'Move'],
  ['enter', ['enter'], 'One chart alone, and all again', 'Look', 'enlarge', 60],
  ['charts.1h', ['1'], 'The last hour, a point for each minute', 'Look', '1h', 56],
  ['charts.3h', ['2'], 'The last 3 hours, a point for each minute', 'Look', '3h', 55],
  ['charts.12h', ['3'], 'The last 12 hours, a point for every 5 minutes', 'Look', '12h', 54],
  ['charts.1d', ['4'], 'The last day, a point for every 5 minutes', 'Look', '1d', 53],
  ['charts.7d', ['5'], 'The last 7 days, a point for each hour', 'Look', '7d', 52],
  ['charts.longer', ['left', 'h'], 'Further back', 'Look'],
  ['charts.shorter', ['right', 'l'], 'Less far back', 'Look'],
  [
    'charts.source',
    ['s'],
    'Container Insights or Prometheus, where both measure it',
    'Look',
    'source',
    50,
  ],
  ['copy', ['c'], 'Copy the figures, or what asks for them', 'Mark and copy', 'copy', 22],
  ['save', ['ctrl-s'], 'Save the figures as CSV', 'Mark and copy'],
];

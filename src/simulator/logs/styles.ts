import type { LogStyle } from '../world/profile.ts';
import { go, json, node, python } from './structured.ts';
import { coredns, kafka, klog, nginx, postgres, quiet, redis } from './servers.ts';
import { spring } from './spring.ts';
import type { Run } from './run.ts';

/** What an entry is written from. */
export interface Moment extends Run {
  readonly time: number;
  readonly index: number;
  /** A number in [0, 1) that belongs to this entry; `n` tells several of them apart. */
  readonly chance: (n: number) => number;
}

/** How an image writes its log. */
export interface Style {
  /** What it says when it starts. */
  readonly banner: (run: Run) => readonly string[];
  readonly entry: (moment: Moment) => readonly string[];
  /** What it says before it dies of an error. */
  readonly lastWords: (run: Run) => readonly string[];
}

export const STYLES: Readonly<Record<LogStyle, Style>> = {
  nginx,
  json,
  spring,
  node,
  go,
  python,
  postgres,
  redis,
  kafka,
  coredns,
  klog,
  quiet,
};

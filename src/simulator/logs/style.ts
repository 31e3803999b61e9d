import type { Logging } from '../world/profile.ts';

/** One life of a container, as its log tells it. */
export interface Run {
  /** The container's id: the same id tells the same story. */
  readonly id: string;
  readonly app: string;
  readonly pod: string;
  readonly logging: Logging;
  /** ms */
  readonly startedAt: number;
  /** ms; null while it runs. */
  readonly endedAt: number | null;
  readonly exitCode: number;
  readonly reason: string;
}

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

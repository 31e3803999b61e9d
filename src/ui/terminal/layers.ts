import { covers } from './geometry.ts';
import type { Rect, Viewport } from './geometry.ts';
import { overlay, RowCache } from './row.ts';
import type { Row } from './row.ts';

/** What is to be seen: Ink's frame, the bodies painted over it, and where the frame wins again. */
export interface Scene {
  readonly base: readonly string[];
  readonly viewports: readonly Viewport[];
  readonly cutouts: readonly Rect[];
}

/** Lays the layers of a scene over one another, row by row; a row whose layers are the same as last time is the same object. */
export class Compositor {
  readonly #columns: number;
  readonly #rows: number;
  readonly #caches = new Map<number, RowCache>();
  #composed: { readonly key: readonly unknown[]; readonly row: Row }[] = [];

  constructor(columns: number, rows: number) {
    this.#columns = columns;
    this.#rows = rows;
  }

  /** The rows of the screen, top to bottom. */
  compose(scene: Scene): Row[] {
    this.#composed = Array.from({ length: this.#rows }, (_, y) => {
      const key = layersAt(scene, y);
      const last = this.#composed[y];
      return last !== undefined && sameKey(last.key, key)
        ? last
        : { key, row: this.#row(scene, y) };
    });
    return this.#composed.map(({ row }) => row);
  }

  #row(scene: Scene, y: number): Row {
    const base = this.#parse(scene.base[y] ?? '', this.#columns);
    let row = base;
    for (const { rect, lines } of scene.viewports) {
      if (!covers(rect, y)) continue;
      row = overlay(row, this.#parse(lines[y - rect.y] ?? '', rect.width), 0, rect.x, rect.width);
    }
    for (const rect of scene.cutouts) {
      if (covers(rect, y)) row = overlay(row, base, rect.x, rect.x, rect.width);
    }
    return row;
  }

  #parse(line: string, width: number): Row {
    let cache = this.#caches.get(width);
    if (cache === undefined) this.#caches.set(width, (cache = new RowCache(width)));
    return cache.get(line);
  }
}

/** All that decides what row `y` looks like. Rectangles compare by identity: the screen keeps theirs while they stay the same. */
function layersAt(scene: Scene, y: number): unknown[] {
  const key: unknown[] = [scene.base[y] ?? ''];
  for (const { rect, lines } of scene.viewports) {
    if (covers(rect, y)) key.push(rect, lines[y - rect.y] ?? '');
  }
  for (const rect of scene.cutouts) if (covers(rect, y)) key.push(rect);
  return key;
}

function sameKey(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((part, index) => part === b[index]);
}

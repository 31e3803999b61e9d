/** Edits (insert, delete, replace, swap of neighbours) that turn one word into the other. */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = (above[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min(replace, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    before = above;
    above = row;
  }
  return above[b.length] ?? 0;
}

/**
 * The candidate most like a word that was probably mistyped, for "did you mean": at most one edit
 * per three letters away (one at least), or begun by the word. Null where none is near. Case is ignored.
 */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  const wanted = word.toLowerCase();
  if (wanted === '') return null;
  let best: string | null = null;
  let bestScore = Math.max(1, Math.floor(wanted.length / 3)) + 0.5;
  for (const candidate of candidates) {
    const name = candidate.toLowerCase();
    // A prefix is a word not yet finished: as good as one edit.
    const score = wanted.length > 1 && name.startsWith(wanted) ? 1 : editDistance(wanted, name);
    if (score < bestScore) {
      best = candidate;
      bestScore = score;
    }
  }
  return best;
}

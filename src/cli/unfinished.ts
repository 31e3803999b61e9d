/** What is said of actions that are not seen to their end. */

/** At the start, of what an earlier run left; empty where it left nothing. */
export function foundUnfinished(left: readonly { readonly title: string }[]): string {
  const text = titles(left);
  return text === '' ? '' : `not seen to its end by an earlier run: ${text} · @ goes on with it`;
}

/** At the end, of what this run leaves; empty where it leaves nothing. */
export function leavesUnfinished(
  open: readonly { readonly title: string; readonly text: string }[],
): string {
  const text = open.map((each) => `${each.title} (${each.text})`).join('; ');
  return text === ''
    ? ''
    : `not seen to its end: ${text}; start ekscope again and press @ to go on`;
}

/** The first, and how many more. */
function titles(left: readonly { readonly title: string }[]): string {
  const [first, ...rest] = left;
  if (first === undefined) return '';
  return rest.length === 0 ? first.title : `${first.title}, and ${rest.length} more`;
}

/** What keeps a namespace from being gone, in words. The conditions are those of the namespace controller. */
import type { NamespaceHold } from './tables/namespaces.ts';

/** Of the messages what is particular about them, and what it means. */
const WORDS: Readonly<Record<string, (message: string) => string>> = {
  NamespaceDeletionDiscoveryFailure: (message) => {
    const apis = deadApis(message);
    return apis.length === 0
      ? `not all APIs answer: ${message}`
      : `${apis.join(', ')} ${apis.length === 1 ? 'does' : 'do'} not answer`;
  },
  NamespaceFinalizersRemaining: (message) =>
    `finalizers: ${message.replace(/^.*finalizers remaining: /, '')}`,
  NamespaceContentRemaining: (message) =>
    `still there: ${message.replace(/^.*resources are remaining: /, '')}`,
};

/**
 * A group and version before a colon. It begins where such characters begin: tried from within them
 * as well, a message of nothing else would take seconds.
 */
const GROUP_VERSION = /(?<![a-z\d.-])([a-z\d.-]+\.[a-z]+\/v\d\w*): /g;

/** `dead.example.com/v1` of what the controller says of APIs that do not answer. */
export const deadApis = (message: string): readonly string[] => [
  ...new Set([...message.matchAll(GROUP_VERSION)].map(([, api = '']) => api)),
];

/** In a few words. */
export const holdText = ({ type, message }: NamespaceHold): string =>
  WORDS[type]?.(message) ?? message;

/** What holds up all else; empty: nothing is told. */
export function heldBy(held: readonly NamespaceHold[]): string {
  const [first] = held;
  return first === undefined ? '' : holdText(first);
}

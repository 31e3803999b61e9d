/** The answers to who can, which follow the roles, and to can I, which the server gives. */
import type { Cell } from '../core/styled.ts';
import type { Stop } from '../ports/sink.ts';
import type { AccessQuestion } from '../resources/access-question.ts';
import type { Section } from '../resources/define.ts';
import { BESIDE_ROLES, WHO_CAN_TABLES, whoCanSections } from '../resources/who-can.ts';
import { sectionLines } from './detail/sections.ts';
import type { PaneHost } from './pane.ts';
import type { Member } from './resource/cluster-part.ts';
import { TextPane, type TextSource } from './text/text-pane.ts';

/** Opens the text of an answer about clusters, each of them with its own. */
function openAnswer(
  host: PaneHost,
  members: readonly Member[],
  words: { readonly title: string; readonly crumb: string; readonly question: string },
  source: TextSource,
): void {
  const [only, another] = members;
  host.open(
    new TextPane({
      host,
      title: words.title,
      subject: words.question,
      crumb: words.crumb,
      connection: another ? null : (only?.connection ?? null),
      ...(another && { clusters: members }),
      file: `${words.crumb}-${words.question.replace(/[^\w.-]+/g, '-')}.txt`,
      source,
    }),
  );
}

/** Shows who may do what is asked, by roles and bindings, for as long as it is looked at. */
export function openWhoCan(
  host: PaneHost,
  members: readonly Member[],
  question: AccessQuestion,
): void {
  const source: TextSource = {
    start: (sink) => {
      const show = (): void => {
        const sections = members.flatMap((member) => {
          const { connection } = member;
          if (connection === null) return [refused(member)];
          const answer = whoCanSections(question, connection.store);
          return answer.map((section) => titled(section, member, members));
        });
        sink.text(sectionLines([...sections, BESIDE_ROLES], true));
      };
      const stops = members.flatMap(({ connection }): Stop[] =>
        connection === null
          ? []
          : [connection.store.onChange(WHO_CAN_TABLES, show), connection.need(WHO_CAN_TABLES)],
      );
      show();
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
  const words = { title: 'Who can', crumb: 'who-can', question: question.words };
  openAnswer(host, members, words, source);
}

/** Asks the server of each cluster whether the user may do what is asked. */
export function openCanI(
  host: PaneHost,
  members: readonly Member[],
  question: AccessQuestion,
): void {
  let abort = new AbortController();
  let again: () => void = () => undefined;
  const source: TextSource = {
    start: (sink) => {
      const answers = new Map<Member, Answer>();
      const show = (): void => {
        const sections = members.map((member) =>
          member.connection === null
            ? refused(member)
            : titled(answered(question, member, answers.get(member)), member, members),
        );
        sink.text(sectionLines(sections, true));
      };
      again = (): void => {
        abort.abort();
        abort = new AbortController();
        const { signal } = abort;
        for (const member of members) {
          void answerOf(member, question, signal).then((answer) => {
            if (signal.aborted) return;
            answers.set(member, answer);
            show();
          });
        }
        show();
      };
      again();
      return () => abort.abort();
    },
    run: (command) => {
      if (command === 'refresh') again();
      return command === 'refresh';
    },
  };
  const words = { title: 'Can I', crumb: 'can-i', question: question.words };
  openAnswer(host, members, words, source);
}

/** What a server said. */
interface Answer {
  readonly cell: Cell;
  readonly refused: boolean;
}

const ASKED: Answer = { cell: [['asking the server…', 'muted']], refused: false };

async function answerOf(
  { connection }: Member,
  { attempt, namespace }: AccessQuestion,
  signal: AbortSignal,
): Promise<Answer> {
  if (connection === null) return ASKED;
  try {
    const request = 'path' in attempt ? attempt : { ...attempt, namespace };
    const { allowed, reason } = await connection.kube.can(request, signal);
    const cell: Cell = [
      allowed ? ['✓ yes', 'good'] : ['✗ no', 'bad'],
      [reason === '' ? '' : `  ${reason}`, 'muted'],
    ];
    return { cell, refused: !allowed };
  } catch (error) {
    return { cell: [[`? not known: ${(error as Error).message}`, 'warn']], refused: false };
  }
}

function answered(
  question: AccessQuestion,
  { connection }: Member,
  { cell, refused: isRefused }: Answer = ASKED,
): Section {
  const { words, note, namespaced, namespace } = question;
  return {
    title: `Can I ${words}`,
    lines: [
      ['Answer', cell],
      ['As', connection?.info.user || '?'],
      ...(note === '' ? [] : [['Note', [[note, 'warn']]] as const]),
      ...(isRefused && namespaced && namespace === ''
        ? [['', [['asked of all namespaces together: -n NAMESPACE asks of one', 'muted']]] as const]
        : []),
    ],
  };
}

/** Of several clusters the title says which one is meant. */
const titled = (section: Section, { name }: Member, members: readonly Member[]): Section =>
  members.length === 1 ? section : { ...section, title: `${name}: ${section.title}` };

const refused = ({ name, refusal }: Member): Section => ({
  title: name,
  lines: [[[refusal, 'bad']]],
});

/** The level among the members of a structured line. */
import { statusLevel } from './log-access.ts';
import { answerStatus } from './log-answer.ts';
import { levelNamed, syslogName } from './log-level-names.ts';
import { LEVELS, STATUSES } from './log-names.ts';
import { NOTHING_SAID, type SaidLevel } from './log-parts.ts';
import { eachMember } from './log-scan.ts';

/** No name that is looked for is longer, in UTF-16 units. */
const LONGEST_NAME = 16;
/** No level is longer. */
const LONGEST_WORD = 40;
/** Its numbers are those of one logger or another: what a word says comes first. */
const NUMBER = /^\d+$/;
/** MongoDB's, which name all by one letter. */
const MONGO = '{"t":{"$date"';

/**
 * Sees members in their order and chooses what tells the level: a name that is known before one that
 * is not, and the status of an answer only where there is neither.
 */
export class MemberLevel {
  readonly #text: string;
  readonly #isMongo: boolean;
  #known: SaidLevel = NOTHING_SAID;
  #numbered: SaidLevel = NOTHING_SAID;
  #unknown: SaidLevel = NOTHING_SAID;
  /** Of an object in it, as ECS writes `log`. */
  #nested: SaidLevel = NOTHING_SAID;
  #status = '';
  /** Of the object of an answer, which may be one of those that a program asked. */
  #answer = '';
  /** It is of GELF: its levels are numbers of syslog. */
  #isGelf = false;
  /** It is of Serilog, which leaves out the level of information. */
  #isCompact = false;

  constructor(text: string) {
    this.#text = text;
    this.#isMongo = text.startsWith(MONGO);
  }

  /** @returns true: the level is known, whatever comes */
  visit(name: string, from: number, to: number): boolean {
    if (this.#known.word !== '') return true;
    if (name.length > LONGEST_NAME) return false;
    const kind = name.toLowerCase();
    if (LEVELS.has(kind) || (this.#isMongo && kind === 's')) return this.#see(name, from, to);
    if (STATUSES.has(kind)) this.#status ||= this.#valueOf(from, to);
    else if (this.#text[from] === '{') {
      if (kind === 'log') this.#look(from);
      else this.#answer ||= answerStatus(name, this.#text, from);
    } else if (kind === 'short_message') this.#isGelf = true;
    else if (kind === '@mt' || kind === '@m') this.#isCompact = true;
    return false;
  }

  /** What they say. */
  get said(): SaidLevel {
    if (this.#known.word !== '') return this.#known;
    if (this.#numbered.word !== '') return this.#numbered;
    const syslog = this.#isGelf ? syslogName(this.#unknown.word) : '';
    if (syslog !== '') return { ...this.#unknown, level: levelNamed(syslog), word: syslog };
    if (this.#nested.word !== '') return this.#nested;
    if (this.#unknown.word === '' && this.#isCompact) {
      return { level: 'info', word: 'info', member: '' };
    }
    return { ...this.#unknown, level: statusLevel(this.#status || this.#answer) };
  }

  #see(member: string, from: number, to: number): boolean {
    const word = this.#valueOf(from, to);
    const level = levelNamed(word);
    const said = { level, word, member };
    if (level === '') {
      if (this.#unknown.word === '') this.#unknown = said;
    } else if (!NUMBER.test(word)) this.#known = said;
    else if (this.#numbered.word === '') this.#numbered = said;
    return this.#known.word !== '';
  }

  #look(at: number): void {
    const text = this.#text;
    eachMember(text, at, (name, from, to) => {
      if (!LEVELS.has(name.toLowerCase())) return false;
      const word = this.#valueOf(from, to);
      this.#nested = { level: levelNamed(word), word, member: '' };
      return true;
    });
  }

  /** A short value without its quotes; empty where it is long, or an object. */
  #valueOf(from: number, to: number): string {
    const text = this.#text;
    if (to - from > LONGEST_WORD || text[from] === '{' || text[from] === '[') return '';
    return text[from] === '"' ? text.slice(from + 1, to - 1) : text.slice(from, to);
  }
}

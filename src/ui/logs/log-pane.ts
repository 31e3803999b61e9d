/** The log pane: follows a {@link LogSession}, paints its buffer, and takes the keys of logs. */
import { TOO_SLOW, tryRun } from '../../core/pattern.ts';
import { LogProblems } from '../../core/log-problems.ts';
import type { Stop } from '../../ports/sink.ts';
import { LogSession, type Runs } from '../../session/index.ts';
import type {
  BodySize,
  CopyChoice,
  Pane,
  PaneCommand,
  PaneFrame,
  PaneHost,
  PaneTitle,
  PromptTarget,
} from '../pane.ts';
import { Notifier } from '../../core/notifier.ts';
import type { Member } from '../resource/cluster-part.ts';
import type { UiConnection } from '../session.ts';
import { LogFields } from './fields.ts';
import { LogJump } from './jump.ts';
import { LiveSwitch } from './live.ts';
import { LogBody } from './log-body.ts';
import { LogNarrowing } from './narrowing.ts';
import { beginOf, crumbOf, SINCE } from './runs.ts';
import { logPrompt } from './prompt.ts';
import { linesText } from './lines-text.ts';
import { LogScroll } from './scroll.ts';
import type { LogMember, LogsOf } from './member.ts';
import type { LogSettings } from './settings.ts';
import { troubles } from './standing.ts';
import { logTitle } from './title.ts';

/** Which runs of containers: what is kept elsewhere has all of them. */
const RUN_KEYS = ['logs.previous', 'logs.history'];

export class LogPane implements Pane {
  readonly layers = ['logs', 'text', 'global'] as const;
  readonly crumb: string;
  readonly connection: UiConnection | null;
  readonly clusters: readonly Member[] | undefined;
  readonly unavailable: ReadonlySet<string>;
  readonly #host: PaneHost;
  readonly #session: LogSession;
  readonly #scroll: LogScroll;
  readonly #narrowing: LogNarrowing;
  readonly #jump: LogJump;
  readonly #fields: LogFields;
  readonly #live: LiveSwitch;
  readonly #releases: readonly Stop[];
  readonly #kept: LogsOf['kept'];
  /** Those that are shown together; empty: there is one. */
  readonly #beside: readonly LogMember[];
  readonly #notifier = new Notifier();
  /** More is to be looked through. */
  #cancelSearch: Stop | null = null;
  readonly #body: LogBody;

  constructor(
    host: PaneHost,
    { members, compares = false, kept, ...target }: LogsOf,
    settings: LogSettings,
  ) {
    const [{ connection }, another] = members;
    this.#host = host;
    this.connection = another ? null : connection;
    this.clusters = another && members;
    this.#beside = another ? members : [];
    this.unavailable = new Set([
      ...(another ? [] : ['logs.cluster']),
      ...(kept ? RUN_KEYS : ['logs.live']),
    ]);
    this.#kept = kept;
    this.crumb = kept?.where ?? crumbOf(target.runs);
    this.#releases = members.flatMap((each) => each.connection?.need(each.needs) ?? []);
    this.#session = new LogSession({
      parts: members.flatMap(({ part }) => part ?? []),
      clock: host.clock,
      target,
      since: beginOf(target.runs),
      capacity: settings.buffer,
    });
    this.#live = new LiveSwitch(this.#session, host);
    this.#scroll = new LogScroll(this.#session.buffer);
    this.#narrowing = new LogNarrowing(this.#session, this.#beside, this.#scroll);
    const problems = new LogProblems(this.#session.buffer);
    this.#jump = new LogJump(problems, this.#scroll);
    this.#fields = new LogFields(this.#session.buffer, this.#scroll);
    this.#body = new LogBody({
      ...{ host, settings, session: this.#session, beside: this.#beside },
      ...{ scroll: this.#scroll, narrowing: this.#narrowing, jump: this.#jump, problems },
      ...{ fields: this.#fields, compares },
    });
  }

  // The session goes on behind other panes: lines must not be lost while one looks elsewhere.
  show(): void {
    this.#session.rest(false);
  }

  hide(): void {
    this.#session.rest(true);
  }

  close(): void {
    this.#cancelSearch?.();
    this.#session.close();
    for (const release of this.#releases) release();
  }

  subscribe(listener: () => void): Stop {
    const stops = [this.#session.subscribe(listener), this.#notifier.subscribe(listener)];
    return () => {
      for (const stop of stops) stop();
    };
  }

  title(): PaneTitle {
    return logTitle({
      ...{ session: this.#session, beside: this.#beside, now: this.#host.clock.now() },
      ...{ scroll: this.#scroll, narrowing: this.#narrowing },
      fields: this.#body.folds ? this.#fields.columns : [],
      shared: this.#body.shared,
      where: this.#kept?.where ?? '',
    });
  }

  /** What is wrong with some of several clusters, in full: the title may have no room for it. */
  advice(): readonly string[] {
    // Without lines the body says it.
    if (this.#scroll.length === 0) return [];
    const told = troubles(this.#beside, this.#session, this.#host.clock.now());
    return [...told, ...(this.#kept?.advice ?? [])];
  }

  paint(size: BodySize): PaneFrame {
    const isCompared = this.#body.advance();
    if (!this.#narrowing.advance() || !isCompared) this.#searchOn();
    return { lines: this.#body.paint(size) };
  }

  /** The rest of the lines is looked through when keys have had their turn. */
  #searchOn(): void {
    this.#cancelSearch?.();
    this.#cancelSearch = this.#host.clock.after(0, () => this.#notifier.notify());
  }

  run(command: string): boolean {
    const since = SINCE.get(command);
    if (since !== undefined) {
      this.#scroll.follow();
      this.#session.restart(since, this.#session.runs);
      this.#restarted();
      return true;
    }
    return this.#move(command) || this.#changeView(command) || this.#keep(command);
  }

  #move(command: string): boolean {
    const { screen } = this.#body;
    switch (command) {
      case 'match.next':
        return this.#toMatch(1);
      case 'match.previous':
        return this.#toMatch(-1);
      case 'logs.error.next':
        return this.#toProblem(1);
      case 'logs.error.previous':
        return this.#toProblem(-1);
      default:
        return this.#scroll.run(command, screen);
    }
  }

  #changeView(command: string): boolean {
    switch (command) {
      case 'logs.follow':
        if (this.#scroll.following) this.#scroll.pause(this.#body.screen);
        else this.#scroll.follow();
        return true;
      case 'logs.fields':
        return this.#chooseField();
      case 'logs.hide':
        this.#narrowing.toggleHides();
        return true;
      case 'logs.context':
        this.#narrowing.nextContext();
        if (this.#narrowing.filter === null) {
          this.#host.flash('lines around matches show once / or ! filters', 'muted');
        }
        return true;
      case 'logs.problems':
        this.#narrowing.toggleProblems();
        return true;
      case 'logs.cluster':
        this.#narrowing.nextCluster();
        return true;
      case 'logs.previous':
        return this.#toggleRuns('previous');
      case 'logs.history':
        return this.#toggleRuns('all');
      case 'logs.live':
        return this.#live.toggle();
      case 'logs.clear':
        this.#session.buffer.clear();
        this.#restarted();
        return true;
      case 'back':
        return this.#narrowing.clear();
      default:
        return this.#body.run(command);
    }
  }

  #chooseField(): boolean {
    const choices = this.#fields.choices();
    if (choices.length === 0) this.#host.flash('no line here has fields', 'muted');
    else {
      this.#host.overlays.showChoice('Columns', choices, (name) => {
        this.#fields.toggle(name);
        this.#body.folds = true;
        this.#notifier.notify();
      });
    }
    return true;
  }

  /** Shows other runs, or those of now again. */
  #toggleRuns(runs: Runs): boolean {
    const next = this.#session.runs === runs ? 'current' : runs;
    this.#scroll.follow();
    this.#session.restart(beginOf(next), next);
    this.#restarted();
    return true;
  }

  #restarted(): void {
    this.#narrowing.refresh();
    this.#body.restart();
  }

  #keep(command: string): boolean {
    // What waits to be asked for again is asked now; the program asks for all else.
    if (command === 'refresh') this.#session.rest(false);
    if (command !== 'save') return false;
    const { title } = this.#session.target;
    this.#host.save(`${title.replaceAll(/[^\w.-]+/g, '-')}.log`, this.#text());
    return true;
  }

  #text(from?: number, to?: number): string {
    return linesText(this.#session, this.#beside, this.#scroll, from, to);
  }

  copyChoices(): readonly CopyChoice[] {
    const { screen } = this.#body;
    const from = this.#scroll.top(screen).index;
    const to = Math.min(this.#scroll.length, from + screen.rows);
    const kept = this.#kept?.copies ?? [];
    if (to === from) return kept;
    return [
      { label: 'the lines on the screen', text: this.#text(from, to) },
      { label: 'all lines shown', text: this.#text() },
      ...kept,
    ];
  }

  commands(): readonly PaneCommand[] {
    return [];
  }

  prompt(): PromptTarget {
    return logPrompt(this.#narrowing);
  }

  #toMatch(step: 1 | -1): boolean {
    const pattern = this.#narrowing.pattern;
    if (pattern === null) {
      this.#host.flash('nothing to look for: / takes a pattern', 'muted');
      return true;
    }
    const matches = (index: number): boolean => this.#narrowing.isFound(index);
    const { screen } = this.#body;
    const found = tryRun(pattern.pattern, () => this.#jump.to(step, matches, screen));
    if (found === null) this.#host.flash(TOO_SLOW, 'bad');
    else if (!found) this.#host.flash(step > 0 ? 'no match below' : 'no match above', 'muted');
    return true;
  }

  #toProblem(step: 1 | -1): boolean {
    const said =
      this.#session.buffer.length === 0
        ? 'no line has come yet'
        : this.#jump.toProblem(step, this.#body.screen);
    if (said !== '') this.#host.flash(said, 'muted');
    return true;
  }
}

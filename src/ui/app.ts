/**
 * The UI put together: the state, the panes, the keys, and when what is drawn. Each part declares
 * what it needs of the program; this is the object that has it all, and no part knows it. Free of
 * React: the chrome is a model here, which chrome.tsx renders.
 */
import type { AnyFlow } from '../actions/engine/joint/view.ts';
import type { Operations } from '../actions/engine/view.ts';
import type { Clock } from '../core/clock.ts';
import { plainLines } from '../core/encode.ts';
import type { Tone } from '../core/styled.ts';
import type { Config } from '../config/schema.ts';
import type { ClusterKey } from '../domain/cluster-key.ts';
import type { KeyEvent } from '../keys/key-event.ts';
import { Keymap, remap } from '../keys/keymap.ts';
import type { AnyResource, LinkTarget } from '../resources/define.ts';
import type { ResourceRegistry } from '../resources/registry.ts';
import type { Painter } from '../theme/index.ts';
import { followOperations } from './action-notices.ts';
import { allBindings } from './bindings.ts';
import type { Vocabulary } from './command-line.ts';
import { Drawing } from './drawing.ts';
import { executeCommand } from './execute.ts';
import { Discovering } from './discovering.ts';
import { Followers } from './followers.ts';
import { guarded } from './guarded-pane.ts';
import { HeaderSource } from './header-source.ts';
import { IdleConnections } from './idle-connections.ts';
import { KeyLayers } from './key-layers.ts';
import type { NamespaceKeys } from './namespaces.ts';
import { Navigator } from './navigator.ts';
import { Notices } from './notices.ts';
import { Opening } from './opening.ts';
import type { UiOptions } from './options.ts';
import { OverlayController } from './overlay-controller.ts';
import type { Pane, ViewSettings } from './pane.ts';
import { PathWords } from './path-words.ts';
import { PromptController } from './prompt-controller.ts';
import { Remembering } from './remembering.ts';
import { resourcePane } from './resource/resource-pane.ts';
import { RowCommands } from './resource/row-commands.ts';
import { saveText } from './save.ts';
import { connectionOf, scopeOf } from './scope.ts';
import type { Listing } from './table/listing.ts';
import type { SignIns, UiConnection, UiSession } from './session.ts';
import { initialState, reduce, type UiAction, type UiState } from './state.ts';
import type { Terminal } from './terminal/index.ts';
import { everyTick } from './ticking.ts';
import { vocabularyOf } from './vocabulary.ts';
import type { Workspace } from './workspace.ts';

export class App implements Workspace {
  readonly session: UiSession;
  readonly terminal: Terminal;
  readonly clock: Clock;
  readonly config: Config;
  readonly resources: ResourceRegistry;
  readonly keymap: Keymap;
  readonly navigator: Navigator;
  readonly remembering: Remembering;
  readonly header: HeaderSource;
  readonly prompt: PromptController;
  readonly overlays: OverlayController;
  readonly keys: KeyLayers;
  readonly opening: Opening;
  readonly idle: IdleConnections;
  readonly drawing: Drawing;
  readonly rowKeys: Workspace['rowKeys'] = (def, on) => new RowCommands(this, def, on);
  readonly #options: UiOptions;
  readonly discovering = new Discovering();
  readonly #followers: Followers;
  readonly #notices: Notices;
  readonly #paths: PathWords;
  #state: UiState;
  #painter: Painter;
  #stopPane: () => void = () => undefined;
  #shown: Pane | null = null;
  #quit: () => void = () => undefined;

  constructor(options: UiOptions) {
    const { session, terminal, clock, config, resources } = options;
    this.#options = options;
    this.session = session;
    this.terminal = terminal;
    this.clock = clock;
    this.config = config;
    this.resources = resources;
    this.keymap = new Keymap(remap(allBindings(resources.all, options.actions), config.keys));
    this.#state = initialState(terminal.size.columns, terminal.size.rows, config.time);
    this.#painter = options.painter(config.theme);
    this.#paths = new PathWords(options.completePath, () => this.scheduleDraw());
    this.header = new HeaderSource(session, resources);
    this.navigator = new Navigator(guarded(options.log));
    // Each keeps the part of this object that it names; none asks it anything before it runs.
    this.#notices = new Notices(this);
    this.#followers = new Followers(this);
    this.idle = new IdleConnections(this);
    this.remembering = new Remembering(this, options.memory ?? null, options.inNamespace === true);
    this.opening = new Opening(this);
    this.prompt = new PromptController(this);
    this.overlays = new OverlayController(this);
    this.keys = new KeyLayers(this);
    this.drawing = new Drawing(this);
    this.navigator.changes.subscribe(() => this.#followTop());
    this.header.changes.subscribe(() => this.scheduleDraw());
    followOperations(options.operations, this);
  }

  // What panes and controllers ask for.

  get state(): UiState {
    return this.#state;
  }

  get settings(): ViewSettings {
    return this.#state.settings;
  }

  get painter(): Painter {
    return this.#painter;
  }

  /** The keys of namespaces. */
  get namespaces(): NamespaceKeys {
    return this.remembering.keys;
  }

  /** The connection that commands are about: of the pane that is looked at, else the session's. */
  get connection(): UiConnection | null {
    return connectionOf(this.navigator.place, this.session);
  }

  /** The connections that are looked at: of a pane that shows several, all of them. */
  get scope(): readonly UiConnection[] {
    return scopeOf(this.navigator.place, this.session);
  }

  get signIns(): SignIns {
    return this.#options.signIns;
  }

  get operations(): Operations {
    return this.#options.operations;
  }

  get place(): string {
    return this.#options.place ?? '';
  }

  get vocabulary(): Vocabulary {
    return vocabularyOf(this, this.#paths);
  }

  dispatch(action: UiAction): void {
    const next = reduce(this.#state, action);
    if (next === this.#state) return;
    this.#state = next;
    this.scheduleDraw();
  }

  /** Says what belongs to the pane on top: it leaves with it. */
  flash(text: string, tone: Tone = 'text'): void {
    this.#notices.sayOfPane(text, tone);
  }

  /** Says what belongs to no pane. */
  tell(text: string, tone: Tone = 'text'): void {
    this.#notices.say(text, tone);
  }

  open(pane: Pane): void {
    this.navigator.push(pane);
  }

  back(): void {
    this.navigator.pop();
  }

  /** `more` is said behind it: what else there is to copy. */
  copy(text: string, what: string, more = ''): void {
    const safe = plainLines(text);
    const outcome = this.terminal.copy(safe);
    const [line = ''] = safe.split('\n', 1);
    if (outcome.copied) this.flash(`copied ${what}: ${line}${more}`, 'good');
    else this.flash(`not copied: ${outcome.reason}`, 'bad');
  }

  save(name: string, text: string): void {
    saveText(this.#options.saves, name, plainLines(text), this.clock.now()).then(
      (path) => this.tell(`saved ${path}`, 'good'),
      (error: unknown) => this.tell(`not saved: ${(error as Error).message}`, 'bad'),
    );
  }

  openResource(resource: AnyResource, connection: UiConnection, target: LinkTarget): void {
    this.open(resourcePane({ workspace: this, resource, connection, target }));
  }

  showResource(resource: AnyResource, connection: UiConnection | null, listing?: Listing): Pane {
    return this.opening.show(resource, connection, listing);
  }

  connect(clusters: readonly ClusterKey[]): void {
    this.opening.enter(clusters);
  }

  act(flow: AnyFlow): void {
    this.overlays.showFlow(flow);
  }

  setNamespace(namespace: string): void {
    this.namespaces.visit(namespace);
    for (const each of this.scope) each.setNamespace(namespace);
  }

  setTheme(name: string): void {
    this.#painter = this.#options.painter(name);
    this.scheduleDraw();
  }

  execute(text: string): string {
    return executeCommand(this, text);
  }

  runCommand(command: string): void {
    this.keys.run(command);
  }

  quit(): void {
    this.#quit();
  }

  /** Shows the first pane; resolves when the user quits. */
  run(): Promise<void> {
    const done = new Promise<void>((resolve) => {
      this.#quit = resolve;
    });
    const stops = [
      this.terminal.onKey((key) => this.handle(key)),
      this.terminal.onResize(({ columns, rows }) => {
        this.dispatch({ type: 'resized', columns, rows });
        this.drawing.now();
      }),
      this.session.subscribe(() => this.opening.sessionChanged()),
      this.#options.faults?.listen((text) =>
        this.tell(`a mistake of ekscope: ${text} · the rest goes on; please report it`, 'bad'),
      ) ?? (() => undefined),
    ];
    this.opening.start(this.#options.command);
    void this.#options.trouble?.then((text) => {
      if (text !== '') this.tell(text, 'bad');
    });
    this.drawing.now();
    stops.push(everyTick(this.clock, () => this.drawing.tick()));
    return done.finally(() => {
      for (const stop of stops) stop();
      this.navigator.close();
      this.#followers.stop();
      this.idle.stop();
      this.discovering.stop();
      this.header.close();
    });
  }

  /** Takes one key: its effect is on the screen when this returns. */
  handle(key: KeyEvent): void {
    this.keys.handle(key);
    this.remembering.note();
    this.drawing.now();
    this.#deliver();
  }

  /** Draws at the end of this turn. */
  scheduleDraw(): void {
    this.drawing.schedule();
  }

  #followTop(): void {
    const { top } = this.navigator;
    if (top !== this.#shown) {
      this.#stopPane();
      this.#shown = top;
      this.#notices.leave();
      this.#stopPane = top?.subscribe(() => this.scheduleDraw()) ?? (() => undefined);
    }
    this.#followers.follow(this.scope);
    this.idle.look();
    this.discovering.follow(this.connection);
    this.remembering.note();
    // What a pane has just asked for may be there already.
    this.#deliver();
    this.scheduleDraw();
  }

  /** Data that waits for its frame comes now: after a key nobody waits for a frame. */
  #deliver(): void {
    this.session.fleet.flushNow();
    for (const { store } of this.scope) store.flushNow();
  }
}

/** The session as the UI knows it: its connections act through the action runner. */
import type { ActionRunner } from '../actions/engine/view.ts';
import type { Connection, Session } from '../session/index.ts';

export type { SignIns } from '../session/index.ts';

export type UiSession = Session<ActionRunner>;
export type UiConnection = Connection<ActionRunner>;

import type { Rect } from '../terminal/index.ts';

/**
 * A part of a dialog that one of Ink's inputs draws; its line is blank in {@link DialogModel.lines}.
 * Its place is counted from the dialog's upper left corner.
 */
export type DialogInput =
  | {
      readonly kind: 'text';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly value: string;
      /** Another one: the input begins anew with the value. */
      readonly revision: string;
    }
  | {
      readonly kind: 'select';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      /** Options shown at once. */
      readonly limit: number;
      /** Labels are painted and cut. */
      readonly options: readonly { readonly id: string; readonly label: string }[];
      /** Id of the one that it begins with. */
      readonly value: string;
      /** Another one: the input begins anew. */
      readonly revision: string;
    };

/** A dialog as finished lines of the full width of its rectangle, border included. */
export interface DialogModel {
  readonly rect: Rect;
  readonly lines: readonly string[];
  readonly input: DialogInput | null;
  /** Where the terminal's cursor stands, null where nothing is typed. */
  readonly cursor: { readonly x: number; readonly y: number } | null;
}

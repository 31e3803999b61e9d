/** Text that counts how often its characters are looked at: for work that must grow with length only. */
export class CountedText {
  visits = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  get length(): number {
    return this.#text.length;
  }

  charCodeAt(at: number): number {
    this.visits++;
    return this.#text.charCodeAt(at);
  }

  slice(start: number, end?: number): string {
    const part = this.#text.slice(start, end);
    this.visits += part.length;
    return part;
  }
}

/** Answers that are asked for once; a question that failed is asked again. */
export class Memo {
  readonly #answers = new Map<string, Promise<unknown>>();

  /** A key stands for one question: whoever asks it expects the same type. */
  readonly once = <T>(key: string, ask: () => Promise<T>): Promise<T> => {
    const known = this.#answers.get(key) as Promise<T> | undefined;
    if (known !== undefined) return known;
    const answer = ask();
    this.#answers.set(key, answer);
    answer.catch(() => this.#answers.delete(key));
    return answer;
  };

  forget(): void {
    this.#answers.clear();
  }
}
